"""Opens the files of a command line, and tells on standard error what was read of them."""

import argparse
import gc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pgtopo import session
from pgtopo.cli import notices
from pgtopo.errors import UsageError
from pgtopo.views.set_aside import left_out
from pgtopo.views.signs import count

_SELDOM = (5_000_000, 50, 50)
SHOWN = 3
"""How many rows, fields or clients left out are told one by one, without --debug."""


def opened(args: argparse.Namespace) -> session.Session:
    """The estate of the files on a command line."""
    keep_inputs(args)
    settings = session.read_settings()
    for key in settings.unknown:
        notices.warn(f"{settings.path}: there is no setting {key!r}")
    found = session.open_files(
        args.files, assume_complete=args.assume_complete, settings=settings.verdicts
    )
    for note in found.notes:
        notices.say(f"pgtopo: note: {note}")
    _tell_stray_clients(found, is_debug=args.debug)
    _tell_left_out(found, is_debug=args.debug)
    # Answers about a large estate are many small objects that live until the command ends: looking
    # through them again and again for garbage would cost more than making them.
    gc.set_threshold(*_SELDOM)
    return found


def tell_size(found: session.Session) -> None:
    """How much was looked at."""
    from pgtopo.model.network import Subnet, VirtualNetwork
    from pgtopo.model.server import FlexibleServer

    topology = found.topology
    notices.say(
        f"pgtopo: looked at {count(len(topology.all(FlexibleServer)), 'server')},"
        f" {count(len(topology.all(VirtualNetwork)), 'network')},"
        f" {count(len(topology.all(Subnet)), 'subnet')};"
        f" {left_out(len(topology.set_aside), len(topology.issues))}"
    )


def keep_inputs(args: argparse.Namespace) -> None:
    """Refuse to write the output over an input."""
    target = Path(args.output) if args.output and args.output != "-" else None
    if target is None or not target.exists():
        return
    if any(Path(name).exists() and target.samefile(name) for name in args.files):
        raise UsageError(f"{args.output} is one of the inputs", "give -o another name")


def _tell_stray_clients(found: session.Session, *, is_debug: bool) -> None:
    stray = found.stray_clients()
    shown = len(stray) if is_debug else SHOWN
    for line in stray[:shown]:
        notices.warn(line)
    if len(stray) > shown:
        notices.warn(f"{len(stray) - shown} more names of clients are left out (--debug shows all)")


def _tell_left_out(found: session.Session, *, is_debug: bool) -> None:
    """Name the rows that were set aside, and the fields that could not be read."""
    topology = found.topology
    aside = (f"{one.source}: {one.where}: {one.reason}" for one in topology.set_aside)
    _tell_some("set aside", "more row", aside, len(topology.set_aside), is_debug=is_debug)
    fields = (f"{one.resource} {one.path}: {one.reason}" for one in topology.issues)
    _tell_some("not read", "more field", fields, len(topology.issues), is_debug=is_debug)


def _tell_some(word: str, noun: str, lines: Iterator[str], total: int, *, is_debug: bool) -> None:
    """The first of many lines, or all, and how many more there are."""
    shown = total if is_debug else SHOWN
    for line in islice(lines, shown):
        notices.say(f"pgtopo: {word}: {line}")
    if total > shown:
        notices.say(
            f"pgtopo: {word}: {count(total - shown, noun)}"
            " (--debug or 'pgtopo check --format json' shows all)"
        )
