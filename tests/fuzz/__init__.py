"""Damaged estates through everything: nothing crashes, hangs, or contradicts itself.

python -m tests.fuzz --mutants 100000      by hand; a few hundred run with the tests
"""
