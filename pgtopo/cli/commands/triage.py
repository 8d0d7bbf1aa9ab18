"""Guided triage without the terminal interface: from a symptom to ranked causes and a report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import estate, exit_codes, key_file, notices, options, output, terminal
from pgtopo.errors import SnapshotError, UsageError
from pgtopo.reports import registry as formats

if TYPE_CHECKING:
    from pgtopo.session import Session
    from pgtopo.triage.case import Case, Paste
    from pgtopo.triage.state import SnapshotRef, State

NAME = "triage"
HELP = "why can this client not connect: ranked causes, evidence, fixes, a report to hand over"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, the symptom, the two ends, pasted output, and the document."""
    options.takes_file(
        parser.add_argument(
            "files",
            nargs="*",
            metavar="FILE",
            help="snapshot or JSON rows; without any, those that the triage file names",
        )
    )
    options.add_complete(parser)
    _add_incident(parser)
    options.takes_file(
        parser.add_argument(
            "--paste",
            nargs="+",
            action="extend",
            default=[],
            metavar="FILE",
            help="output of dig, nslookup, nc, Test-NetConnection, psql, az network or"
            " pgtopo probe (repeatable; - reads standard input)",
        )
    )
    options.takes_file(
        parser.add_argument(
            "--state", metavar="FILE", help="triage file: taken up where it is there, then written"
        )
    )
    parser.add_argument(
        "--drill",
        action="store_true",
        help="with --to: would failover, promotion and restore of that server work",
    )
    key_file.add_redaction(parser)
    options.add_full_ids(parser)
    options.add_output(parser, formats.formats("triage"))


def _add_incident(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--error",
        metavar="TEXT",
        default="",
        help="the client's error text or a class of symptoms; - reads it from standard input",
    )
    parser.add_argument(
        "--from",
        dest="client",
        default="",
        metavar="CLIENT",
        help="who asks: a name, NETWORK/SUBNET, an address or more (as for trace)",
    )
    parser.add_argument(
        "--to", dest="server", default="", metavar="SERVER", help="who is asked (as for trace)"
    )
    parser.add_argument(
        "--port", type=options.port_number, help="TCP port (default: the error's, else 5432)"
    )
    options.add_client_dns(parser)


def run(args: argparse.Namespace) -> int:
    """Look into the incident, write the report, and keep the triage file."""
    from pgtopo.reports.triage.report import report
    from pgtopo.triage.state import taken_up

    if args.state and args.output and Path(args.state).resolve() == Path(args.output).resolve():
        raise UsageError("-o and --state name one file", "give them two names")
    state = _state(args.state)
    if not args.files:
        args.files = [one.path for one in state.snapshot] if state is not None else []
    if not args.files:
        raise UsageError("no FILE to look at", "give a snapshot before the options, or --state")
    case = _case(args)
    if state is not None:
        case = taken_up(state, case)
    refs = _refs(args.files)
    _tell_change(state, refs)
    if args.drill and not args.redact:
        return _drill(args, estate.opened(args), case.server, refs)
    session, told, shown = _redacted(args, case) if args.redact else (None, case, refs)
    session = session or estate.opened(args)
    made = report(session.facts, session.triage(told), shown, is_redacted=args.redact)
    style = terminal.style(args.output, has_full_ids=args.full_ids)
    output.write(formats.renderer("triage", args.format).render(made, style), args.output)
    if args.state:
        _keep(args.state, case, refs)
    return exit_codes.FINE


def _redacted(args: argparse.Namespace, case: Case) -> tuple[Session, Case, list[SnapshotRef]]:
    """The estate, what was said of the incident and what it was made from, under pseudonyms."""
    from pgtopo import session
    from pgtopo.triage.state import SnapshotRef

    if args.drill:
        raise UsageError("--drill writes no redacted report", "use pgtopo redact, then --drill")
    if len(args.files) > 1:
        raise UsageError(
            "--redact takes one FILE: addresses are renumbered file by file",
            "give the snapshot that 'pgtopo collect' writes",
        )
    estate.keep_inputs(args)
    made = session.redacted_estate(
        args.files[0], key_file.secret(args.key_file), assume_complete=args.assume_complete
    )
    shown = SnapshotRef(path="redacted.json", sha256=made.sha256)
    return made.session, session.redacted_case(case, made.redaction), [shown]


def _drill(args: argparse.Namespace, session: Session, server: str, refs: list[SnapshotRef]) -> int:
    """Write what a failover, a promotion and a restore of a server come to."""
    from pgtopo.reports.drill import document

    if not server:
        raise UsageError("--drill needs a server", "give it with --to")
    content = document.build(session.facts, session.drill(server), refs)
    render = formats.renderer("drill", args.format).render
    style = terminal.style(args.output, has_full_ids=args.full_ids)
    output.write(render(content, style), args.output)
    return exit_codes.FINE


def _case(args: argparse.Namespace) -> Case:
    from pgtopo.triage.case import Case

    if args.error == "-" and "-" in args.paste:
        raise UsageError("standard input cannot be both error and paste", "put one into a file")
    return Case(
        error=_stdin() if args.error == "-" else args.error,
        client=args.client,
        server=args.server,
        port=args.port,
        client_dns=args.client_dns,
        pastes=tuple(_paste(name) for name in args.paste),
    )


def _paste(name: str) -> Paste:
    from pgtopo.triage.case import Paste

    if name == "-":
        return Paste(name="standard input", text=_stdin())
    return Paste(name=name, text=_bytes(name).decode("utf-8-sig", "replace"))


def _stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace") if sys.stdin else ""


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise SnapshotError(f"{path}: {error.strerror}", "check the path") from None


def _state(path: str | None) -> State | None:
    """The incident in a triage file; None where there is none yet."""
    from pgtopo.session import read_incident

    return read_incident(path) if path is not None and Path(path).exists() else None


def _refs(files: list[str]) -> list[SnapshotRef]:
    from pgtopo.reports.triage.files import fingerprints

    return fingerprints(files)


def _tell_change(state: State | None, refs: list[SnapshotRef]) -> None:
    if state is None or not state.snapshot:
        return
    known = {one.sha256 for one in state.snapshot}
    for one in refs:
        if one.sha256 not in known:
            notices.warn(f"{one.path} is not the data this triage was begun with")


def _keep(path: str, case: Case, refs: list[SnapshotRef]) -> None:
    from pgtopo.reports.triage import state_file

    output.write(state_file.render(case, refs), path)
