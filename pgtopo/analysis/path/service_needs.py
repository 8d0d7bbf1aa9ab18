"""The flows a flexible server itself needs, and whether filters and routes let them through.

Azure rule: an injected server needs port 5432 in and out within its subnet, Storage for its log
archive, Entra where Entra sign-in is on, and port 5432 both ways between a primary and its
replicas ("Networking overview", Azure Database for PostgreSQL documentation).
"""

from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide, TagSide, tag_target
from pgtopo.analysis.networks.spaces import SpaceGap, space_gap
from pgtopo.analysis.path.replica_paths import replication_steps
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop
from pgtopo.analysis.routes.service_routes import service_route
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.analysis.shares import once
from pgtopo.analysis.verdict import Assumption, Evidence, Stage, Step, Verdict, worst
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode

PORT = 5432
HTTPS = 443


class Need(Enum):
    """What a flow is for."""

    WITHIN_SUBNET = "within_subnet"
    STORAGE = "storage"
    ENTRA = "entra"
    REPLICATION = "replication"


class NeedFlow(msgspec.Struct, frozen=True, kw_only=True):
    """One flow a server needs, judged."""

    server: ArmId
    need: Need
    name: str
    """A short label: `5432 within the subnet, inbound`."""
    direction: Direction
    """Seen from the server's own subnet."""
    port: int
    verdict: Verdict
    code: str = "OK"
    text: str = ""
    peer: ArmId | None = None
    """The other server of a replica pair."""
    region: str = ""
    """Of a Storage need."""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    steps: tuple[Step, ...] = ()


def needs(facts: Facts, server: FlexibleServer) -> tuple[NeedFlow, ...]:
    """Every flow an injected server needs, with verdict and decider; none for public servers.

    Unknown when: a rule or route that decides was not read, or an appliance takes the traffic.
    """
    return facts.once("needs", server.id, lambda: _needs(facts, server))


def _needs(facts: Facts, server: FlexibleServer) -> tuple[NeedFlow, ...]:
    subnet = facts.topology.get(Subnet, server.subnet)
    if server.mode is not Mode.VNET or subnet is None:
        return ()
    flows = [
        _within(facts, server, subnet, Direction.INBOUND),
        _within(facts, server, subnet, Direction.OUTBOUND),
    ]
    flows += [_storage(facts, server, subnet, region) for region in _regions(facts, server)]
    if server.has_entra:
        target = tag_target("AzureActiveDirectory")
        flow = _to_service(facts, server, subnet, target, "443 to AzureActiveDirectory")
        flows.append(msgspec.structs.replace(flow, need=Need.ENTRA))
    for other in partners(facts, server):
        flows += _replication(facts, server, other)
    return tuple(flows)


def partners(facts: Facts, server: FlexibleServer) -> list[FlexibleServer]:
    """The visible servers on the other end of a server's replication links."""
    source = facts.topology.get(FlexibleServer, server.source_server)
    return ([source] if source else []) + list(facts.topology.replicas_of(server.id))


def _regions(facts: Facts, server: FlexibleServer) -> list[str]:
    places = [server.location, *(other.location for other in partners(facts, server))]
    return list(dict.fromkeys(place for place in places if place)) or [""]


def _gate(subnet: Subnet) -> Gate:
    return Gate(subnet=subnet.id, network=subnet.network)


def _side(subnet: Subnet) -> AddressSide:
    return AddressSide(addresses=subnet.space, network=subnet.network)


def _filtered(
    facts: Facts, subnet: Subnet, direction: Direction, passage: Passage
) -> tuple[Step, ...]:
    stage = Stage.SERVER_FILTER if direction is Direction.INBOUND else Stage.CLIENT_FILTER
    shares = gate_steps(facts, _gate(subnet), direction, passage, stage)
    steps = once(tuple(step for _, steps in shares for step in steps))
    gap = space_gap(facts, subnet)
    return steps if gap is None else (*steps, _unread(gap, stage))


def _unread(gap: SpaceGap, stage: Stage) -> Step:
    """Rules and routes for addresses that nobody can read."""
    return Step(
        stage=stage,
        verdict=Verdict.UNKNOWN,
        code=gap.code,
        text=gap.text,
        decided_by=gap.seen,
    )


def _within(facts: Facts, server: FlexibleServer, subnet: Subnet, direction: Direction) -> NeedFlow:
    passage = Passage(source=_side(subnet), destination=_side(subnet), port=PORT)
    steps = _filtered(facts, subnet, direction, passage)
    routes = effective_routes(facts, subnet.id).lookup(subnet.space)
    steps += tuple(_inside_route(subnet, route) for _, route in routes)
    name = f"5432 within the subnet, {direction.value}"
    return _judged(server, Need.WITHIN_SUBNET, name, direction, PORT, steps=steps)


def _inside_route(subnet: Subnet, route: EffectiveRoute) -> Step:
    where = f"its own subnet {subnet.name}"
    verdict, code = {
        Hop.LOCAL: (Verdict.ALLOWED, "OK"),
        Hop.ENDPOINT: (Verdict.ALLOWED, "OK"),
        Hop.NONE: (Verdict.BLOCKED, "ROUTE_NONE"),
        Hop.INTERNET: (Verdict.BLOCKED, "ROUTE_INTERNET"),
        Hop.GATEWAY: (Verdict.BLOCKED, "ROUTE_LEAVES_SUBNET"),
        Hop.APPLIANCE: (Verdict.UNKNOWN, "ROUTED_TO_APPLIANCE"),
    }.get(route.hop, (Verdict.UNKNOWN, "ROUTE_UNKNOWN"))
    text = f"Traffic within {where} stays there."
    if verdict is not Verdict.ALLOWED:
        text = f"Route {route.name or 'in force'} sends traffic for {where} to {route.hop.value}."
    return Step(
        stage=Stage.FORWARD_ROUTE,
        verdict=verdict,
        code=code,
        text=text,
        decided_by=route.evidence,
    )


def _storage(facts: Facts, server: FlexibleServer, subnet: Subnet, region: str) -> NeedFlow:
    label = f"443 to Storage.{region}" if region else "443 to Storage"
    target = tag_target("Storage", region)
    flow = _to_service(facts, server, subnet, target, label)
    return msgspec.structs.replace(flow, need=Need.STORAGE, region=region)


def _to_service(
    facts: Facts, server: FlexibleServer, subnet: Subnet, target: TagSide, label: str
) -> NeedFlow:
    passage = Passage(source=_side(subnet), destination=target, port=HTTPS)
    steps = _filtered(facts, subnet, Direction.OUTBOUND, passage)
    steps += (service_step(facts, subnet.id, target, label),)
    return _judged(server, Need.STORAGE, label, Direction.OUTBOUND, HTTPS, steps=steps)


def service_step(facts: Facts, subnet: ArmId, target: TagSide, label: str) -> Step:
    """Whether routes carry a subnet's traffic to a service, as a step."""
    found = service_route(facts, subnet, target)
    verdict, code = {
        Hop.INTERNET: (Verdict.ALLOWED, "OK"),
        Hop.SERVICE_ENDPOINT: (Verdict.ALLOWED, "OK"),
        Hop.NONE: (Verdict.BLOCKED, "ROUTE_NONE"),
        Hop.APPLIANCE: (Verdict.UNKNOWN, "ROUTED_TO_APPLIANCE"),
        Hop.GATEWAY: (Verdict.UNKNOWN, "ROUTED_ON_PREMISES"),
    }.get(found.route.hop, (Verdict.UNKNOWN, "ROUTE_UNKNOWN"))
    route = f"route {found.route.name}" if found.route.name else "the route in force"
    text = f"{label}: {route} leads to {found.route.hop.value}."
    if found.rivals and verdict is not Verdict.UNKNOWN:
        verdict, code = Verdict.UNKNOWN, "PUBLIC_ADDRESS_UNSEEN"
        text = f"{label}: {found.rivals[0].name} may take some of the service's addresses."
    return Step(
        stage=Stage.FORWARD_ROUTE,
        verdict=verdict,
        code=code,
        text=text,
        decided_by=found.route.evidence,
    )


def _replication(facts: Facts, server: FlexibleServer, other: FlexibleServer) -> list[NeedFlow]:
    flows = []
    for direction in (Direction.OUTBOUND, Direction.INBOUND):
        ends = (server, other) if direction is Direction.OUTBOUND else (other, server)
        steps = replication_steps(facts, *ends)
        word = "to" if direction is Direction.OUTBOUND else "from"
        name = f"5432 {word} {other.name}"
        flow = _judged(server, Need.REPLICATION, name, direction, PORT, steps=steps)
        flows.append(msgspec.structs.replace(flow, peer=other.id))
    return flows


def _judged(
    server: FlexibleServer,
    need: Need,
    name: str,
    direction: Direction,
    port: int,
    *,
    steps: tuple[Step, ...],
) -> NeedFlow:
    verdict = worst([step.verdict for step in steps])
    decisive = next((s for s in steps if s.verdict is verdict), None)
    return NeedFlow(
        server=server.id,
        need=need,
        name=name,
        direction=direction,
        port=port,
        verdict=verdict,
        code=decisive.code if decisive else "OK",
        text=decisive.text if decisive else "",
        decided_by=decisive.decided_by if decisive else None,
        evidence=decisive.evidence if decisive else (),
        assumptions=tuple(dict.fromkeys(a for s in steps for a in s.assumptions)),
        steps=steps,
    )
