"""How clients are split: each part has one subnet, one interface, or one side of a gateway."""

from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.wording import candidates_hint
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import EMPTY, PRIVATE_V4, Span, SpanSet, parse_prefix, union
from pgtopo.model.network import RESERVED_SUBNETS, NetworkInterface, Subnet, VirtualNetwork

_LOCAL = union(
    SpanSet.of(*span)
    for span in map(parse_prefix, ("127.0.0.0/8", "169.254.0.0/16"))
    if span is not None
)
PRIVATE = PRIVATE_V4 | _LOCAL


def subnet_part(subnet: Subnet) -> ClientPart:
    """A whole subnet, judged without its interfaces' own settings."""
    is_known = bool(subnet.prefixes) and not subnet.unread_prefixes
    return ClientPart(
        addresses=subnet.space,
        subnet=subnet.id,
        network=subnet.network,
        is_whole_subnet=True,
        has_only_ipv6=is_known and not subnet.space,
        is_space_known=is_known,
    )


def is_client_subnet(subnet: Subnet) -> bool:
    """Whether clients can live in a subnet: it is kept for no service of its own.

    Azure rule: gateway, firewall, bastion and route server subnets hold nothing else, and neither
    do subnets delegated to flexible servers.
    """
    return not (
        subnet.is_pg_delegated
        or subnet.name.lower() in RESERVED_SUBNETS
        or name_of(subnet.id) in RESERVED_SUBNETS
    )


def client_subnets(facts: Facts) -> list[Subnet]:
    """Every subnet of every network that clients can live in, ordered by id."""
    found = facts.once(
        "client subnets",
        0,
        lambda: tuple(one for one in facts.topology.all(Subnet) if is_client_subnet(one)),
    )
    return list(found)


def network_parts(
    facts: Facts, network: VirtualNetwork
) -> tuple[tuple[ClientPart, ...], list[Subnet]]:
    """A part for each subnet that clients can live in, and those subnets."""
    subnets = [one for one in facts.topology.subnets_of(network.id) if is_client_subnet(one)]
    return tuple(subnet_part(subnet) for subnet in subnets), subnets


def nic_parts(facts: Facts, nics: tuple[ArmId, ...]) -> tuple[ClientPart, ...]:
    """A part for each interface and subnet, with its IPv4 addresses."""
    parts: list[ClientPart] = []
    for nic_id in nics:
        nic = facts.topology.get(NetworkInterface, nic_id)
        by_subnet: dict[ArmId | None, SpanSet] = {}
        for one in nic.configurations if nic else ():
            if one.address is not None:
                held = by_subnet.get(one.subnet, EMPTY)
                by_subnet[one.subnet] = held | SpanSet.of(one.address)
        parts.extend(_nic_part(nic_id, subnet, held) for subnet, held in by_subnet.items())
    return tuple(parts)


def _nic_part(nic: ArmId, subnet: ArmId | None, addresses: SpanSet) -> ClientPart:
    return ClientPart(addresses=addresses, subnet=subnet, network=_network_id(subnet), nic=nic)


def _network_id(subnet: ArmId | None) -> ArmId | None:
    if subnet is None:
        return None
    head, found, _ = subnet.rpartition("/subnets/")
    return ArmId(head) if found else None


def nic_at(facts: Facts, subnet: ArmId, address: int) -> NetworkInterface | None:
    """The interface that sits at an address of a subnet."""
    for nic in facts.topology.nics_in(subnet):
        if any(one.address == address and one.subnet == subnet for one in nic.configurations):
            return nic
    return None


def range_parts(
    facts: Facts, span: Span, said: str, network: VirtualNetwork | None
) -> tuple[ClientPart, ...]:
    """A range split by who owns each address: subnets, networks, on premises, the internet.

    Raises `UsageError` where an address lies in subnets of several networks and none is named.
    """
    wanted = SpanSet.of(span.low, span.high)
    owners = _owners(facts, wanted, network)
    if network is None:
        _refuse_ambiguous(facts, said, wanted, owners)
    parts: list[ClientPart] = []
    left = wanted
    for subnet in owners:
        held = left & subnet.space
        if held:
            parts.append(_held_part(facts, subnet, held))
            left = left - held
    for holder in _networks_over(facts, left, network):
        held = left & holder.space
        if held:
            parts.append(ClientPart(addresses=held, network=holder.id))
            left = left - held
    if left and network is not None:
        raise UsageError(
            f"{said} is not in network {network.name}",
            f"its ranges are {', '.join(network.prefixes) or 'not known'}",
        )
    return (*parts, *_outside_parts(left))


def _held_part(facts: Facts, subnet: Subnet, held: SpanSet) -> ClientPart:
    nic = nic_at(facts, subnet.id, held.spans[0].low) if len(held) == 1 else None
    return ClientPart(
        addresses=held,
        subnet=subnet.id,
        network=subnet.network,
        nic=nic.id if nic else None,
        is_whole_subnet=len(held) > 1,
    )


def _outside_parts(left: SpanSet) -> list[ClientPart]:
    sides = ((left & PRIVATE, Home.ONPREM), (left - PRIVATE, Home.INTERNET))
    return [ClientPart(addresses=held, home=home) for held, home in sides if held]


def _owners(facts: Facts, wanted: SpanSet, network: VirtualNetwork | None) -> list[Subnet]:
    subnets = facts.topology.subnets_of(network.id) if network else facts.topology.all(Subnet)
    return [subnet for subnet in subnets if subnet.space.overlaps(wanted)]


def _networks_over(
    facts: Facts, left: SpanSet, network: VirtualNetwork | None
) -> list[VirtualNetwork]:
    if network is not None:
        return [network]
    return [one for one in facts.topology.all(VirtualNetwork) if one.space.overlaps(left)]


def _refuse_ambiguous(facts: Facts, said: str, wanted: SpanSet, owners: list[Subnet]) -> None:
    by_network: dict[ArmId, SpanSet] = {}
    for subnet in owners:
        held = subnet.space & wanted
        by_network[subnet.network] = by_network.get(subnet.network, EMPTY) | held
    seen = EMPTY
    for held in by_network.values():
        if held.overlaps(seen):
            networks = [ArmId(one) for one in by_network]
            hint = candidates_hint(facts, networks, form=f"{said}@{{}}")
            raise UsageError(f"{said} lies in {len(networks)} networks", hint)
        seen = seen | held
