"""Opens the terminal interface; what runs where no verb is given."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import options
from pgtopo.errors import SnapshotError, UsageError

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request

NAME = "tui"
HELP = "open the terminal interface on files, or its start screen without files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, and how they are read."""
    options.takes_file(
        parser.add_argument("files", nargs="*", metavar="FILE", help="snapshots or JSON rows")
    )
    options.add_complete(parser)
    options.takes_file(
        parser.add_argument(
            "--triage",
            metavar="STATE",
            help="take up the incident in this triage file; without FILE, on the data it names",
        )
    )


def run(args: argparse.Namespace) -> int:
    """Open the interface and stay until it is left."""
    if args.triage:
        named = _files_of(args.triage)
        args.files = args.files or named
        if not args.files:
            raise UsageError(f"{args.triage} names no data", "give FILE, too")
    if "-" in args.files:
        raise UsageError(
            "the terminal interface needs standard input for its keys and cannot read files there",
            "use 'pgtopo check -' or 'pgtopo list servers -', or save the data and open the file",
        )
    for name in args.files:
        _require_file(name)
    return open_interface(
        args.files, assume_complete=args.assume_complete, triage=args.triage or ""
    )


def _files_of(triage: str) -> list[str]:
    """The data that an incident was begun with."""
    from pgtopo.session import read_incident

    return [one.path for one in read_incident(triage).snapshot]


def open_interface(
    files: list[str],
    *,
    assume_complete: bool,
    request: Request | None = None,
    is_kept: bool = True,
    triage: str = "",
) -> int:
    """Open the interface on files or on live data; everything slow happens behind its screen."""
    if not all(_is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(
            "the terminal interface needs a terminal for input, output and errors",
            "use 'pgtopo check FILE', 'pgtopo list servers FILE' or 'pgtopo --help'",
        )
    # Nothing is garbage yet, and looking for it keeps the first frame waiting: the interface does
    # so once that is drawn.
    gc.disable()
    from pgtopo.tui.app import run as run_interface

    return run_interface(
        files, assume_complete=assume_complete, request=request, is_kept=is_kept, triage=triage
    )


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())


def _require_file(name: str) -> None:
    path = Path(name)
    if path.is_file() or path.is_fifo():
        return
    if path.is_dir():
        raise SnapshotError(f"{name} is a folder", "give the files in it, for example *.json")
    if path.suffix or len(path.parts) > 1:
        raise SnapshotError(f"{name}: no such file", "check the path")
    from difflib import get_close_matches

    from pgtopo.cli import verbs

    near = get_close_matches(name, verbs.names(), 1)
    hint = f"did you mean 'pgtopo {near[0]}'?" if near else "'pgtopo --help' lists the verbs"
    raise UsageError(f"{name!r} is neither a verb nor a file", hint)
