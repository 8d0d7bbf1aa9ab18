"""A network that relies on one DNS server."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.seen import may_be_more
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import settle
from pgtopo.checks.scope import concerned
from pgtopo.model.dns import InboundEndpoint
from pgtopo.model.network import VirtualNetwork

_STURDY = (OwnerKind.AZURE, OwnerKind.INBOUND, OwnerKind.FIREWALL)


@check(
    id="PGT118",
    slug="single-dns-server",
    family=Family.DNS,
    title="Network relies on a single DNS server",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks that have to do with servers and list exactly one custom DNS server."
    " Azure DNS, inbound endpoints, firewalls and load balancers stand for several machines.",
    why="When that machine restarts, no client of the network can look up anything.",
    client_sees="could not translate host name, while the DNS server is down",
    confirm="az network vnet show --resource-group <group> --name <network>"
    " --query dhcpOptions.dnsServers",
    fix="Name a second DNS server that gives the same answers:\n"
    "az network vnet update --resource-group <group> --name <network>"
    " --dns-servers <first address> <second address>\n"
    "Machines take the change over when they renew their lease or restart.",
    unknown_when="Nothing in the data has the server's address, and inbound endpoints were not"
    " read, of which it may be one.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/"
        "azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
    ),
    subject=VirtualNetwork,
)
def single_dns_server(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether a second DNS server stands by, or the one is sturdy by itself."""
    if not network.dns_servers or network.id not in concerned(facts):
        return NOT_APPLICABLE
    if len(set(network.dns_servers)) > 1:
        return OK
    owner = owner_of(facts, network.dns_servers[0], network.id)
    is_balanced = owner.resource is not None and "/loadbalancers/" in owner.resource
    if owner.kind in _STURDY or is_balanced:
        return OK
    evidence = Evidence(network.id, "properties.dhcpOptions.dnsServers", list(network.dns_servers))
    is_open = may_be_more(facts, InboundEndpoint.KIND, network.id)
    if owner.kind is OwnerKind.UNKNOWN and not owner.others and is_open:
        return Unknown(
            message=f"Network {network.name} asks one DNS server only, {network.dns_servers[0]};"
            " whether that is an inbound endpoint is not known, they were not all read.",
            settle_with=settle(facts, InboundEndpoint.KIND, network.id),
            evidence=(evidence,),
        )
    return Fail(
        message=f"Network {network.name} asks one DNS server only, {network.dns_servers[0]}.",
        evidence=(evidence,),
        related=(owner.resource,) if owner.resource else (),
    )
