"""Contoso without a fault: `python -m tests.estates.healthy --write`."""

from __future__ import annotations

import argparse
import sys

from tests.estates.contoso.base import build
from tests.estates.writing import snapshot_text, write

NOTES = """# Contoso while all was well

The estate of `../contoso` before anything went wrong: the same hubs, spokes and servers, without
the network that was taken over later. Made by `tests/estates/contoso/base.py`
(`python -m tests.estates.healthy --write`).

It stays free of findings at error and warning level. Every network that a server's zone is linked
to, or that is peered with a server's network, resolves the server's name and reaches it both ways.

Unknown by nature, and no fault: what the back office resolves, since it asks two domain controllers
whose forwarding no data shows. Their own network is linked to every zone the back office needs.

No two ranges overlap, and no reference dangles but one: the effective admin rules of two networks
name a Network Manager that is not part of the data.
"""


def make() -> tuple[str, str]:
    """The snapshot and its notes."""
    return snapshot_text(build().world), NOTES


def main() -> int:
    """Write the files, or print the notes."""
    parser = argparse.ArgumentParser(prog="python -m tests.estates.healthy")
    parser.add_argument("--write", action="store_true", help="rewrite snapshot.json and notes.md")
    arguments = parser.parse_args()
    snapshot, notes = make()
    if arguments.write:
        write("healthy", snapshot, notes)
    else:
        sys.stdout.write(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
