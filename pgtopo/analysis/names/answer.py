"""What a server's name resolves to for one part of a client."""

from enum import Enum

import msgspec

from pgtopo.analysis.verdict import Assumption, Evidence, Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet


class AnswerKind(Enum):
    """What sort of address a name leads to."""

    INJECTED = "injected"
    """An address in the server's delegated subnet."""
    ENDPOINT = "endpoint"
    """The address of one of the server's private endpoints."""
    PUBLIC = "public"
    """The server's public address."""
    WRONG = "wrong"
    """An address that is none of the server's."""
    NONE = "none"
    """No answer, or none that is known."""


class Hop(msgspec.Struct, frozen=True):
    """One place a query passes on its way to whoever answers."""

    text: str
    resource: ArmId | None = None
    """The network, endpoint, firewall or machine; None for a place outside the estate."""
    address: str = ""


class DnsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The name step of a path: judged apart from packets."""

    verdict: Verdict
    code: str = "OK"
    text: str = ""
    kind: AnswerKind = AnswerKind.NONE
    answers: tuple[str, ...] = ()
    """Addresses in dotted form, in order; empty where none is known."""
    addresses: SpanSet = EMPTY
    """The same as a set, for routing; empty for public answers whose address is not stated."""
    zone: ArmId | None = None
    """The private zone that answered."""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    hops: tuple[Hop, ...] = ()
    """How the query travelled, the client's own DNS setting first."""
