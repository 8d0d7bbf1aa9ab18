"""What an answer about reachability is made of: verdicts, evidence, steps, assumptions."""

from enum import Enum

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet


class Verdict(Enum):
    """The three answers, and the fold of parts that differ."""

    __hash__ = object.__hash__  # members are single objects; hashing their names takes longer

    ALLOWED = "allowed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    MIXED = "mixed"


class Evidence(msgspec.Struct, frozen=True):
    """One property of one resource with the value that was seen, as a reader can look it up."""

    resource: ArmId
    property: str
    """Path below the resource, in Azure's own spelling (`properties.peeringState`)."""
    value: object = None
    """JSON-able; None where the property is absent."""


class Assumption(msgspec.Struct, frozen=True):
    """Something the verdict rests on that the data does not state."""

    code: str
    text: str
    settle_with: str = ""
    """The command, permission or setting that would turn it into a fact."""


class Stage(Enum):
    """The stages of a path, in the order in which they are reported."""

    __hash__ = object.__hash__

    STATE = "state"
    DNS = "dns"
    CLIENT_FILTER = "client_filter"
    FORWARD_ROUTE = "forward_route"
    PEERING = "peering"
    TRANSIT = "transit"
    SERVER_FILTER = "server_filter"
    RETURN_ROUTE = "return_route"
    SERVER_ACCESS = "server_access"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one stage for one set of client addresses."""

    stage: Stage
    verdict: Verdict
    code: str = "OK"
    """UPPER_SNAKE, stable once published; `OK` where nothing stands in the way."""
    text: str = ""
    """One sentence in words a database administrator understands."""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    """Further facts behind the answer."""
    assumptions: tuple[Assumption, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Client addresses that fare alike, with their steps in stage order."""

    addresses: SpanSet
    steps: tuple[Step, ...]
    answers: tuple[str, ...] = ()
    """Addresses the server's name resolves to for these clients."""
    zone: ArmId | None = None
    """The private zone that answered."""


def worst(verdicts: "tuple[Verdict, ...] | list[Verdict]") -> Verdict:
    """One verdict for things that must all hold: blocked beats unknown beats allowed."""
    if Verdict.BLOCKED in verdicts:
        return Verdict.BLOCKED
    if Verdict.UNKNOWN in verdicts:
        return Verdict.UNKNOWN
    return Verdict.ALLOWED


def folded(verdicts: "tuple[Verdict, ...] | list[Verdict]") -> Verdict:
    """One verdict for parts of a client: the common one, or mixed."""
    seen = set(verdicts)
    return seen.pop() if len(seen) == 1 else Verdict.MIXED if seen else Verdict.UNKNOWN
