"""The pages about the selected thing, one per tab."""

from typing import NamedTuple

from pgtopo.model.ids import ArmId, type_of
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.views import ledger, problem_page, raw
from pgtopo.views.desk import Desk
from pgtopo.views.groupings import Grouping
from pgtopo.views.kinds import word_of
from pgtopo.views.labels import full_name
from pgtopo.views.lines import Line, Piece, Tone
from pgtopo.views.overview import overview
from pgtopo.views.overview.estate import write_estate
from pgtopo.views.overview.writing import Page
from pgtopo.views.problems import Problem
from pgtopo.views.signs import count
from pgtopo.views.state import Tab


class TabHead(NamedTuple):
    """A tab as it is offered."""

    tab: Tab
    text: str
    has_content: bool = True


class Detail(NamedTuple):
    """What the detail pane shows."""

    title: str
    tabs: tuple[TabHead, ...]
    tab: Tab
    lines: tuple[Line, ...]


def detail(desk: Desk, grouping: Grouping, at: int, arm_id: ArmId, kind: str, tab: Tab) -> Detail:
    """The page of a tab about a node of the tree."""
    if at >= 0:
        below = desk.problems.pick(desk.rollup(grouping).indexes(at))
    else:
        below = desk.problems.of(arm_id)
    heads = _heads(desk, arm_id, below)
    if not arm_id and at > 0 and tab is Tab.OVERVIEW:
        lines = _folder(desk, grouping, at)
    else:
        lines = _page(desk, arm_id, kind, tab, below)
    return Detail(_title(desk, grouping, at, arm_id, kind), heads, tab, lines)


def _title(desk: Desk, grouping: Grouping, at: int, arm_id: ArmId, kind: str) -> str:
    if not arm_id:
        nodes = desk.forest(grouping).nodes
        return nodes[at].text.capitalize() if at > 0 else "The estate"
    held = desk.topology.find(arm_id)
    word = word_of(type(held).KIND if held is not None else kind or type_of(arm_id))
    return f"{full_name(desk.topology, arm_id)}  {word}"


def _heads(desk: Desk, arm_id: ArmId, below: tuple[Problem, ...]) -> tuple[TabHead, ...]:
    held = desk.topology.find(arm_id) if arm_id else None
    has_addresses = isinstance(held, Subnet | VirtualNetwork | FlexibleServer)
    return (
        TabHead(Tab.OVERVIEW, Tab.OVERVIEW.value),
        TabHead(Tab.FINDINGS, f"{Tab.FINDINGS.value} {len(below)}", bool(below)),
        TabHead(Tab.ADDRESSES, Tab.ADDRESSES.value, has_addresses),
        TabHead(Tab.JSON, Tab.JSON.value, bool(arm_id)),
    )


def _page(
    desk: Desk, arm_id: ArmId, kind: str, tab: Tab, below: tuple[Problem, ...]
) -> tuple[Line, ...]:
    if tab is Tab.FINDINGS:
        return _findings(desk, below)
    if not arm_id:
        return write_estate(desk)
    if tab is Tab.ADDRESSES:
        return ledger.addresses(desk.facts, arm_id)
    if tab is Tab.JSON:
        return desk.rows.get(arm_id, raw.READING)
    return (*_worst(desk, arm_id), *overview(desk.topology, arm_id, kind))


def _folder(desk: Desk, grouping: Grouping, at: int) -> tuple[Line, ...]:
    """The things a folder holds, as references."""
    forest = desk.forest(grouping)
    page = Page(desk.topology)
    children = [one for one in forest.below(at)[1:] if forest.parents[one] == at]
    page.refs("Holds", [forest.nodes[one].id for one in children])
    return page.done()


def _worst(desk: Desk, arm_id: ArmId) -> tuple[Line, ...]:
    """What is wrong with the thing itself, before its facts."""
    faults = tuple(p for p in desk.problems.of(arm_id) if p.is_fault)[:3]
    if not faults:
        return ()
    return (*problem_page.brief(faults, desk.topology), Line())


def _findings(desk: Desk, below: tuple[Problem, ...]) -> tuple[Line, ...]:
    if not desk.problems.is_complete:
        return (Line((Piece("The checks are still running.", Tone.DIM),)),)
    if not below:
        return (Line((Piece("Nothing found here or below.", Tone.GOOD),)),)
    head = Line((Piece(count(len(below), "finding") + " here and below", Tone.DIM),))
    return (head, Line(), *problem_page.brief(below, desk.topology))
