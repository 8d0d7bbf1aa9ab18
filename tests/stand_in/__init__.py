"""Answers like Resource Graph and Resource Manager on this machine, out of a snapshot.

    python -m tests.stand_in snapshots/contoso/snapshot.json --port 8899
    pgtopo collect --arm-endpoint http://127.0.0.1:8899 -o /tmp/demo.json

It shares no code with what it stands opposite to: its tables, its reading of the query language
and its addresses are written from Microsoft's documentation a second time.
"""
