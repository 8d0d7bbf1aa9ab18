"""The part of the app that connects to an incident's server from this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.errors import Cancelled
from pgtopo.tui.behind import behind
from pgtopo.tui.benches import has_triage
from pgtopo.tui.copying import Copying

if TYPE_CHECKING:
    from pgtopo.probe.result import Probe
    from pgtopo.views.triage.bench import TriageBench

SOURCE = "probe from this machine"
"""How the output of a probe is called among what was pasted."""
_CONNECT, _LEAVE = range(2)


class Attempt:
    """One probe: what is contacted, and whether it is still wanted."""

    def __init__(self, host: str, port: int, server: str) -> None:
        self.host = host
        self.port = port
        self.server = server
        """The id of the incident's server."""
        self.is_cancelled = False


class Stepped(Message):
    """A probe begins its next step."""

    def __init__(self, attempt: Attempt, step: str) -> None:
        super().__init__()
        self.attempt = attempt
        self.step = step


class Probed(Message):
    """A probe has ended; nothing was seen where it was cancelled."""

    def __init__(self, attempt: Attempt, seen: Probe | None) -> None:
        super().__init__()
        self.attempt = attempt
        self.seen = seen


class Probing(Copying):
    """Probes the server of the incident, and takes what was seen as pasted output."""

    attempt: Attempt | None = None
    """The probe that is under way."""

    def action_probe(self) -> None:
        """Ask whether to connect to the server of the incident, naming host and port."""
        bench = self.bench
        found = bench.incident.found if has_triage(bench) else None
        target = found.ends.target if found is not None else None
        if self.attempt is not None:
            self.say(f"{self.attempt.host} is being probed; esc stops it")
        elif found is None or target is None:
            self.say("name the server of the incident first: 6 begins one")
        else:
            self._confirm(Attempt(target.name, found.ends.port, str(target.server.id)))

    def _confirm(self, attempt: Attempt) -> None:
        from pgtopo.tui.choosing import ChoiceScreen

        def taken(at: int | None) -> None:
            if at == _CONNECT:
                self._probe(attempt)

        texts = (
            f"connect to {attempt.host}, port {attempt.port}: name, TCP, TLS, start-up,"
            " no password",
            "leave it",
        )
        title = "Connect from this machine, as if it were the client?"
        self.push_screen(ChoiceScreen(title, texts), taken)

    def _probe(self, attempt: Attempt) -> None:
        self.attempt = attempt

        def heard(step: str) -> bool:
            self.post_message(Stepped(attempt, step))
            return not attempt.is_cancelled

        def job() -> Probed:
            from pgtopo.probe.probe import Question
            from pgtopo.session import probed

            question = Question(host=attempt.host, port=attempt.port)
            try:
                return Probed(attempt, probed(question, heard))
            except Cancelled:
                return Probed(attempt, None)

        behind(self, job, "probe")

    def on_stepped(self, message: Stepped) -> None:
        """Say what the probe does."""
        if message.attempt is self.attempt:
            self.say(f"probe: {message.step} ... esc stops it")

    def on_probed(self, message: Probed) -> None:
        """Take what was seen, unless it is wanted no more or the incident is another one."""
        attempt, seen, bench = message.attempt, message.seen, self.bench
        if attempt is not self.attempt:
            return
        self.attempt = None
        if seen is None or not has_triage(bench):
            return
        found = bench.incident.found
        server = found.ends.server if found is not None else None
        if server is None or str(server.id) != attempt.server:
            self.say(f"the probe of {attempt.host} came too late: the incident is another one now")
            return
        self._take_in(bench, seen)
        self.say(f"probe: {seen.code}: {seen.text}")

    def _take_in(self, bench: TriageBench, seen: Probe) -> None:
        from pgtopo.probe.probe import SslMode
        from pgtopo.reports import clock
        from pgtopo.reports.probe import as_json, document
        from pgtopo.views.style import Style
        from pgtopo.views.triage.rows import RowKind

        made = document.build(
            seen, sslmode=SslMode.VERIFY_FULL.value, now=clock.stamp(), compared=None
        )
        bench.incident.paste(as_json.render(made, Style()).decode(), SOURCE)
        if bench.is_on_triage:
            kinds = [row.kind for row in bench.triage_rows]
            bench.moved_in_triage(kinds.index(RowKind.OUTPUT))
            self.paint()

    def take_back(self) -> bool:
        """Stop the probe, if one is under way: no further step of it begins."""
        attempt = self.attempt
        if attempt is None:
            return super().take_back()
        attempt.is_cancelled = True
        self.attempt = None
        self.say(f"the probe of {attempt.host} was stopped")
        return True
