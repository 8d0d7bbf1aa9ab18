"""The estate as a whole: what is here, what is wrong, what was not read."""

from pgtopo.model.dns import PrivateZone
from pgtopo.model.moments import minute
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.views.desk import Desk
from pgtopo.views.kinds import plural_of
from pgtopo.views.lines import Line, Piece, Tone, piece, to_problem, to_resource
from pgtopo.views.overview.writing import Page
from pgtopo.views.problem_list import ProblemRow
from pgtopo.views.signs import Sign, count
from pgtopo.views.source import Gap, gaps
from pgtopo.views.status import server_signs

WORST = 12
"""Causes listed before the list of findings is pointed at."""


def write_estate(desk: Desk) -> tuple[Line, ...]:
    """What a reader should know first."""
    page = Page(desk.topology)
    _what_is_wrong(page, desk)
    _what_is_here(page, desk)
    _not_read(page, desk)
    return page.done()


def _what_is_wrong(page: Page, desk: Desk) -> None:
    problems = desk.problems
    if not problems.is_complete:
        page.say("The checks are still running.", Tone.DIM)
        return
    if not page.topology.all(FlexibleServer):
        page.head("There is no flexible server in this data")
        page.say("Networks, zones and filters in it can be looked at all the same.")
        page.say("Where servers were expected, export again with their subscription included.")
        page.say("2 to 7 show the other views, : finds a command, q leaves.", Tone.DIM)
        return
    listed = [row for row in desk.problem_rows if row.indent == 0]
    faults = [row for row in listed if row.sign.is_fault]
    unknowns = sum(1 for row in listed if row.sign is Sign.UNKNOWN)
    _verdict(page, desk, len(faults))
    for row in faults[:WORST]:
        _cause(page, row)
    if len(faults) > WORST:
        page.say(f"and {len(faults) - WORST:,} more: press 2", Tone.DIM, 2)
    if unknowns:
        page.say(f"? {count(unknowns, 'question')} could not be answered: press 2", Tone.UNKNOWN)


def _verdict(page: Page, desk: Desk, causes: int) -> None:
    if causes:
        page.head(f"{count(causes, 'cause')} of trouble, the worst first")
    elif server_signs(page.topology, desk.problems).get(Sign.UNKNOWN, 0):
        page.say("? No fault found, but not everything could be judged", Tone.UNKNOWN)
    else:
        page.say("✔ No fault found: the checks are content with every server", Tone.GOOD)


def _cause(page: Page, row: ProblemRow) -> None:
    target = to_problem(row.problem.key) if row.problem else to_resource(row.cause)
    shown = (
        Piece(f"{row.sign.shown()} ", row.sign.tone),
        piece(row.text, Tone.LINK),
        piece(f"  {row.note}"),
    )
    page.lines.append(Line(shown, 0, target, "", 2))


def _what_is_here(page: Page, desk: Desk) -> None:
    topology = desk.topology
    page.head("What is here")
    servers = topology.all(FlexibleServer)
    modes = [
        f"{number:,} {word}"
        for mode, word in (
            (Mode.VNET, "in a network"),
            (Mode.PRIVATE_ENDPOINT, "by private endpoint"),
            (Mode.PUBLIC, "public"),
            (Mode.UNKNOWN, "unknown access"),
        )
        if (number := sum(1 for s in servers if s.mode is mode))
    ]
    page.fact("Servers", f"{len(servers):,}{': ' if modes else ''}{', '.join(modes)}")
    page.fact("Networks", f"{len(topology.all(VirtualNetwork)):,}")
    page.fact("Subnets", f"{len(topology.all(Subnet)):,}")
    page.fact("Private zones", f"{len(topology.all(PrivateZone)):,}")
    page.fact("Collected", minute(topology.created_at))
    if topology.other_rows:
        rows = count(sum(topology.other_rows.values()), "row")
        kinds = count(len(topology.other_rows), "kind")
        page.fact("Other rows", f"{rows} of {kinds} that have no part in this", Tone.DIM)
    for at, name in enumerate(desk.files[:5]):
        page.fact("Files" if at == 0 else "", name)
    for note in desk.notes:
        page.fact("Note", note)


def _not_read(page: Page, desk: Desk) -> None:
    topology = desk.topology
    missing = gaps(topology)
    if missing:
        page.head("Not read, so not judged")
        for gap in missing[:20]:
            _gap(page, gap)
    if topology.coverage.is_inferred:
        page.head("Coverage")
        page.say(
            "The file does not say what was read, so kinds without a row count as not read.",
            Tone.UNKNOWN,
        )
        if topology.coverage.assumed_none:
            kinds = ", ".join(plural_of(k) for k in sorted(topology.coverage.assumed_none)[:4])
            page.say(f"Taken as none: {kinds} and the like.", Tone.DIM)
    if topology.set_aside:
        page.head(f"{count(len(topology.set_aside), 'row')} could not be read")
        for aside in topology.set_aside[:10]:
            page.fact(aside.where[:14], f"{aside.reason} ({aside.source})", Tone.RISK)
        page.say("i lists all of them.", Tone.DIM)


def _gap(page: Page, gap: Gap) -> None:
    detail = f": {gap.detail}" if gap.detail else ""
    page.fact(gap.how, f"{', '.join(gap.kinds)} of {gap.place}{detail}", Tone.UNKNOWN)
