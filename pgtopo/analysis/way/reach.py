"""The way of packets from one part of a client to a private address and back, stage by stage."""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.networks.gateways import own_gateways
from pgtopo.analysis.networks.onprem import Entry, entries
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.analysis.shares import Shares, folded_over_targets, joined
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.filtering import Filters, filtered
from pgtopo.analysis.way.returns import answers
from pgtopo.analysis.way.walk import carry, gateway_subnet
from pgtopo.analysis.way.walk_state import Target, TargetKind, Walk, allowed, blocked, unknown
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Subnet


def private_path(facts: Facts, part: ClientPart, target: Target, service: Service) -> Shares:
    """The part split by how its packets fare, each share with its steps in stage order.

    Unknown when: anything that decides was not read; the first step that says so names it.
    """
    if part.home is Home.ONPREM:
        return _from_sites(facts, part, target, service)
    if part.home is Home.INTERNET:
        return [(part.addresses, (_blocked_outside(facts, target),))]
    if part.subnet is None or network_id(facts, part.subnet) is None:
        text = "The client's subnet is not in the data."
        return [(part.addresses, (unknown(Stage.FORWARD_ROUTE, "SUBNET_UNSEEN", text),))]
    return _from_subnet(facts, part, part.subnet, target, service)


def _blocked_outside(facts: Facts, target: Target) -> Step:
    text = "There is no way from the internet to a private address."
    subnet = facts.topology.get(Subnet, target.subnet)
    seen = Evidence(subnet.id, "properties.addressPrefix", subnet.prefixes) if subnet else None
    return blocked(Stage.FORWARD_ROUTE, "NO_PUBLIC_ENDPOINT", text, seen)


def client_gate(facts: Facts, part: ClientPart) -> Gate | None:
    """The filters that packets of a part leave by; None outside Azure."""
    network = network_id(facts, part.subnet)
    if part.subnet is None or network is None:
        return None
    nics = (part.nic,) if part.nic and not part.is_whole_subnet else ()
    return Gate(subnet=part.subnet, network=network, nics=nics)


def let_out(facts: Facts, part: ClientPart, target: Target, service: Service) -> Shares:
    """What the filters of a part say to its packets; nothing outside Azure."""
    gate = client_gate(facts, part)
    if gate is None:
        return []
    out = Passage(
        source=AddressSide(addresses=part.addresses, network=gate.network),
        destination=AddressSide(addresses=target.addresses, network=target.network),
        port=service[1],
        protocol=service[0],
    )
    return gate_steps(facts, gate, Direction.OUTBOUND, out, Stage.CLIENT_FILTER)


def _from_subnet(
    facts: Facts, part: ClientPart, subnet: ArmId, target: Target, service: Service
) -> Shares:
    gate = client_gate(facts, part)
    network = network_id(facts, subnet)
    if gate is None or network is None:
        return []
    left = let_out(facts, part, target, service)
    start = Walk(
        clients=part.addresses,
        wire=AddressSide(addresses=part.addresses, network=network),
        targets=target.addresses,
        subnet=subnet,
        network=network,
        gate=gate,
    )
    client = Target(kind=TargetKind.HOST, addresses=part.addresses, subnet=subnet, network=network)
    return joined(left, _travelled(facts, start, target, client, service))


def _travelled(
    facts: Facts, start: Walk, target: Target, client: Target, service: Service
) -> Shares:
    """What happens between the filters of the client and the server's own word."""
    by_way: dict[tuple[SpanSet, tuple[int, ...]], Shares] = {}
    for walk in carry(facts, start, target, service):
        shares = [(walk.clients, complete(walk.steps))]
        shares = joined(shares, _filtered(facts, walk, target, service))
        shares = joined(shares, answers(facts, walk, target, client, service))
        by_way.setdefault((walk.targets, walk.choices), []).extend(shares)
    return folded_over_targets(list(by_way.values()))


def complete(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps of the way there with a word for each of its stages that has none."""
    texts = {
        Stage.FORWARD_ROUTE: "",
        Stage.PEERING: "No peering is crossed.",
        Stage.TRANSIT: "No appliance or gateway is passed.",
    }
    have = {one.stage for one in steps}
    more = tuple(allowed(s, text) for s, text in texts.items() if text and s not in have)
    return steps + more


def _filtered(facts: Facts, walk: Walk, target: Target, service: Service) -> Shares:
    """What the filters in front of the target do to the packets of a walk."""
    if target.gate is None:
        return [(walk.clients, ())]
    filters = Filters(
        gate=target.gate,
        direction=Direction.INBOUND,
        service=service,
        stage=Stage.SERVER_FILTER,
        network=target.network,
    )
    return filtered(facts, walk, filters)


# -- from outside ----------------------------------------------------------------------------------


def _from_sites(facts: Facts, part: ClientPart, target: Target, service: Service) -> Shares:
    return [
        share
        for entry in entries(facts, part.addresses)
        for share in _from_entry(facts, entry, target, service)
    ]


def _from_entry(facts: Facts, entry: Entry, target: Target, service: Service) -> Shares:
    if not entry.homes:
        return _uncovered(facts, entry, target, service)
    ways = [(home, _by_gateway(facts, home, entry, target, service)) for home in entry.homes]
    open_ways = [shares for _, shares in ways if not _has_no_way(shares)]
    return folded_over_targets(open_ways or [shares for _, shares in ways])


def _has_no_way(shares: Shares) -> bool:
    """Whether a gateway's network has no route to the target at all."""
    return all(
        any(s.verdict is Verdict.BLOCKED and s.stage is Stage.FORWARD_ROUTE for s in steps)
        for _, steps in shares
    )


def _uncovered(facts: Facts, entry: Entry, target: Target, service: Service) -> Shares:
    text = "No gateway in the data leads to these addresses; how they come in is not known."
    note = assume("ONPREM_DEVICE", text, "az network vnet-gateway list-learned-routes")
    steps = (
        allowed(Stage.CLIENT_FILTER, "No Azure filter stands in front of the client."),
        unknown(Stage.FORWARD_ROUTE, "ONPREM_NOT_COVERED", text, None, note),
    )
    lost = Walk(
        clients=entry.addresses,
        wire=AddressSide(addresses=entry.addresses),
        targets=target.addresses,
        subnet=target.subnet or ArmId("/"),
        network=target.network or ArmId("/"),
        is_blind=True,
    )
    back = unknown(Stage.RETURN_ROUTE, "ONPREM_NOT_COVERED", text)
    shares = joined([(entry.addresses, steps)], _filtered(facts, lost, target, service))
    return [(share, (*found, back)) for share, found in shares]


def _by_gateway(
    facts: Facts, home: ArmId, entry: Entry, target: Target, service: Service
) -> Shares:
    subnet = gateway_subnet(facts, home)
    if subnet is None:
        return _uncovered(facts, entry, target, service)
    start = Walk(
        clients=entry.addresses,
        wire=AddressSide(addresses=entry.addresses),
        targets=target.addresses,
        subnet=subnet,
        network=home,
        from_gateway=True,
    )
    client = Target(kind=TargetKind.ONPREM, addresses=entry.addresses, homes=entry.homes)
    came_in = _came_in(facts, subnet, entry)
    profile = _profile(facts, entry, home, target)
    return joined(
        [(entry.addresses, (came_in, *profile))],
        _travelled(facts, start, target, client, service),
    )


def _came_in(facts: Facts, subnet_id: ArmId, entry: Entry) -> Step:
    codes = ("ONPREM_DEVICE", "GATEWAY_CONNECTIONS_UNSEEN")[: 1 + entry.is_guessed]
    notes = tuple(assume(code) for code in codes)
    subnet = facts.topology.get(Subnet, subnet_id)
    if subnet is not None and subnet.nsg is not None:
        text = f"NSG {called(facts, subnet.nsg)} on the gateway's subnet can stop the gateway."
        seen = Evidence(
            subnet.id, "properties.networkSecurityGroup.id", facts.topology.display(subnet.nsg)
        )
        return unknown(Stage.CLIENT_FILTER, "GATEWAY_NSG", text, seen, *notes)
    text = "The client comes in by a gateway; no Azure filter stands in front of it."
    found = allowed(Stage.CLIENT_FILTER, text)
    return msgspec.structs.replace(found, assumptions=notes)


def _profile(facts: Facts, entry: Entry, home: ArmId, target: Target) -> tuple[Step, ...]:
    """Azure rule: point-to-site clients need a new profile after peering changes."""
    if not entry.is_point_to_site or target.network == home:
        return ()
    note = assume("CLIENT_PROFILE")
    text = "A point-to-site client knows peered networks only from a profile made after peering."
    reach = own_gateways(facts, home)
    pools = {site.gateway for site in (reach.sites if reach else ()) if site.source == site.gateway}
    path = "properties.vpnClientConfiguration.vpnClientAddressPool"
    seen = Evidence(min(pools), path, tuple(entry.addresses.cidrs())) if pools else None
    return (unknown(Stage.FORWARD_ROUTE, "CLIENT_PROFILE", text, seen, note),)
