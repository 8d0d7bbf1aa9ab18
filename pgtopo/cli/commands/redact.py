"""Writes a snapshot under other names, so that it can be shown to others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import exit_codes, key_file, notices, options
from pgtopo.errors import UsageError

if TYPE_CHECKING:
    from pgtopo.sources.redaction.redact import Redacted

NAME = "redact"
HELP = "rename everything in a snapshot; structure and verdicts stay"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and the key."""
    options.takes_file(
        parser.add_argument("file", metavar="FILE", help="snapshot or JSON rows, plain or packed")
    )
    options.takes_file(
        parser.add_argument(
            "-o",
            "--output",
            required=True,
            metavar="OUT",
            help="the redacted file (owner-only); packed where the name ends in .gz or .zst",
        )
    )
    parser.add_argument("--force", action="store_true", help="replace OUT where it exists")
    key_file.add_key(parser)
    options.takes_file(
        parser.add_argument(
            "--map",
            metavar="MAP",
            help="also write what became of what, for you alone: it undoes the redaction",
        )
    )


def run(args: argparse.Namespace) -> int:
    """Redact, write, and tell what was done."""
    from pgtopo import session

    output = Path(args.output)
    for name, given in (("-o", output), ("--map", Path(args.map) if args.map else None)):
        _keep_input(name, given, Path(args.file))
    found = session.redacted(args.file, key_file.secret(args.key_file))
    session.write_redacted(output, found, is_overwriting=args.force)
    if args.map:
        session.write_redaction_map(Path(args.map), found, is_overwriting=args.force)
    _tell(found, args.output)
    return exit_codes.FINE


def _keep_input(option: str, given: Path | None, source: Path) -> None:
    if given is not None and given.exists() and source.exists() and given.samefile(source):
        raise UsageError(f"{given} is the input", f"give {option} another name")


def _tell(found: Redacted, output: str) -> None:
    notices.say(
        f"pgtopo: {output}: {len(found.rows)} rows; renamed {len(found.names)} names,"
        f" {len(found.guids)} GUIDs and {len(found.addresses)} addresses"
    )
    if found.left_out:
        notices.say(f"pgtopo: left out {found.left_out} rows of kinds that pgtopo does not read")
    for words, what in (
        (found.repeated, "old addresses are new ones too, of something else"),
        (found.ambiguous, "names are also words of Azure's and stay where they are used as such"),
    ):
        if words:
            shown = ", ".join(words[:5])
            notices.warn(f"{len(words)} {what}: {shown}{', ...' if len(words) > 5 else ''}")
    notices.say("pgtopo: 'pgtopo help redaction' lists what is kept; look before you share")
