"""The workbench with triage: every action of a user on the triage screen is a step here."""

from __future__ import annotations

from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.case import Case
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.views import state
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Detail, Work
from pgtopo.views.ends import CLIENTS
from pgtopo.views.map.bench import MapBench
from pgtopo.views.state import Place, Tab, View
from pgtopo.views.triage.incident import Incident
from pgtopo.views.triage.pages import page as page_of
from pgtopo.views.triage.rows import Row, RowKind, rows
from pgtopo.views.workbench import Workbench


class TriageBench(MapBench):
    """One estate on show, with the incident that is looked into."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.incident = Incident(desk)
        self.triage_at = 1
        """The row under the cursor of the triage list."""
        self.awaits_causes = False
        """Whether the cursor goes to the first cause once there is one."""
        self.page_width = 72

    @property
    def is_on_triage(self) -> bool:
        """Whether triage is the screen one is on."""
        return self.view is View.TRIAGE

    @property
    def triage_rows(self) -> tuple[Row, ...]:
        """The rows of the triage list."""
        return rows(self.desk, self.incident)

    @property
    def triage_row(self) -> Row | None:
        """The row under the cursor."""
        found = self.triage_rows
        return found[min(self.triage_at, len(found) - 1)] if found else None

    def triage_work(self) -> Work | None:
        """What has to be worked out before the triage screen is complete."""
        if not self.is_on_triage:
            return None
        row = self.triage_row
        wants_drill = row is not None and row.kind is RowKind.DRILL
        return self.incident.work() or (self.incident.drill_work() if wants_drill else None)

    def moved_in_triage(self, at: int) -> None:
        """Take over the row under the cursor; what is copied follows it."""
        self.triage_at = at
        row, found = self.triage_row, self.incident.found
        selected = ArmId("")
        if row is not None and found is not None and row.kind is RowKind.CAUSE:
            selected = found.causes[row.at].resource or ArmId("")
        elif found is not None and found.ends.server is not None:
            selected = found.ends.server.id
        self.state = state.moved(self.state, Place(View.TRIAGE, selected))

    def to_causes(self) -> None:
        """Put the cursor on the first cause where that was awaited and there is one."""
        if not self.awaits_causes or not self.incident.is_ready:
            return
        self.awaits_causes = False
        for at, row in enumerate(self.triage_rows):
            if row.kind is RowKind.CAUSE:
                self.moved_in_triage(at)
                return

    def first_probe(self) -> str:
        """The command that settles the selected cause; empty for none."""
        row, found = self.triage_row, self.incident.found
        if not self.is_on_triage or row is None or found is None or row.kind is not RowKind.CAUSE:
            return ""
        return found.causes[row.at].next_probe

    # -- beginning from elsewhere -------------------------------------------------------------

    def resume(self, case: Case, file: str) -> None:
        """Go on with an incident that was left in a triage file."""
        self.incident.take_up(case, file)
        self.awaits_causes = True
        self.triage_at = 1

    def begin_triage(self) -> str:
        """Look into what is selected; says what is lacking."""
        client, server, error = self._selected_ends()
        if client or server:
            self.incident.begin(client=client, server=server, error=error)
        self.awaits_causes = bool(client and server)
        self.triage_at = 1
        self.go(View.TRIAGE)
        if not client and not server:
            return "name the symptom and both ends"
        return "" if client and server else "name the other end"

    def _selected_ends(self) -> tuple[str, str, str]:
        place, pair = self.state.place, self.ends.pair
        if self.view.is_grid and place.client:
            return place.client, str(place.id), self._symptom_of_cell()
        if self.view is View.FINDINGS:
            return self._ends_of_finding()
        held = self.desk.topology.find(place.id)
        client, server = pair.client, str(pair.server)
        if isinstance(held, FlexibleServer):
            server = str(held.id)
        elif isinstance(held, CLIENTS):
            client = str(held.id)
        return client, server, ""

    def _symptom_of_cell(self) -> str:
        """What a client of the cell would see: a name that fails comes before everything else."""
        if self.view is View.NAMES:
            return SymptomClass.NAME_NOT_FOUND.value
        from pgtopo.analysis.clients.clients import find_client
        from pgtopo.analysis.path.trace import trace
        from pgtopo.errors import UsageError
        from pgtopo.triage.causes.stages import ANSWERED

        place = self.state.place
        server = self.desk.topology.get(FlexibleServer, place.id)
        try:
            client = find_client(self.desk.facts, place.client)
        except UsageError:
            return ""
        if server is None:
            return ""
        path = trace(self.desk.facts, client, server)
        if path.dns is Verdict.BLOCKED and path.dns_code not in ANSWERED:
            return SymptomClass.NAME_NOT_FOUND.value
        return SymptomClass.TIMEOUT.value if path.verdict is Verdict.BLOCKED else ""

    def _ends_of_finding(self) -> tuple[str, str, str]:
        row = self.findings.row
        problem = row.problem if row is not None else None
        found = self.desk.findings.get(problem.key) if problem is not None else None
        if found is None:
            return "", "", ""
        topology = self.desk.topology
        named = (found.subject, *found.related, ArmId(found.discriminator.lower()))
        server = next((one for one in named if topology.get(FlexibleServer, one)), None)
        own = topology.get(FlexibleServer, server)
        home = ancestor(own.subnet, "virtualnetworks") if own and own.subnet else None
        places = [one for one in named if topology.get(Subnet, one)]
        places += [one for one in named if topology.get(VirtualNetwork, one)]
        client = next((one for one in places if one != home and one != _subnet(own)), None)
        return str(client or ""), str(server or ""), ""

    # -- steps that every screen has ----------------------------------------------------------

    def go(self, view: View) -> None:
        """Switch to a screen; triage opens as it was left."""
        super().go(view)
        if view is View.TRIAGE:
            self.moved_in_triage(self.triage_at)

    def _arrive(self) -> None:
        if self.state.place.view is not View.TRIAGE:
            super()._arrive()

    def take_place_of(self, other: Workbench) -> None:
        """Show the same place; the incident goes along and is looked into anew."""
        if isinstance(other, TriageBench):
            self.incident.take_up(other.incident.case, other.incident.file)
            self.triage_at = other.triage_at
        super().take_place_of(other)

    def page(self) -> Detail:
        """The details of the selected row."""
        if not self.is_on_triage:
            return super().page()
        row = self.triage_row
        lines = page_of(self.desk, self.incident, row, self.page_width)
        return Detail(_title(row), (), Tab.OVERVIEW, lines)


def _subnet(server: FlexibleServer | None) -> ArmId | None:
    return server.subnet if server is not None else None


def _title(row: Row | None) -> str:
    if row is None or row.kind is RowKind.HEAD:
        return "Triage"
    return "".join(one.text for one in row.pieces).strip()
