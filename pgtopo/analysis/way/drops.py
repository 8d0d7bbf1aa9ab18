"""Why a route drops packets for a place that exists, told by its cause."""

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.connected_groups import is_connectivity_read
from pgtopo.analysis.networks.gateways import effective_gateways, own_gateways
from pgtopo.analysis.networks.peerings import (
    Usable,
    are_peerings_known,
    peering_state,
    peering_to,
    unsynced_space,
)
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop, Source
from pgtopo.analysis.verdict import Assumption, Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.walk_state import Target, TargetKind, Walk, blocked, step, unknown
from pgtopo.analysis.wording import called
from pgtopo.model.avnm import EffectiveConnectivity
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, parse_prefix
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import RouteTable


def dropped(facts: Facts, walk: Walk, route: EffectiveRoute, target: Target) -> Step:
    """The step of a packet that a route of type None or Internet takes."""
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.FORWARD_ROUTE
    where = f"Subnet {called(facts, walk.subnet)} has no route to {_shown(walk.targets)}"
    if route.source is Source.USER:
        way = "drops it" if route.hop is Hop.NONE else "sends it to the internet"
        text = f"Route {route.name} on subnet {called(facts, walk.subnet)} {way}."
        return blocked(stage, f"ROUTE_{route.hop.value.upper()}", text, route.evidence)
    if target.network is None:
        return _outside(facts, walk, where, route, target)
    if _may_be_peered(facts, walk.network, target.network):
        text = f"{where}; the peerings of {called(facts, walk.network)} were not all read."
        seen = Evidence(walk.network, "properties.virtualNetworkPeerings", value=None)
        note = assume("PEERING_STATE_UNSEEN", text)
        return unknown(stage, "PEERING_STATE_UNSEEN", text, seen, note)
    cause = _peering_cause(facts, walk, target.network)
    if cause is not None:
        code, reason, seen = cause
        return blocked(stage, code, f"{where}: {reason} ({_system(route)}).", seen)
    return _no_connection(facts, walk, route, target.network, where)


def _shown(targets: SpanSet) -> str:
    texts = [text.removesuffix("/32") for text in targets.cidrs()]
    return ", ".join(texts[:3]) + (" ..." if len(texts) > 3 else "")


def _system(route: EffectiveRoute) -> str:
    prefix = ", ".join(SpanSet([route.span]).cidrs())
    return f"system route {prefix} -> {route.hop.value}"


def _outside(facts: Facts, walk: Walk, where: str, route: EffectiveRoute, target: Target) -> Step:
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.FORWARD_ROUTE
    if route.doubt:
        text = f"{where} in the data; a route may be learned by BGP."
        note = assume("BGP_ROUTES_UNSEEN", text)
        return unknown(stage, "BGP_ROUTES_UNSEEN", text, route.evidence, note)
    if route.hop is Hop.INTERNET:
        text = f"{_shown(target.addresses)} is reached over the internet, if at all."
        return unknown(stage, "OVER_THE_INTERNET", text, route.evidence)
    text = f"{where}: {_system(route)}."
    if target.kind is TargetKind.NOBODY:
        note = assume("BGP_ROUTES_UNSEEN", f"{where}; nothing in the data has that address.")
        return unknown(stage, "NO_ROUTE", text, route.evidence, note)
    deaf = _deaf_table(facts, walk)
    if deaf is not None:
        seen = Evidence(deaf.id, "properties.disableBgpRoutePropagation", value=True)
        text = f"{where}: route table {deaf.name} takes no routes from gateways ({_system(route)})."
        return blocked(stage, "NO_ROUTE", text, seen)
    return blocked(stage, "NO_ROUTE", text, _transit_off(facts, walk) or route.evidence)


def _transit_off(facts: Facts, walk: Walk) -> Evidence | None:
    """The flag that keeps a peer's gateway from leading where a walk goes; None without one."""
    for peering in facts.topology.peerings_of(walk.network):
        reach = own_gateways(facts, peering.remote) if peering.remote else None
        if reach is None or not reach.space.overlaps(walk.targets):
            continue
        if not peering.uses_remote_gateways:
            return Evidence(peering.id, "properties.useRemoteGateways", value=False)
        other = facts.topology.reverse_of(peering)
        if other is not None and not other.allows_gateway_transit:
            return Evidence(other.id, "properties.allowGatewayTransit", value=False)
    return None


def _deaf_table(facts: Facts, walk: Walk) -> RouteTable | None:
    """The table that keeps gateway routes away which would lead to where a walk goes.

    Azure rule: with propagation disabled a subnet gets no gateway routes ("Virtual network traffic
    routing").
    """
    subnet = facts.topology.get(Subnet, walk.subnet)
    table = facts.topology.get(RouteTable, subnet.route_table) if subnet else None
    if table is None or not table.is_propagation_disabled or walk.ignores_user_routes:
        return None
    reaches = effective_gateways(facts, walk.network)
    is_told = any(reach.space.overlaps(walk.targets) or reach.learns_bgp for reach in reaches)
    return table if is_told else None


def _may_be_peered(facts: Facts, network: ArmId, remote: ArmId) -> bool:
    """Whether a peering between two networks may be among those that were not read."""
    is_known = are_peerings_known(facts, network)
    return not is_known and peering_to(facts, network, remote) is None


def _peering_cause(facts: Facts, walk: Walk, network: ArmId) -> tuple[str, str, Evidence] | None:
    """The peering that should have carried the packet, and what is wrong with it.

    None where there is no peering, or where a connected group may stand in for it.
    """
    if not _is_connectivity_read(facts, walk.network, network):
        return None
    peering = peering_to(facts, walk.network, network)
    if peering is None:
        reverse = peering_to(facts, network, walk.network)
        if reverse is None:
            return None
        seen = Evidence(reverse.id, "properties.peeringState", reverse.state or None)
        text = f"peering {reverse.name} is {reverse.state or 'one-sided'} and has no other half"
        return "PEERING_NOT_CONNECTED", text, seen
    state = peering_state(facts, peering)
    if state.usable is Usable.NO:
        text = f"the peering {peering.name} {state.text}"
        return "PEERING_NOT_CONNECTED", text, state.evidence
    if unsynced_space(facts, peering).overlaps(walk.targets):
        path = "properties.remoteAddressSpace.addressPrefixes"
        seen = Evidence(peering.id, path, peering.remote_prefixes)
        text = f"the peering {peering.name} has not taken over this range, it needs a sync"
        return "PEERING_NOT_SYNCED", text, seen
    return _disabled(facts, walk) or (
        "PEERING_RANGE_MISSING",
        f"the peering {peering.name} does not list this range",
        Evidence(
            peering.id,
            "properties.remoteAddressSpace.addressPrefixes",
            peering.remote_prefixes,
        ),
    )


def _disabled(facts: Facts, walk: Walk) -> tuple[str, str, Evidence] | None:
    subnet = facts.topology.get(Subnet, walk.subnet)
    table = facts.topology.get(RouteTable, subnet.route_table) if subnet else None
    if table is None or not table.disables_peering_routes:
        return None
    seen = Evidence(table.id, "properties.disablePeeringRoute", "All")
    return "PEERING_ROUTES_OFF", f"route table {table.name} switches peering routes off", seen


def _no_connection(
    facts: Facts, walk: Walk, route: EffectiveRoute, network: ArmId, where: str
) -> Step:
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.FORWARD_ROUTE
    if facts.topology.get(VirtualNetwork, network) is None:
        text = f"{where}, and network {called(facts, network)} was not read."
        return unknown(stage, "REMOTE_NETWORK_UNSEEN", text, route.evidence)
    if not _is_connectivity_read(facts, walk.network, network):
        text = (
            f"{where} over a peering; whether Virtual Network Manager connects"
            f" {called(facts, walk.network)} and {called(facts, network)} was not read."
        )
        note = Assumption(
            "OTHER_SCOPES_UNSEEN",
            text,
            "read microsoft.network/effectiveconnectivityconfigurations",
        )
        seen = _peerings(facts, walk.network)
        return unknown(stage, "CONNECTIVITY_UNSEEN", text, seen, note)
    text = f"{where}: no peering leads to {called(facts, network)} ({_system(route)})."
    seen = _peerings(facts, walk.network)
    return step(stage, Verdict.BLOCKED, "NO_ROUTE", text, seen, *_elsewhere(facts, network))


def _peerings(facts: Facts, network: ArmId) -> Evidence:
    names = tuple(one.name for one in facts.topology.peerings_of(network))
    return Evidence(network, "properties.virtualNetworkPeerings", names)


def may_be_joined(facts: Facts, walk: Walk, route: EffectiveRoute, target: Target) -> bool:
    """Whether a connected group that was not read may have a better route than a user's own.

    Azure rule: the longest prefix wins, whoever made the route ("Virtual network traffic routing").
    """
    network = facts.topology.get(VirtualNetwork, target.network)
    if route.source is not Source.USER or network is None or network.id == walk.network:
        return False
    if _is_connectivity_read(facts, walk.network, network.id):
        return False
    spans = [span for span in map(parse_prefix, network.prefixes) if span is not None]
    held = [span for span in spans if SpanSet([span]).overlaps(walk.targets)]
    return any(len(SpanSet([span])) < len(SpanSet([route.span])) for span in held)


def joined_perhaps(facts: Facts, walk: Walk, route: EffectiveRoute, target: Target) -> Step:
    """The step of a packet for which such a group may have a better route."""
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.FORWARD_ROUTE
    text = (
        f"Route {route.name} on subnet {called(facts, walk.subnet)} takes it, unless"
        f" Virtual Network Manager connects it with {called(facts, target.network)}, which was"
        " not read."
    )
    note = Assumption(
        "OTHER_SCOPES_UNSEEN",
        text,
        "read microsoft.network/effectiveconnectivityconfigurations",
    )
    return unknown(stage, "CONNECTIVITY_UNSEEN", text, route.evidence, note)


def _is_connectivity_read(facts: Facts, one: ArmId, other: ArmId) -> bool:
    return is_connectivity_read(facts, one) and is_connectivity_read(facts, other)


def _elsewhere(facts: Facts, network: ArmId) -> tuple[Assumption, ...]:
    coverage = facts.topology.coverage
    if coverage.is_read_everywhere(EffectiveConnectivity.KIND):
        return ()
    if coverage.entry(EffectiveConnectivity.KIND, network) is None:
        text = "The input has no Virtual Network Manager rows; none is taken to exist."
        return (assume("TAKEN_AS_NONE", text),)
    text = "No connected group in a subscription that was not read joins these networks."
    return (assume("OTHER_SCOPES_UNSEEN", text),)
