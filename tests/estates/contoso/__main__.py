"""Writes snapshots/contoso: `python -m tests.estates.contoso --write`."""

from __future__ import annotations

import argparse
import sys

from tests.estates.contoso.files import make
from tests.estates.writing import write


def main() -> int:
    """Write the files, or print the notes."""
    parser = argparse.ArgumentParser(prog="python -m tests.estates.contoso")
    parser.add_argument("--write", action="store_true", help="rewrite snapshot.json and notes.md")
    arguments = parser.parse_args()
    snapshot, notes = make()
    if arguments.write:
        write("contoso", snapshot, notes)
    else:
        sys.stdout.write(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
