"""What works here: Python, terminal, logins, cloud, cache, permissions."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import exit_codes, notices, options, output, scope_options, terminal
from pgtopo.reports import registry as formats

if TYPE_CHECKING:
    from pgtopo.reports.doctor.item import Section
    from pgtopo.reports.doctor.terminal import Terminal
    from pgtopo.sources.azure.request import DeviceCode, Request

NAME = "doctor"
HELP = "tell what works here: Python, terminal, logins, cloud, cache, permissions"

ALL, READING = "all", "reading"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to look at besides, and what to print instead."""
    scope_options.add_login(parser)
    parser.add_argument(
        "--online", action="store_true", help="also log in, and ask which subscriptions there are"
    )
    parser.add_argument(
        "--clear-cache", action="store_true", help="remove the kept results of live data first"
    )
    parser.add_argument(
        "--role",
        nargs="?",
        const=ALL,
        choices=(ALL, READING),
        help="print a custom role with the permissions needed instead;"
        " 'reading' leaves out those that an option asks for",
    )
    options.add_output(parser, formats.formats("doctor"))


def run(args: argparse.Namespace) -> int:
    """Write what was found; nothing is asked of anybody unless --online says so."""
    if args.role:
        return _write_role(args)
    sections = _sections(args)
    render = formats.renderer("doctor", args.format).render
    output.write(render(sections, terminal.style(args.output)), args.output)
    is_refused = any(s.name == "azure" and s.state.value == "error" for s in sections)
    return exit_codes.SOURCE if is_refused else exit_codes.FINE


def _sections(args: argparse.Namespace) -> list[Section]:
    from pgtopo.reports.doctor import cache, cloud, credentials, permissions, python
    from pgtopo.reports.doctor import terminal as terminals
    from pgtopo.session import read_settings
    from pgtopo.sources.cache import folder as place

    request = scope_options.request_of(args, read_settings().scope)
    folder = place.default_folder()
    removed = _cleared(folder) if args.clear_cache else None
    found = [
        python.section(),
        terminals.section(_terminal()),
        credentials.section(request),
        cloud.section(request),
    ]
    if args.online or request.arm_endpoint:
        found.append(_azure(request))
    return [*found, cache.section(folder, removed), permissions.section()]


def _azure(request: Request) -> Section:
    """Azure, or the stand-in on this machine, asked for real."""
    from pgtopo.reports.doctor import azure
    from pgtopo.sources.azure.reaching import reach

    def show(code: DeviceCode) -> None:
        notices.say(f"pgtopo: to log in, open {code.url} and type the code {code.code}")

    return azure.section(reach(request, show))


def _terminal() -> Terminal:
    """The terminal this runs in."""
    from pgtopo.reports.doctor.terminal import Terminal

    size = shutil.get_terminal_size()
    streams = (sys.stdin, sys.stdout)
    return Terminal(
        is_there=all(stream is not None and stream.isatty() for stream in streams),
        columns=size.columns,
        rows=size.lines,
        encoding=getattr(sys.stdout, "encoding", "") or "",
        has_signs=not terminal.style(None).is_ascii,
        variables={
            name: os.environ[name]
            for name in ("TERM", "COLORTERM", "NO_COLOR")
            if name in os.environ
        },
    )


def _cleared(folder: Path) -> int:
    """How many files of the cache were removed."""
    from pgtopo.errors import UsageError
    from pgtopo.sources.cache import folder as place
    from pgtopo.sources.cache.fault import CacheFault

    try:
        return place.remove(folder)
    except CacheFault as fault:
        raise UsageError(
            f"cannot clear the cache: {fault}", "look at the folder yourself"
        ) from None


def _write_role(args: argparse.Namespace) -> int:
    from pgtopo.reports import encode
    from pgtopo.reports.permissions.needs import UNLISTED, needs
    from pgtopo.reports.permissions.role import role

    notices.say(
        "pgtopo: note: where Azure refuses the role, leave out what its list of operations lacks: "
        + ", ".join(UNLISTED)
    )
    wanted = [need for need in needs() if args.role == ALL or not need.option]
    output.write(encode.document(role(wanted)), args.output)
    return exit_codes.FINE
