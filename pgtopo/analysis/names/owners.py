"""Who a DNS server's address belongs to.

Azure rules: 168.63.129.16 is Azure DNS as the asking network sees it ("What is IP address
168.63.129.16?"); a resolver's inbound endpoint answers like Azure DNS in the resolver's network
("Azure DNS Private Resolver endpoints and rulesets"); an Azure Firewall answers where its DNS proxy
is on ("Azure Firewall DNS settings", all Microsoft Learn).
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple, TypeVar

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.dns import DnsResolver, InboundEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import format_address, parse_address
from pgtopo.model.network import LoadBalancer, NetworkInterface

T = TypeVar("T")

AZURE_DNS = "168.63.129.16"


class OwnerKind(Enum):
    """What stands behind a DNS server's address."""

    AZURE = "Azure DNS"
    INBOUND = "resolver inbound endpoint"
    FIREWALL = "Azure Firewall"
    MACHINE = "machine"
    UNKNOWN = "unknown"


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """The resource that holds a DNS server's address."""

    kind: OwnerKind
    resource: ArmId | None = None
    network: ArmId | None = None
    subnet: ArmId | None = None
    others: int = 0
    """Further resources that hold the same address elsewhere, none nearer than another."""
    seen: Evidence | None = None
    """What shows that a machine has the address."""


UNKNOWN_OWNER = Owner(kind=OwnerKind.UNKNOWN)


def owner_of(facts: Facts, address: str, network: ArmId | None) -> Owner:
    """Who holds an address, as seen from a network: its own first, then its peers, then anyone.

    Unknown when: nobody in the data holds it, or several do and none is nearer.
    """
    if address.strip() == AZURE_DNS:
        return Owner(kind=OwnerKind.AZURE, network=network)
    value = parse_address(address)
    if value is None:
        return UNKNOWN_OWNER
    known = facts.once("address owners", value, lambda: _owners(facts, value))
    return _nearest(facts, known, network)


def _nearest(facts: Facts, known: list[Owner], network: ArmId | None) -> Owner:
    if len(known) < 2:
        return known[0] if known else UNKNOWN_OWNER
    own = [one for one in known if network is not None and one.network == network]
    peers = _peers(facts, network)
    near = own or [one for one in known if one.network in peers] or known
    if len({one.network for one in near}) == 1:
        return min(near, key=lambda one: _RANK[one.kind])
    return Owner(kind=OwnerKind.UNKNOWN, others=len(near))


_RANK = {
    OwnerKind.INBOUND: 0,
    OwnerKind.FIREWALL: 1,
    OwnerKind.MACHINE: 2,
    OwnerKind.AZURE: 3,
    OwnerKind.UNKNOWN: 4,
}


def _peers(facts: Facts, network: ArmId | None) -> set[ArmId]:
    if network is None:
        return set()
    found = {one.remote for one in facts.topology.peerings_of(network) if one.remote is not None}
    return found | {one.network for one in facts.topology.peerings_to(network)}


def _owners(facts: Facts, address: int) -> list[Owner]:
    services = facts.once("dns services", "", lambda: _by_address(_services(facts)))
    machines = facts.once("machine addresses", "", lambda: _by_address(_machines(facts)))
    return [
        *services.get(address, ()),
        *(_machine(held, address) for held in machines.get(address, ())),
    ]


def _by_address(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for address, one in pairs:
        found.setdefault(address, []).append(one)
    return found


def _services(facts: Facts) -> Iterator[tuple[int, Owner]]:
    yield from _inbound(facts)
    yield from _firewalls(facts)


def _inbound(facts: Facts) -> list[tuple[int, Owner]]:
    found: list[tuple[int, Owner]] = []
    for endpoint in facts.topology.all(InboundEndpoint):
        subnet = endpoint.subnets[0] if endpoint.subnets else None
        resolver = facts.topology.get(DnsResolver, endpoint.resolver)
        network = _network(resolver.network if resolver else None) or _network(subnet)
        owner = Owner(kind=OwnerKind.INBOUND, resource=endpoint.id, network=network, subnet=subnet)
        values = (parse_address(text) for text in endpoint.addresses)
        found.extend((value, owner) for value in values if value is not None)
    return found


def _firewalls(facts: Facts) -> list[tuple[int, Owner]]:
    found: list[tuple[int, Owner]] = []
    for firewall in facts.topology.all(AzureFirewall):
        subnet = firewall.subnets[0] if firewall.subnets else None
        owner = Owner(
            kind=OwnerKind.FIREWALL,
            resource=firewall.id,
            network=_network(subnet),
            subnet=subnet,
        )
        found.extend((value, owner) for value in firewall.addresses)
    return found


class _Held(NamedTuple):
    """An address of a machine's interface or of a load balancer's front end."""

    resource: ArmId
    holder: ArmId
    kind: str
    subnet: ArmId | None


def _machines(facts: Facts) -> Iterator[tuple[int, _Held]]:
    """Interfaces of machines, and front ends of internal load balancers with machines behind."""
    for nic in facts.topology.all(NetworkInterface):
        if nic.private_endpoint is None:
            for one in nic.configurations:
                if one.address is not None:
                    yield one.address, _Held(nic.vm or nic.id, nic.id, "ip", one.subnet)
    for balancer in facts.topology.all(LoadBalancer):
        for front in balancer.frontends:
            if front.address is not None:
                held = _Held(balancer.id, balancer.id, "frontendIP", front.subnet)
                yield front.address, held


def _machine(held: _Held, address: int) -> Owner:
    path = f"properties.{held.kind}Configurations[].properties.privateIPAddress"
    return Owner(
        kind=OwnerKind.MACHINE,
        resource=held.resource,
        network=_network(held.subnet),
        subnet=held.subnet,
        seen=Evidence(held.holder, path, format_address(address)),
    )


def _network(place: ArmId | None) -> ArmId | None:
    """The network that a subnet lies in, or that an id is of; None for what is no such id."""
    return ancestor(place, "virtualnetworks") if place is not None else None
