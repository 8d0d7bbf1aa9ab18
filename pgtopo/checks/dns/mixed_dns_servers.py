"""A network that asks Azure DNS and other servers in turn."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import AZURE_DNS
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.scope import concerned
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT119",
    slug="mixed-dns-servers",
    family=Family.DNS,
    title="Network lists Azure DNS beside other DNS servers",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks that have to do with servers and list 168.63.129.16 beside other servers.",
    why="The list is an order of fall-back, not a union: the second server is asked only when the"
    " first does not answer. Two servers that know different zones give different answers on"
    " different days.",
    client_sees="could not translate host name, at times or on some machines",
    confirm="az network vnet show --resource-group <group> --name <network>"
    " --query dhcpOptions.dnsServers",
    fix="List servers of one kind. If your own servers forward to 168.63.129.16, list only those:\n"
    "az network vnet update --resource-group <group> --name <network>"
    " --dns-servers <first address> <second address>",
    unknown_when="Never: the list is part of the network's row.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/"
        "azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
    ),
    subject=VirtualNetwork,
)
def mixed_dns_servers(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether Azure DNS stands alone, or not at all, in the network's list."""
    if not network.dns_servers or network.id not in concerned(facts):
        return NOT_APPLICABLE
    others = [text for text in network.dns_servers if text.strip() != AZURE_DNS]
    if not others or len(others) == len(network.dns_servers):
        return OK
    return Fail(
        message=f"Network {network.name} asks {', '.join(network.dns_servers)} in that order:"
        " Azure DNS and others.",
        evidence=(
            Evidence(network.id, "properties.dhcpOptions.dnsServers", list(network.dns_servers)),
        ),
    )
