"""Runs the checks over files and tells what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.cli import estate, exit_codes, notices, options, output, terminal
from pgtopo.reports import clock
from pgtopo.reports import registry as formats
from pgtopo.session import Session, read_baseline, read_suppressions
from pgtopo.views.set_aside import left_out
from pgtopo.views.signs import count

if TYPE_CHECKING:
    import argparse

    from pgtopo.checks.runner import Report
    from pgtopo.checks.standing import Standing
    from pgtopo.checks.suppression import Suppression

NAME = "check"
HELP = "run the checks and report what is broken, at risk or unknown"

_NEVER = "never"
_SEVERITIES = ("error", "warning", "info")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, which checks, what counts as a failure, and the document."""
    options.add_files(parser)
    options.add_selection(parser)
    parser.add_argument(
        "--fail-on",
        choices=[*_SEVERITIES, _NEVER],
        default="error",
        help="leave with 1 for faults of this severity or worse (default: error)",
    )
    parser.add_argument(
        "--strict", action="store_true", help="leave with 5 where something stayed unknown"
    )
    for option, what in (
        ("--baseline", "an earlier check JSON: its findings count as known"),
        ("--suppressions", "TOML file of findings to live with, and why"),
    ):
        options.takes_file(parser.add_argument(option, metavar="FILE", help=what))
    parser.add_argument(
        "--fixes",
        choices=["none", "causes", "all"],
        default="causes",
        help="fixes to work out: none, one set per cause, or per finding (default: causes)",
    )
    options.add_full_ids(parser)
    options.add_output(parser, formats.formats("findings"))


def run(args: argparse.Namespace) -> int:
    """Check, write the document, and leave with what it means."""
    from pgtopo.reports.findings import document

    known = read_baseline(args.baseline) if args.baseline else frozenset()
    suppressions = read_suppressions(args.suppressions) if args.suppressions else ()
    _warn_expired(suppressions)
    session = estate.opened(args)
    report = session.findings(args.select, args.ignore, depth=args.fixes)
    standings = _stand(report, suppressions, known)
    if not (args.select or args.ignore):
        _warn_idle(suppressions, report)
    content = document.build(
        session.topology,
        report.looked_at,
        standings,
        inputs=args.files,
        generated_at=clock.stamp(),
        fixes=session.fixes(report, args.fixes),
        notes=session.stray_clients(),
    )
    render = formats.renderer("findings", args.format).render
    style = terminal.style(args.output, has_full_ids=args.full_ids)
    output.write(render(content, style), args.output)
    _tell(session, report)
    if not args.suppressions:
        _tell_unapplied(report)
    return _exit_code(args, session, report, standings)


def _stand(
    report: Report, suppressions: tuple[Suppression, ...], known: frozenset[str]
) -> tuple[Standing, ...]:
    from pgtopo.checks.standing import stand

    return stand(report.findings, suppressions, known, clock.now().date())


def _tell_unapplied(report: Report) -> None:
    """Name the file that the interface keeps suppressions in: here it counts only where named."""
    from pgtopo.tui import suppressions as kept

    file = kept.path()
    if not file.is_file():
        return
    entries, _ = kept.known()
    hidden = sum(1 for one in _stand(report, entries, frozenset()) if one.suppressed_by is not None)
    would = (
        f"it would suppress {count(hidden, 'finding')}" if entries else "no entry in it can be read"
    )
    notices.say(f"pgtopo: suppressions in {file} are not applied ({would}): --suppressions {file}")


def _warn_expired(suppressions: tuple[Suppression, ...]) -> None:
    today = clock.now().date()
    for entry in suppressions:
        if entry.is_expired(today):
            notices.warn(f"the suppression of {entry} ended on {entry.expires} and is ignored")


def _warn_idle(suppressions: tuple[Suppression, ...], report: Report) -> None:
    """Name the entries that speak of no finding; all checks have to have run for that."""
    from pgtopo.checks.suppression import idle

    today = clock.now().date()
    for entry in idle(suppressions, report.findings):
        if not entry.is_expired(today):
            notices.warn(f"the suppression of {entry} suppressed nothing")


def _tell(session: Session, report: Report) -> None:
    """What was looked at, what was set aside, what could not be evaluated."""
    looked = report.looked_at
    notices.say(
        f"pgtopo: looked at {count(looked.servers, 'server')},"
        f" {count(looked.subnets, 'subnet')} with {count(looked.checks, 'check')};"
        f" {count(looked.not_evaluable, 'question')} could not be evaluated,"
        f" {left_out(looked.rows_set_aside, looked.fields_not_read)}"
    )
    for crash in report.crashes:
        notices.warn(str(crash))
    others = session.topology.other_rows
    if others and not looked.servers:
        kinds = ", ".join(sorted(others)[:5])
        notices.say(f"pgtopo: rows of kinds pgtopo does not read: {kinds}")


def _exit_code(
    args: argparse.Namespace,
    session: Session,
    report: Report,
    standings: tuple[Standing, ...],
) -> int:
    from pgtopo.checks.base import Severity
    from pgtopo.checks.standing import has_new_fault, has_open_question

    if not report.looked_at.servers:
        notices.error(
            "no flexible server was looked at",
            "the files hold none: collect again with a login that sees them,"
            " or add the file that has them",
        )
        return exit_codes.UNUSABLE
    if args.fail_on != _NEVER and has_new_fault(standings, Severity(args.fail_on)):
        return exit_codes.FOUND
    if args.strict and (has_open_question(standings) or session.stray_clients()):
        return exit_codes.OPEN
    return exit_codes.FINE
