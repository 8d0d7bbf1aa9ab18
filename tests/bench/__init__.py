"""How fast pgtopo is, as ratios to floors measured in the same run.

    python -m tests.bench                      all figures, as Markdown
    python -m tests.bench --sizes 10,100       smaller estates
    python -m tests.bench --rounds 5 -o FILE

Needs the `bench` extra: pip install -e '.[bench]'. Nothing here is ever asserted: a table is for
people to read, on a machine that does nothing else meanwhile.
"""
