"""What if: changes one can try on a copy of the estate, and what they would do."""
