"""What the interface shows: every action of a user is a step here, and needs no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.model.ids import ArmId, group_of, subscription_of
from pgtopo.views import filter as filtering
from pgtopo.views import finding_page, fixing, state
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Detail, Pair, Work, detail, path_page
from pgtopo.views.ends import Ends
from pgtopo.views.findings import Findings
from pgtopo.views.grids import Grids
from pgtopo.views.groupings import Grouping
from pgtopo.views.judgement import Judgement
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Line, Piece, Target, TargetKind, Tone, line, to_resource
from pgtopo.views.overview import overview
from pgtopo.views.problems import Problem
from pgtopo.views.rollup import Rollup
from pgtopo.views.search import node_hits
from pgtopo.views.sieve import Sieve
from pgtopo.views.state import Place, State, Tab, View
from pgtopo.views.status import server_signs, status
from pgtopo.views.tree import Tree, subscription_name

if TYPE_CHECKING:
    from pgtopo.model.topology import Topology
    from pgtopo.views.grid import Grid


class Workbench:
    """One estate on show: where the user is, what is filtered, how lists are put together."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.state = State()
        self.grouping = Grouping.NETWORK
        self.findings = Findings(desk)
        self.sieves: dict[View, Sieve] = {}
        self._trees: dict[Grouping, tuple[Tree, Sieve]] = {}
        self._signs = server_signs(desk.topology, desk.problems)
        self.checking = "checks are running ..."
        """How far the checks are, while they run."""
        self.ends = Ends(desk.topology)
        self._grids = Grids(desk.facts)

    # -- what is there ------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """The screen one is on."""
        return self.state.place.view

    @property
    def topologies(self) -> tuple[Topology, ...]:
        """Every estate whose names can be on the screen, the one on show first."""
        return (self.desk.topology,)

    @property
    def sieve(self) -> Sieve:
        """What the list of this screen leaves out."""
        return self.sieves.get(self.view, Sieve())

    @property
    def tree(self) -> Tree:
        """The tree in the grouping at hand, filtered."""
        sieve = self.sieves.get(View.ESTATE, Sieve())
        known = self._trees.get(self.grouping)
        if known is None:
            known = self._trees[self.grouping] = (Tree(self.desk, self.grouping), Sieve())
        tree, applied = known
        if applied != sieve:
            hits = node_hits(
                self.desk, self.grouping, sieve.wanted, faults_only=sieve.is_faults_only
            )
            tree.outline.filter(hits, keeps_below=not sieve.is_faults_only)
            tree.mark_hits(tree.outline.hits if sieve.wanted else [])
            self._trees[self.grouping] = (tree, sieve)
        return tree

    def settle(self, judgement: Judgement) -> None:
        """Take the findings in; trees that hide by them are filtered anew."""
        self.desk.settle(*judgement)
        self._signs = server_signs(self.desk.topology, judgement.problems)
        self._trees = {
            grouping: (tree, Sieve() if not applied else Sieve(filtering.Filter("\0")))
            for grouping, (tree, applied) in self._trees.items()
        }
        self.list_problems()

    # -- estate -------------------------------------------------------------------------------

    def moved_in_tree(self) -> None:
        """Take over the row under the tree's cursor."""
        node = self.tree.node
        if node is not None:
            self.state = state.moved(self.state, Place(View.ESTATE, node.id, node.kind))

    def regroup(self) -> None:
        """Arrange the tree in the next way, with the same thing selected where it is there."""
        wanted = self.state.place.id
        self.grouping = self.grouping.next
        if wanted:
            self.tree.select(wanted)
        self.moved_in_tree()

    def next_hit(self, step: int) -> bool:
        """Go to the next hit of the filter, or fault; False where there is none."""
        if self.view is View.FINDINGS:
            return self._next_problem(step)
        if self.view.is_grid:
            return self._next_cell(step)
        tree = self.tree
        hits = tree.outline.hits if tree.outline.is_filtered else self._rollup.faults
        found = tree.outline.next_of(hits, step=step)
        if found is None:
            return False
        tree.outline.reveal(found)
        self.moved_in_tree()
        return True

    def _next_cell(self, step: int) -> bool:
        found = self.grid is not None and self.grid.next_fault(step)
        self.moved_in_grid()
        return found

    @property
    def _rollup(self) -> Rollup:
        return self.desk.rollup(self.grouping)

    # -- findings -----------------------------------------------------------------------------

    def list_problems(self) -> None:
        """Put the list of findings together anew."""
        self.findings.list(self.sieves.get(View.FINDINGS, Sieve()))

    def rearrange(self, change: str) -> None:
        """Order or bundle the findings in the next way, or turn their order round."""
        self.findings.rearrange(change)
        self.list_problems()

    def moved_in_problems(self, at: int) -> None:
        """Take over the row under the list's cursor."""
        self.findings.at = at
        row = self.findings.row
        key = row.problem.key if row is not None and row.problem is not None else ""
        subject = row.problem.subject if row is not None and row.problem is not None else ArmId("")
        self.state = state.moved(self.state, Place(View.FINDINGS, subject, "", key))

    def selected_problems(self) -> tuple[Problem, ...]:
        """The finding that is selected in the list, or all of a bundle; none elsewhere."""
        if self.view is not View.FINDINGS or self.findings.row is None:
            return ()
        one = self.findings.row.problem
        return (one,) if one is not None else self.findings.bundle()

    def first_fix(self) -> str:
        """The first command of the fix on show, where there is one."""
        lines = self.page().lines if self.view is View.FINDINGS else ()
        heads = [at for at, line in enumerate(lines) if fixing.is_proved(line)]
        after = lines[heads[0] :] if heads else ()
        return next((line.copies for line in after if line.copies), "")

    def _next_problem(self, step: int) -> bool:
        found = self.findings.next(step, every=bool(self.sieve))
        if found is None:
            return False
        self.moved_in_problems(found)
        return True

    # -- going places -------------------------------------------------------------------------

    def go(self, view: View) -> None:
        """Switch to a screen, as it was left."""
        if view is View.ESTATE:
            node = self.tree.node
            place = Place(view, node.id if node else ArmId(""), node.kind if node else "")
        else:
            place = Place(view)
        self.state = state.went(self.state, place)
        if view is View.FINDINGS:
            self.moved_in_problems(self.findings.at)
        elif view.is_grid:
            self.moved_in_grid()

    def follow(self, target: Target) -> None:
        """Go where a reference leads."""
        if target.kind is TargetKind.PROBLEM:
            self.state = state.went(self.state, Place(View.FINDINGS, problem=target.id))
        else:
            shown = self._nearest(ArmId(target.id))
            self.state = state.went(self.state, Place(View.ESTATE, shown))
        self._arrive()

    def _nearest(self, arm_id: ArmId) -> ArmId:
        """The thing itself, or what it belongs to where the tree does not show it."""
        forest = self.tree.forest
        shown = arm_id
        while shown and forest.first(shown) is None:
            shown = ArmId(shown.rpartition("/")[0])
        return shown if shown.count("/") > 2 else arm_id

    def step_back(self) -> None:
        """One jump back."""
        self.state = state.back(self.state)
        self._arrive()

    def step_forward(self) -> None:
        """One jump forward again."""
        self.state = state.forward(self.state)
        self._arrive()

    def _arrive(self) -> None:
        """Put the cursor where the state says; a filter that hides it is given up."""
        place = self.state.place
        if place.view is View.FINDINGS:
            self._arrive_at_problem(place.problem)
            return
        if not place.id or self.tree.select(place.id):
            return
        if self.tree.forest.first(place.id) is not None:
            self.sieves.pop(View.ESTATE, None)
            self.tree.select(place.id)

    def _arrive_at_problem(self, key: str) -> None:
        if not key:
            return
        if self.findings.find(key) is None and self.desk.problems.get(key) is not None:
            self.sieves.pop(View.FINDINGS, None)
            self.list_problems()
        self.moved_in_problems(self.findings.find(key) or 0)

    # -- grids --------------------------------------------------------------------------------

    @property
    def grid(self) -> Grid | None:
        """The grid of the screen one is on, where it is worked out."""
        return self._grids.get(self.view)

    def rearrange_grid(self, change: str) -> None:
        """Order the grid otherwise, turn it round, or put equal rows together."""
        self._grids.rearrange(self.view, change)
        self._lay_grid()

    def _lay_grid(self) -> None:
        if self.grid is not None:
            self.grid.lay(self._grids.layout(self.view, self.sieve))
            self.moved_in_grid()

    def grid_work(self, first: int, count: int) -> Work | None:
        """What has to be worked out for a grid to show a stretch of its rows."""
        return self._grids.work(self.view, self.sieve, first, count)

    def moved_in_grid(self) -> None:
        """Take over the cell under the grid's cursor; none where no cell is left."""
        if self.grid is None:
            return
        here = self.grid.here
        place = Place(self.view, here[1].id, "", "", here[0].id) if here else Place(self.view)
        self.state = state.moved(self.state, place)

    # -- copies of the estate -----------------------------------------------------------------

    def take_place_of(self, other: Workbench) -> None:
        """Show the same place, arranged and filtered in the same way."""
        self.state, self.grouping = other.state, other.grouping
        self.sieves = dict(other.sieves)
        self._grids.arranged_like(other._grids)
        self.ends.pair = other.ends.pair
        self.findings.how = other.findings.how
        self.list_problems()
        self.tree.unfold_like(other.tree)
        self._arrive()

    # -- filtering ----------------------------------------------------------------------------

    def filter(self, text: str) -> None:
        """Keep what fits a text; an empty one keeps everything."""
        self._sift(Sieve(filtering.parse(text), self.sieve.is_faults_only))

    def toggle_faults(self) -> None:
        """Keep faults only, or everything again."""
        self._sift(Sieve(self.sieve.wanted, not self.sieve.is_faults_only))

    def _sift(self, sieve: Sieve) -> None:
        self.sieves[self.view] = sieve
        if self.view.is_grid:
            self._lay_grid()
            return
        if self.view is View.FINDINGS:
            self.list_problems()
            self.moved_in_problems(self.findings.at)
        else:
            self.moved_in_tree()

    def clear_sieve(self) -> None:
        """Keep everything again."""
        self._sift(Sieve())

    # -- the two ends of a path ---------------------------------------------------------------

    def mark(self) -> str:
        """Take what is selected as client or server; says what was done."""
        return self.ends.mark(self.desk.topology.find(self.state.place.id))

    def trace(self) -> str:
        """Show the path between the two ends; says what is lacking, else nothing."""
        if self.view.is_grid and self.state.place.client:
            self.ends.pair = Pair(self.state.place.client, self.state.place.id)
        lacking = self.ends.complete_with(self.desk.topology.find(self.state.place.id))
        if not lacking:
            if self.view is not View.ESTATE:
                self.follow(to_resource(self.ends.pair.server))
            self.state = state.on_tab(self.state, Tab.PATH)
        return lacking

    # -- pages --------------------------------------------------------------------------------

    def page(self) -> Detail:
        """The details of what is selected."""
        place = self.state.place
        if self.view.is_grid:
            is_bare = bool(self.sieve) and self.grid is not None and self.grid.here is None
            return path_page(self.desk, Pair(place.client, place.id), is_bare=is_bare)
        if self.view is View.FINDINGS:
            return finding_page.page(self.desk, self.findings, is_sieved=bool(self.sieve))
        at = self._node_at(place.id)
        return detail(self.desk, self.grouping, at, place, self.state.tab, self.ends.pair)

    def side(self) -> tuple[str, tuple[Line, ...]]:
        """What a third pane shows: the findings of a thing, or the thing a finding is about."""
        place = self.state.place
        if self.view is not View.ESTATE:
            if not place.id:
                return "What it is about", (line(Piece("Nothing is selected yet.", Tone.DIM)),)
            name = name_in(self.desk.topology, place.id)
            return name, overview(self.desk.topology, place.id)
        at = self._node_at(place.id)
        view = detail(self.desk, self.grouping, at, place, Tab.FINDINGS)
        return "Findings here and below", view.lines

    def _node_at(self, arm_id: ArmId) -> int:
        tree = self.tree
        node = tree.node
        if node is not None and node.id == arm_id:
            return tree.outline.node
        found = tree.forest.first(arm_id)
        return -1 if found is None else found

    # -- frame --------------------------------------------------------------------------------

    def path(self) -> tuple[str, ...]:
        """Where one is, from the widest to the narrowest."""
        place = self.state.place
        topology = self.desk.topology
        node = self.tree.node
        if self.view is View.ESTATE and node is not None and node.id == place.id:
            return self.tree.path()
        if not place.id:
            return ()
        subscription = subscription_of(place.id)
        wide = (subscription_name(topology, subscription),) if subscription else ()
        group = group_of(place.id)
        return (*wide, *((group,) if group else ()), name_in(topology, place.id))

    def status(self, *, note: str = "") -> tuple[Piece, ...]:
        """The status line."""
        hidden = 0
        if self.view is View.ESTATE:
            hidden = self.tree.outline.hidden
        elif self.grid is not None:
            hidden = self.grid.hidden
        elif self.sieve and self.view is View.FINDINGS:
            hidden = self.findings.hidden
        ends = self.ends.shown()
        aside = f"path {ends}" if ends else ""
        if not self.desk.problems.is_complete:
            aside = self.checking
        return status(self.desk.topology, self._signs, hidden=hidden, note=note, aside=aside)
