"""The incident on the triage screen: what was said of it, and what came of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pgtopo.errors import PgtopoError
from pgtopo.model.net import parse_address
from pgtopo.triage.case import Case, Paste
from pgtopo.triage.scrub import scrubbed
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.triage.symptoms.classify import Symptom, classify
from pgtopo.views.detail import Work

if TYPE_CHECKING:
    from pgtopo.checks.verify import Prover
    from pgtopo.triage.diagnosis import Diagnosis
    from pgtopo.triage.drill.item import Drill
    from pgtopo.views.desk import Desk
    from pgtopo.views.lines import Line


class Incident:
    """One incident; it is looked into behind the screen whenever something was said."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.case = Case()
        self.found: Diagnosis | None = None
        self.drilled: Drill | None = None
        self.trouble = ""
        """Why the case cannot be looked into: an end that is nobody or several."""
        self.file = ""
        """The triage file the incident was taken up from; empty for none."""
        self._done: Case | None = None
        self._proved: Case | None = None

    # -- what is said -------------------------------------------------------------------------

    @property
    def symptom(self) -> Symptom:
        """The symptom as far as it was told."""
        return self.found.symptom if self.found is not None else classify(self.case.error)

    def hear(self, error: str) -> None:
        """Take the client's error; secrets in it are left out."""
        self._say(error=scrubbed(error.strip()))

    def pick(self, kind: SymptomClass) -> None:
        """Take a class of symptoms in place of an error text."""
        self._say(error=kind.value)

    def ask_from(self, client: str) -> None:
        """Take the client, with the DNS server it asks where `dns ADDRESS` follows."""
        text, _, asked = client.strip().partition(" dns ")
        is_address = parse_address(asked.strip()) is not None
        self._say(client=text.strip(), client_dns=asked.strip() if is_address else None)

    def ask_for(self, server: str) -> None:
        """Take the server."""
        self._say(server=server.strip())

    def paste(self, text: str, name: str = "") -> None:
        """Take the output of a command."""
        if text.strip():
            told = name or f"output {len(self.case.pastes) + 1}"
            self._say(pastes=(*self.case.pastes, Paste(name=told, text=scrubbed(text))))

    def begin(self, *, client: str = "", server: str = "", error: str = "") -> None:
        """Begin another incident."""
        self.take_up(Case(client=client, server=server, error=error))

    def take_up(self, case: Case, file: str = "") -> None:
        """Go on with an incident as it was left, kept in a triage file where one is named."""
        self.case = case
        self.file = file
        self.found = self.drilled = self._done = self._proved = None
        self.trouble = ""

    def _say(self, **said: object) -> None:
        self.case = msgspec.structs.replace(self.case, **said)

    # -- what comes of it ---------------------------------------------------------------------

    @property
    def is_told(self) -> bool:
        """Whether anything was said."""
        return self.case != Case()

    @property
    def is_ready(self) -> bool:
        """Whether what is shown belongs to what was said."""
        return self._done == self.case or not self.is_told

    @property
    def is_proved(self) -> bool:
        """Whether fixes were tried, or cannot be."""
        return self._proved == self.case or not self.is_told

    def work(self) -> Work | None:
        """What has to be worked out before causes, and then their fixes, can be shown."""
        if self.is_proved:
            return None
        return Work(("triage", "", ""), self._look, is_page=False)

    def _look(self) -> tuple[Line, ...]:
        """Causes first: they take no time; then fixes, each tried on a copy."""
        case = self.case
        if self._done != case:
            self._take(case, None)
            self.drilled = None
            self._done = case
        workshop = self._desk.workshop
        if self._proved != case:
            if workshop is not None and self.found is not None:
                self._take(case, workshop.prover())
            self._proved = case
        return ()

    def _take(self, case: Case, prover: Prover | None) -> None:
        from pgtopo.triage.diagnosis import diagnose

        try:
            found = diagnose(self._desk.facts, prover, case)
        except PgtopoError as error:
            self.found, self.trouble = None, f"{error.message} {error.hint}".strip()
            return
        if self.case == case:
            self.found, self.trouble = found, ""

    def drill_work(self) -> Work | None:
        """What has to be worked out before the failover drill can be shown."""
        if self.drilled is not None or self.found is None or self.found.ends.server is None:
            return None
        return Work(("drill", str(self.found.ends.server.id), ""), self._drill, is_page=False)

    def _drill(self) -> tuple[Line, ...]:
        from pgtopo.triage.drill.drill import drill

        server = self.found.ends.server if self.found is not None else None
        if server is not None and self.drilled is None:
            self.drilled = drill(self._desk.facts, server)
        return ()
