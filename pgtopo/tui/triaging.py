"""The part of the app that answers triage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pgtopo.tui import layout
from pgtopo.tui.behind import behind
from pgtopo.tui.benches import has_triage
from pgtopo.tui.panes.document import Document
from pgtopo.tui.reporting import Job, Reported
from pgtopo.tui.resuming import Resuming
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.tui.panes.triage import TriageList
    from pgtopo.views.triage.bench import TriageBench
    from pgtopo.views.triage.candidates import Candidate

_CLIENT_HINT = "words, or 10.1.2.4, 10.1.2.0/24, internet, onprem:10.9.0.0/16 dns 10.0.0.4"
_SERVER_HINT = "words, or a host name"


class Triaging(Resuming):
    """Steps of the triage screen, and its painting."""

    is_reporting: bool = False
    """Whether a report is being written."""
    is_leaving: bool = False
    """Whether the program ends once it is."""

    @property
    def _triage(self) -> TriageBench | None:
        bench = self.bench
        return bench if has_triage(bench) and bench.is_on_triage else None

    def action_view_triage(self) -> None:
        """From a symptom to its cause."""
        self._go(View.TRIAGE)

    def action_begin_triage(self) -> None:
        """Look into what is selected."""
        bench = self.bench
        if has_triage(bench):
            told = bench.begin_triage()
            self.to_front(layout.LEFT)
            if told:
                self.say(told)

    def paint_triage(self, bench: TriageBench) -> None:
        """Show the incident, or that it is being looked into."""
        bench.page_width = max(self.query_one("#detail", Document).size.width - 3, 44)
        work = bench.triage_work()
        if work is not None:
            self.grid_background.want(bench.desk, work)
            self.paint_while_waiting()
        bench.to_causes()
        from pgtopo.tui.panes.triage import TriageList

        shown = self.query_one("#triage", TriageList)
        shown.is_waiting = not bench.incident.is_ready
        shown.show(bench.triage_rows, bench.triage_at, self.grid_background.seconds)

    # -- what the list asks -------------------------------------------------------------------

    def on_triage_list_moved(self, message: TriageList.Moved) -> None:
        """Another row is selected."""
        if self._triage is not None:
            self._triage.moved_in_triage(message.at)
            self.paint_around()

    def on_triage_list_opened(self, _message: TriageList.Opened) -> None:
        """Enter what the row asks, or go into its page."""
        from pgtopo.views.triage.rows import RowKind

        bench = self._triage
        row = bench.triage_row if bench is not None else None
        if row is None:
            return
        steps: dict[RowKind, Callable[[], None]] = {
            RowKind.SYMPTOM: self._paste_error,
            RowKind.CLIENT: self._search_client,
            RowKind.SERVER: self._search_server,
            RowKind.OUTPUT: self._paste_output,
            RowKind.SAVE: self.save_triage,
        }
        step = steps.get(row.kind)
        if step is not None:
            step()
        else:
            self.to_front(layout.RIGHT)

    def on_triage_list_symptom_asked(self, _message: TriageList.SymptomAsked) -> None:
        """Pick a class of symptoms."""
        from pgtopo.triage.symptoms.classes import SymptomClass
        from pgtopo.tui.choosing import ChoiceScreen

        kinds = list(SymptomClass)

        def taken(at: int | None) -> None:
            if at is not None and self._triage is not None:
                self._triage.incident.pick(kinds[at])
                self.paint()

        texts = [f"{one.value:16} {one.label}" for one in kinds]
        self.push_screen(ChoiceScreen("What does the client see?", texts), taken)

    def on_triage_list_probe_asked(self, _message: TriageList.ProbeAsked) -> None:
        """Connect to the server from this machine, once that is confirmed."""
        self.action_probe()

    def _paste_error(self) -> None:
        from pgtopo.tui.pasting import PasteScreen

        bench = self._triage
        if bench is None:
            return

        def taken(text: str | None) -> None:
            if text is not None:
                bench.incident.hear(text)
                self.paint()

        screen = PasteScreen("What the client prints", bench.incident.case.error)
        self.push_screen(screen, taken)

    def _paste_output(self) -> None:
        from pgtopo.tui.pasting import PasteScreen

        bench = self._triage
        if bench is None:
            return

        def taken(text: str | None) -> None:
            if text:
                bench.incident.paste(text)
                self.paint()

        self.push_screen(PasteScreen("What a command printed"), taken)

    def _search_client(self) -> None:
        from pgtopo.views.triage import candidates

        bench = self._triage
        if bench is not None:
            every = candidates.clients(bench.desk)
            self._search("Which client?", every, _CLIENT_HINT, bench.incident.ask_from)

    def _search_server(self) -> None:
        from pgtopo.views.triage import candidates

        bench = self._triage
        if bench is not None:
            every = candidates.servers(bench.desk)
            self._search("Which server?", every, _SERVER_HINT, bench.incident.ask_for)

    def _search(
        self, title: str, every: list[Candidate], hint: str, take: Callable[[str], None]
    ) -> None:
        from pgtopo.tui.searching import SearchScreen

        def taken(value: str | None) -> None:
            if value is not None:
                take(value)
                self.paint()

        self.push_screen(SearchScreen(title, every, takes_words=hint), taken)

    # -- the report ---------------------------------------------------------------------------

    def action_save_report(self) -> None:
        """Save the incident where that is on the screen, else what is."""
        if self._triage is not None:
            self.save_triage()
        else:
            super().action_save_report()

    def action_copy_command(self) -> None:
        """Copy the command that settles the selected cause, else the one that fits."""
        bench = self._triage
        is_list = bool(self.focused and self.focused.id == "triage")
        if bench is not None and is_list and bench.first_probe():
            self.copy(bench.first_probe())
        else:
            super().action_copy_command()

    def save_triage(self) -> None:
        """Save the incident as Markdown and as a page, readable by their owner only."""
        bench = self._triage
        found = bench.incident.found if bench is not None else None
        if bench is None or found is None or not bench.incident.is_ready:
            self.say("nothing to report yet")
        elif self.is_reporting:
            self.say("the report is still being saved ...")
        else:
            self.is_reporting = True
            self.say("saving the report ...")
            mask = self.mask if self.is_veiled else None
            job = Job(bench.desk, found, bench.incident.file, mask)
            behind(self, job.run, "report")

    def on_reported(self, message: Reported) -> None:
        """Say where the report is."""
        self.is_reporting = False
        if self.is_leaving:
            self.exit()
        else:
            self.say(message.note)

    async def action_quit(self) -> None:
        """Leave, once a report that is being written is whole; at once where asked again."""
        if self.is_reporting and not self.is_leaving:
            self.is_leaving = True
            self.say("saving the report, then leaving ...")
        else:
            await super().action_quit()
