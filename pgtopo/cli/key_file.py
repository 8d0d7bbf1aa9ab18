"""The secret behind pseudonyms: its option, and its file."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from pgtopo.cli import options
from pgtopo.errors import UsageError

SHORTEST_KEY = 16


def add_key(parser: argparse.ArgumentParser) -> None:
    """The file with the secret."""
    options.takes_file(
        parser.add_argument(
            "--key-file",
            metavar="SECRET",
            help="the same secret gives the same pseudonyms (default: a new key, not kept)",
        )
    )


def add_redaction(parser: argparse.ArgumentParser) -> None:
    """Whether the document is written under pseudonyms, and under which."""
    parser.add_argument(
        "--redact",
        action="store_true",
        help="write names, GUIDs and addresses under the pseudonyms of pgtopo redact",
    )
    add_key(parser)


def secret(name: str | None) -> bytes | None:
    """The secret in a file; nothing where none is named.

    Raises:
        UsageError: the file cannot be read, or the secret is too short.
    """
    if name is None:
        return None
    try:
        found = Path(name).read_bytes().strip()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}", "check the path") from None
    if len(found) < SHORTEST_KEY:
        raise UsageError(
            f"{name}: the secret is shorter than {SHORTEST_KEY} bytes",
            f"make one: head -c 32 /dev/urandom | base64 > {shlex.quote(name)}",
        )
    return found
