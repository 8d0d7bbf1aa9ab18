"""Network security groups and admin rules around servers."""
