"""What guesses are made from: the symptom, the two ends, the path between them."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.fix import Fix
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.ends import Ends
from pgtopo.triage.probes import Probe
from pgtopo.triage.symptoms.classify import Symptom


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One incident with what was traced of it."""

    symptom: Symptom
    ends: Ends
    path: PathVerdict | None = None

    @property
    def server(self) -> FlexibleServer | None:
        """The server, where it is known."""
        return self.ends.server

    def name(self, facts: Facts) -> str:
        """The server's name for commands, or a placeholder."""
        server = self.server
        return server_fqdn(facts, server) if server is not None else "<server name>"

    def heard(self) -> Clue:
        """What the client was told, as a clue."""
        quote = self.symptom.quote or self.symptom.kind.label
        return Clue(text=f"The client's error: {quote}")


def guess(
    code: str,
    text: str,
    *clues: Clue,
    probe: Probe | None = None,
    advice: str = "",
    resource: ArmId | None = None,
    against: tuple[Clue, ...] = (),
) -> Cause:
    """A cause that may be, and that nothing read decides."""
    return Cause(
        code=code,
        text=text,
        verdict=Verdict.UNKNOWN,
        certainty=Certainty.POSSIBLE,
        resource=resource,
        evidence=clues,
        against=against,
        next_probe=probe.command if probe else "",
        probe_says=probe.says if probe else "",
        fixes=(Fix(text=advice),) if advice else (),
    )


def shown(
    code: str,
    text: str,
    *clues: Clue,
    probe: Probe | None = None,
    advice: str = "",
    resource: ArmId | None = None,
    is_certain: bool = False,
) -> Cause:
    """A cause that the data, or the server's own words, show."""
    return Cause(
        code=code,
        text=text,
        verdict=Verdict.BLOCKED,
        certainty=Certainty.CERTAIN if is_certain else Certainty.LIKELY,
        resource=resource,
        evidence=clues,
        next_probe=probe.command if probe else "",
        probe_says=probe.says if probe else "",
        fixes=(Fix(text=advice),) if advice else (),
    )
