"""Pages of documentation; `pgtopo help TOPIC` shows them."""
