"""Queries Azure and writes what it answers into a snapshot."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pgtopo.cli import collected_lines, ending, exit_codes, notices, options, scope_options
from pgtopo.errors import UsageError

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Collected, DeviceCode, Progress

NAME = "collect"
HELP = "query Azure and write a snapshot"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the scope, the login."""
    options.takes_file(
        parser.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            help="the snapshot to write (owner-only); packed where the name ends in .gz or .zst",
        )
    )
    parser.add_argument("--force", action="store_true", help="replace the file where it exists")
    options.takes_file(
        parser.add_argument(
            "--resume",
            metavar="SNAPSHOT",
            help="ask only for what this snapshot lacks; without -o, it is completed in place",
        )
    )
    scope_options.add_scope(parser)
    scope_options.add_login(parser)


def run(args: argparse.Namespace) -> int:
    """Collect, write, and tell what is missing."""
    import msgspec

    from pgtopo.session import read_settings

    target = _target(args)
    request = scope_options.request_of(args, read_settings().scope)
    if args.resume:
        request = msgspec.structs.replace(request, resume=args.resume)
    cancel = threading.Event()
    with _interrupts(cancel):
        found = _collect(request, cancel)
        if found.rows:
            _write(target, found)
    collected_lines.tell(found, target if found.rows else None)
    return _exit_code(found)


def _collect(request: Any, cancel: threading.Event) -> Collected:
    from pgtopo.sources.azure.collect import collect

    try:
        return collect(request, _show, cancel, show_code=_show_code)
    finally:
        notices.passing("")


def _write(target: Path, found: Collected) -> None:
    from pgtopo.sources.write import write_snapshot

    write_snapshot(
        target,
        found.rows,
        coverage=found.coverage,
        scope=found.scope,
        created_at=found.created_at,
        is_overwriting=True,
    )


def _target(args: argparse.Namespace) -> Path:
    """The file to write, found fit before anything is asked.

    Raises:
        UsageError: there is none, or it cannot be written.
    """
    name = args.output or args.resume
    if not name:
        raise UsageError("there is no file to write", "name it: pgtopo collect -o FILE")
    if name == "-":
        raise UsageError("a snapshot goes into a file", "name it: pgtopo collect -o FILE")
    target = Path(name).resolve()
    is_resumed = bool(args.resume) and target == Path(args.resume).resolve()
    if target.exists():
        if not target.is_file():
            raise UsageError(f"{name} is no plain file", "give -o another name")
        if not (args.force or is_resumed):
            raise UsageError(f"{name} exists already", "choose another name, or say --force")
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise UsageError(
            f"cannot write {name}: no folder to write in",
            "give -o a path in a folder that exists and that you may write to",
        )
    return target


@contextmanager
def _interrupts(cancel: threading.Event) -> Iterator[None]:
    """Let the first wish to end stop the collection with what it has, and the second end all."""

    def stop(_number: int, _frame: object) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with ending.heeding(stop):
        yield


def _show(progress: Progress) -> None:
    if progress.note:
        notices.passing("")
        if notices.is_watched():
            notices.say(f"pgtopo: {progress.note}")
    notices.passing(collected_lines.progress(progress))


def _show_code(code: DeviceCode) -> None:
    notices.passing("")
    notices.say(f"pgtopo: to log in, open {code.url} and type the code {code.code}")


def _exit_code(found: Collected) -> int:
    """What asking again could mend counts; single reads that are denied or refused do not."""
    if found.is_cancelled:
        return exit_codes.INTERRUPTED
    is_short = bool(found.scope.get("missing")) or any(not gap.is_lasting for gap in found.gaps)
    return exit_codes.SOURCE if is_short else exit_codes.FINE
