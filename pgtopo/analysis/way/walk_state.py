"""Where a packet is on its way, and what has been said about it so far."""

from enum import Enum

import msgspec

from pgtopo.analysis.filters.in_order import Gate
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.routes.next_hops import Device
from pgtopo.analysis.verdict import Assumption, Evidence, Stage, Step, Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet


class TargetKind(Enum):
    """What waits at the end of a path."""

    __hash__ = object.__hash__  # members are single objects; hashing their names takes longer

    INJECTED = "injected"
    ENDPOINT = "endpoint"
    HOST = "host"
    """An interface or endpoint of the estate: a DNS server, a client that waits for an answer."""
    ONPREM = "onprem"
    NOBODY = "nobody"
    """An address that nothing in the estate owns."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where packets are meant to arrive."""

    kind: TargetKind
    addresses: SpanSet
    """Candidates, where it is one of several."""
    subnet: ArmId | None = None
    network: ArmId | None = None
    nics: tuple[ArmId, ...] = ()
    name: str = ""
    has_nsg: bool = True
    device: ArmId | None = None
    """The appliance that waits there for answers to its own addresses."""
    homes: tuple[ArmId, ...] = ()
    """Networks whose gateways lead to it, where it is on premises."""

    @property
    def gate(self) -> Gate | None:
        """The filters in front of it; None outside Azure."""
        if self.subnet is None or self.network is None:
            return None
        is_endpoint = self.kind is TargetKind.ENDPOINT
        return Gate(
            subnet=self.subnet,
            network=self.network,
            nics=self.nics,
            has_nsg=self.has_nsg,
            has_admin=not is_endpoint,
        )


class End(Enum):
    """How a walk stands."""

    __hash__ = object.__hash__

    MOVING = "moving"
    ARRIVED = "arrived"
    STOPPED = "stopped"
    """Blocked or unknown, with nothing to say about what lies beyond."""


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """One share of the clients on its way to one share of the target's addresses."""

    clients: SpanSet
    """The client addresses this walk speaks for."""
    wire: AddressSide
    """The source the packets show now."""
    targets: SpanSet
    subnet: ArmId
    """Where they are: this subnet's routes apply next."""
    network: ArmId
    gate: Gate | None = None
    """The filters that packets sent from here pass; None at gateways and firewalls."""
    steps: tuple[Step, ...] = ()
    devices: tuple[Device, ...] = ()
    translated: tuple[int, ...] = ()
    """Indexes of the devices that replace the source."""
    is_blind: bool = False
    """An appliance was passed that may translate; what depends on the source is open."""
    from_gateway: bool = False
    """The packets come straight from a gateway in this network."""
    is_return: bool = False
    ignores_user_routes: bool = False
    """Answers of private endpoints."""
    choices: tuple[int, ...] = ()
    """Which of several next hops, or ways out of a machine, was taken where nobody can tell."""
    end: End = End.MOVING

    def chosen(self, number: int) -> "Walk":
        """The same walk by one of several ways."""
        return msgspec.structs.replace(self, choices=(*self.choices, number))

    def told(self, *steps: Step, end: End | None = None) -> "Walk":
        """The same walk with more said about it."""
        return msgspec.structs.replace(self, steps=self.steps + steps, end=end or self.end)


def step(
    stage: Stage,
    verdict: Verdict,
    code: str,
    text: str,
    decided_by: Evidence | None = None,
    *assumptions: Assumption,
) -> Step:
    """A step from its parts."""
    return Step(
        stage=stage,
        verdict=verdict,
        code=code,
        text=text,
        decided_by=decided_by,
        assumptions=assumptions,
    )


def allowed(stage: Stage, text: str, decided_by: Evidence | None = None) -> Step:
    """A step where nothing stands in the way."""
    return step(stage, Verdict.ALLOWED, "OK", text, decided_by)


def blocked(stage: Stage, code: str, text: str, decided_by: Evidence | None = None) -> Step:
    """A step that ends the path."""
    return step(stage, Verdict.BLOCKED, code, text, decided_by)


def unknown(
    stage: Stage,
    code: str,
    text: str,
    decided_by: Evidence | None = None,
    *assumptions: Assumption,
) -> Step:
    """A step that the data leaves open."""
    return step(stage, Verdict.UNKNOWN, code, text, decided_by, *assumptions)
