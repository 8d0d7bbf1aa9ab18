"""Who a DNS server's address belongs to.

Azure rules: 168.63.129.16 is Azure DNS as the asking network sees it ("What is IP address
168.63.129.16?"); a resolver's inbound endpoint answers like Azure DNS in the resolver's network
("Azure DNS Private Resolver endpoints and rulesets"); an Azure Firewall answers where its DNS proxy
is on ("Azure Firewall DNS settings", all Microsoft Learn).
"""

from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.dns import DnsResolver, InboundEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import format_address, parse_address
from pgtopo.model.network import LoadBalancer, NetworkInterface

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
    known = facts.once("address owners", "", lambda: _owners(facts)).get(value, [])
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


def _owners(facts: Facts) -> dict[int, list[Owner]]:
    known: dict[int, list[Owner]] = {}
    for value, owner in (*_inbound(facts), *_firewalls(facts), *_machines(facts)):
        known.setdefault(value, []).append(owner)
    return known


def _inbound(facts: Facts) -> list[tuple[int, Owner]]:
    found: list[tuple[int, Owner]] = []
    for endpoint in facts.topology.all(InboundEndpoint):
        subnet = endpoint.subnets[0] if endpoint.subnets else None
        resolver = facts.topology.get(DnsResolver, endpoint.resolver)
        network = (resolver.network if resolver else None) or _network(subnet)
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


def _machines(facts: Facts) -> list[tuple[int, Owner]]:
    """Interfaces of machines, and front ends of internal load balancers with machines behind."""
    found: list[tuple[int, Owner]] = []
    for nic in facts.topology.all(NetworkInterface):
        if nic.private_endpoint is None:
            found += [
                (
                    one.address,
                    _machine(nic.vm or nic.id, one.subnet, _has(nic.id, "ip", one.address)),
                )
                for one in nic.configurations
                if one.address is not None
            ]
    for balancer in facts.topology.all(LoadBalancer):
        found += [
            (
                one.address,
                _machine(balancer.id, one.subnet, _has(balancer.id, "frontendIP", one.address)),
            )
            for one in balancer.frontends
            if one.address is not None
        ]
    return found


def _machine(resource: ArmId, subnet: ArmId | None, seen: Evidence) -> Owner:
    return Owner(
        kind=OwnerKind.MACHINE,
        resource=resource,
        network=_network(subnet),
        subnet=subnet,
        seen=seen,
    )


def _has(owner: ArmId, kind: str, address: int) -> Evidence:
    path = f"properties.{kind}Configurations[].properties.privateIPAddress"
    return Evidence(owner, path, format_address(address))


def _network(subnet: ArmId | None) -> ArmId | None:
    return ancestor(subnet, "virtualnetworks") if subnet is not None else None
