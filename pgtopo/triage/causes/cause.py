"""One possible cause of an incident, with its proof."""

from enum import Enum

import msgspec

from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.model.history import Change
from pgtopo.model.ids import ArmId
from pgtopo.model.patch import Op


class Certainty(Enum):
    """How sure a cause is."""

    CERTAIN = "certain"
    """The data shows it, and the answer rests on no assumption."""
    LIKELY = "likely"
    """The data shows it, resting on a named assumption."""
    POSSIBLE = "possible"
    """Something speaks for it, nothing that was read against it."""


class Clue(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that speaks for or against a cause."""

    text: str = ""
    """In words; empty where the property says it all."""
    resource: ArmId | None = None
    property: str = ""
    value: object = None


class WhoElse(msgspec.Struct, frozen=True, kw_only=True):
    """Who suffers from the same cause, besides the two ends of the incident."""

    clients: int = 0
    servers: int = 0
    client_names: tuple[str, ...] = ()
    server_names: tuple[str, ...] = ()
    is_complete: bool = True
    """False where only the first pairs were looked at."""
    networks: int = 0
    """Other networks in which the name fails too, for causes that lie in names."""
    has_known_clients: bool = True
    """False where nothing that was read says who is meant to connect to the server."""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """One possible cause."""

    code: str
    text: str
    verdict: Verdict
    certainty: Certainty = Certainty.POSSIBLE
    stage: Stage | None = None
    """The stage of the path it sits on; None for causes beside the path."""
    check: str | None = None
    resource: ArmId | None = None
    evidence: tuple[Clue, ...] = ()
    against: tuple[Clue, ...] = ()
    next_probe: str = ""
    """The cheapest command that would settle it."""
    probe_says: str = ""
    """What its output would mean."""
    fixes: tuple[Fix, ...] = ()
    who_else: WhoElse = WhoElse()
    weight: int = 0
    """How well it explains the symptom; the highest comes first."""
    step: Step | None = None
    """The step of the path that it was made of."""
    finding: Finding | None = None
    """What a check says about the same."""
    last_change: Change | None = None
    """The latest change of the resource or of what holds it, where a history was collected."""
    follows: ArmId | None = None
    """What this only follows from: the resource of a cause upstream of it."""
    mended_by: tuple[Op, ...] = ()
    """What mends a cause upstream in a copy, with all causes upstream of it."""

    @property
    def is_settled(self) -> bool:
        """Whether the data, or pasted output, shows that it stands in the way."""
        return self.verdict is Verdict.BLOCKED
