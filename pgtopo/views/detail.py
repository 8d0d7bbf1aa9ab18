"""The pages about the selected thing, one per tab."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from pgtopo.model.ids import ArmId, type_of
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.server import FlexibleServer
from pgtopo.views import fixing, ledger, naming, passage, path, problem_page, raw, used_by
from pgtopo.views.desk import Desk, PageKey
from pgtopo.views.groupings import Grouping
from pgtopo.views.kinds import word_of
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.lines import Line, Piece, Tone
from pgtopo.views.overview import overview
from pgtopo.views.overview.estate import write_estate
from pgtopo.views.overview.writing import Page
from pgtopo.views.problems import Problem
from pgtopo.views.signs import count
from pgtopo.views.state import Place, Tab


class TabHead(NamedTuple):
    """A tab as it is offered."""

    tab: Tab
    text: str
    has_content: bool = True


class Pair(NamedTuple):
    """The two ends of the path one asks about."""

    client: str = ""
    """As on the command line: an id, a name, an address, `onprem:...`, `internet`."""
    server: ArmId = ArmId("")

    @property
    def is_complete(self) -> bool:
        """Whether both ends are known."""
        return bool(self.client and self.server)


NO_PAIR = Pair()


class Work(NamedTuple):
    """A page that takes analysis or reading, to be made outside the thread that paints."""

    key: PageKey
    make: Callable[[], tuple[Line, ...]]
    is_page: bool = True
    """False where the work itself keeps what it made."""


class Detail(NamedTuple):
    """What the detail pane shows."""

    title: str
    tabs: tuple[TabHead, ...]
    tab: Tab
    lines: tuple[Line, ...]
    work: Work | None = None
    """What is still to be made; the lines say so meanwhile."""


NO_CELL = (Line((Piece("The path of the cell under the cursor stands here.", Tone.DIM),)),)
WAITING = (Line((Piece("Working it out ...", Tone.DIM),)),)


def detail(
    desk: Desk, grouping: Grouping, at: int, place: Place, tab: Tab, pair: Pair = NO_PAIR
) -> Detail:
    """The page of a tab about a place, which is a node of the tree where `at` is one."""
    arm_id, kind = place.id, place.kind
    if at >= 0:
        below = desk.problems.pick(desk.rollup(grouping).indexes(at))
    else:
        below = desk.problems.of(arm_id)
    heads = _heads(desk, arm_id, below)
    name = _title(desk, grouping, at, arm_id, kind)
    if tab is Tab.PATH and pair.is_complete:
        return _traced(desk, pair, Detail(name, heads, tab, WAITING))
    work = _work(desk, arm_id, tab)
    if work is not None:
        known = desk.pages.get(work.key)
        return Detail(name, heads, tab, known or WAITING, None if known else work)
    if not arm_id and at > 0 and tab is Tab.OVERVIEW:
        lines = _folder(desk, grouping, at)
    else:
        lines = _page(desk, arm_id, kind, tab, below)
    return Detail(name, heads, tab, lines)


def path_page(desk: Desk, pair: Pair, *, is_bare: bool = False) -> Detail:
    """The path of a cell of a grid, without tabs; nothing where the grid is bare of cells."""
    if is_bare:
        return Detail("Path", (), Tab.PATH, ())
    if not pair.is_complete:
        return Detail("Path", (), Tab.PATH, NO_CELL)
    ends = f"{full_name(desk.topology, ArmId(pair.client))} → {name_in(desk.topology, pair.server)}"
    return _traced(desk, pair, Detail(ends, (), Tab.PATH, WAITING))


def _traced(desk: Desk, pair: Pair, empty: Detail) -> Detail:
    """The path, then what opens it where it is blocked: two pieces of work, one after the other."""
    key: PageKey = (Tab.PATH.name, pair.client, pair.server)
    known = desk.pages.get(key)
    if known is None:
        work = Work(key, partial(path.path, desk.facts, pair.client, pair.server))
        return empty._replace(lines=WAITING, work=work)
    if desk.workshop is None or not path.is_blocked(known):
        return empty._replace(lines=known)
    fixes = (_FIXES, pair.client, pair.server)
    return _with_fixes(
        desk, empty, known, Work(fixes, partial(fixing.of_path, desk, pair.client, pair.server))
    )


def problem_detail(desk: Desk, name: str, problem: Problem) -> Detail:
    """A finding in full; its fixes are tried behind the screen."""
    empty = Detail(name, (), Tab.OVERVIEW, WAITING)
    lines = problem_page.page(problem, desk.topology)
    if problem.suppressed_by or not fixing.can_fix(desk, problem.key):
        return empty._replace(lines=lines + problem_page.texts(problem))
    work = Work((_FIXES, problem.key, ""), partial(fixing.of_finding, desk, problem.key))
    return _with_fixes(desk, empty, lines, work, problem_page.texts(problem))


def _with_fixes(
    desk: Desk,
    empty: Detail,
    before: tuple[Line, ...],
    work: Work,
    after: tuple[Line, ...] = (),
) -> Detail:
    fixes = desk.pages.get(work.key)
    if fixes is None and not desk.tries_fixes:
        return empty._replace(lines=(*before, *fixing.ASK, *after))
    if fixes is None:
        return empty._replace(lines=(*before, *fixing.TRYING, *after), work=work)
    return empty._replace(lines=(*before, *fixes, *after))


_FIXES = "FIXES"


def _work(desk: Desk, arm_id: ArmId, tab: Tab) -> Work | None:
    """The page that has to be worked out, for tabs that need it."""
    facts = desk.facts
    if not arm_id:
        return None
    key: PageKey = (tab.name, arm_id, "")
    if tab is Tab.NAMES:
        return Work(key, partial(naming.names, facts, arm_id))
    if tab is Tab.FILTERS:
        return Work(key, partial(passage.filters, facts, arm_id))
    if tab is Tab.ROUTES:
        return Work(key, partial(passage.routes, facts, arm_id))
    if tab is Tab.ADDRESSES:
        return Work(key, partial(ledger.addresses, facts, arm_id))
    if tab is Tab.USED_BY:
        return Work(key, partial(used_by.used_by, facts, arm_id))
    return Work(key, partial(raw.row, desk, arm_id)) if tab is Tab.JSON else None


def _title(desk: Desk, grouping: Grouping, at: int, arm_id: ArmId, kind: str) -> str:
    if not arm_id:
        nodes = desk.forest(grouping).nodes
        return nodes[at].text.capitalize() if at > 0 else "The estate"
    held = desk.topology.find(arm_id)
    word = word_of(type(held).KIND if held is not None else kind or type_of(arm_id))
    return f"{full_name(desk.topology, arm_id)}  {word}"


def _heads(desk: Desk, arm_id: ArmId, below: tuple[Problem, ...]) -> tuple[TabHead, ...]:
    held = desk.topology.find(arm_id) if arm_id else None
    has_content = {
        Tab.FINDINGS: bool(below),
        Tab.PATH: True,
        Tab.NAMES: isinstance(held, naming.NAMED),
        Tab.FILTERS: isinstance(held, _FILTERED),
        Tab.ROUTES: isinstance(held, _ROUTED),
        Tab.ADDRESSES: isinstance(held, Subnet | VirtualNetwork | FlexibleServer),
        Tab.CHANGES: bool(arm_id),
        Tab.USED_BY: bool(arm_id),
        Tab.JSON: bool(arm_id),
    }
    texts = {Tab.FINDINGS: f"{Tab.FINDINGS.value} {len(below)}"}
    return tuple(TabHead(tab, texts.get(tab, tab.value), has_content.get(tab, True)) for tab in Tab)


_ROUTED = (Subnet, FlexibleServer, NetworkInterface, VirtualMachine)
_FILTERED = (*_ROUTED, NetworkSecurityGroup)


def _page(
    desk: Desk, arm_id: ArmId, kind: str, tab: Tab, below: tuple[Problem, ...]
) -> tuple[Line, ...]:
    if tab is Tab.FINDINGS:
        return _findings(desk, below)
    if tab is Tab.PATH:
        return path.HOW_TO
    if tab is Tab.CHANGES and arm_id:
        return WAITING
    if not arm_id:
        return write_estate(desk) if tab is Tab.OVERVIEW else _NOT_OF_ALL
    return (*_worst(desk, arm_id), *overview(desk.topology, arm_id, kind))


_NOT_OF_ALL = (Line((Piece("Select one thing in the tree to see this of it.", Tone.DIM),)),)


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
