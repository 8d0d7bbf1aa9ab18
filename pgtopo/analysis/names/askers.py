"""Which DNS servers a client asks: those of its interface, of its network, or Azure DNS.

Azure rules: servers set on an interface win over those of the network, an empty list means Azure
DNS, and several are a list to fall back on ("Name resolution for resources in Azure virtual
networks", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import AZURE_DNS
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.network import NetworkInterface, VirtualNetwork

_FORCED = "azureprovideddns"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The DNS servers of one part of a client, in the order they are asked."""

    servers: tuple[str, ...] = ()
    """Empty where they are not known, or where the client uses public DNS."""
    evidence: Evidence | None = None
    is_public: bool = False
    """The client is on the internet and asks public DNS."""
    unknown: str = ""
    """Why the servers are not known, as a code; empty where they are."""


def asked_servers(facts: Facts, part: ClientPart, client_dns: str = "") -> Asked:
    """The DNS servers a part of a client asks.

    Unknown when: the client is on premises and nobody states its DNS server, or the network that
    holds the client was not read.
    """
    if part.home is not Home.SUBNET:
        if client_dns:
            return Asked(servers=(client_dns.strip(),))
        if part.home is Home.INTERNET:
            return Asked(is_public=True)
        return Asked(unknown="CLIENT_DNS_UNKNOWN")
    return _of_interface(facts, part) or _of_network(facts, part)


def _of_interface(facts: Facts, part: ClientPart) -> Asked | None:
    nic = None if part.is_whole_subnet else facts.topology.get(NetworkInterface, part.nic)
    if nic is None:
        return None
    servers, path = nic.applied_dns_servers, "properties.dnsSettings.appliedDnsServers"
    if not servers:
        servers, path = nic.dns_servers, "properties.dnsSettings.dnsServers"
    if not servers:
        return None
    evidence = Evidence(nic.id, path, servers)
    if any(one.strip().lower() == _FORCED for one in servers):
        return Asked(servers=(AZURE_DNS,), evidence=evidence)
    return Asked(servers=servers, evidence=evidence)


def _of_network(facts: Facts, part: ClientPart) -> Asked:
    network = facts.topology.get(VirtualNetwork, part.network)
    if network is None:
        return Asked(unknown="NETWORK_NOT_READ")
    evidence = Evidence(network.id, "properties.dhcpOptions.dnsServers", network.dns_servers)
    return Asked(servers=network.dns_servers or (AZURE_DNS,), evidence=evidence)
