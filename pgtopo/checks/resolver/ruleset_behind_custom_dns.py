"""A ruleset linked to a network that does not ask Azure DNS."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import not_visible, settle
from pgtopo.model.dns import ForwardingRuleset, RulesetLink
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT208",
    slug="ruleset-behind-custom-dns",
    family=Family.RESOLVER,
    title="Forwarding ruleset is linked to a network that asks other DNS servers",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks with DNS servers of another network, or of unknown place, that a forwarding"
    " ruleset is linked to.",
    why="Rules apply to queries that reach Azure DNS. Clients that ask other servers never meet"
    " them, unless those servers forward to Azure DNS from within that network.",
    client_sees='could not translate host name "<server>" to address',
    confirm="az network vnet show --resource-group <group> --name <network>"
    " --query dhcpOptions.dnsServers",
    fix="Let the network ask Azure DNS, or the hub's inbound endpoint:\n"
    "az network vnet update --resource-group <group> --name <network>"
    " --dns-servers <inbound endpoint address>",
    unknown_when="The network is not in the data.",
    sources=(
        "Azure DNS Private Resolver overview:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    subject=RulesetLink,
)
def ruleset_behind_custom_dns(facts: Facts, link: RulesetLink) -> Outcome:
    """Whether the linked network asks Azure DNS."""
    if link.network is None:
        return Unknown(
            message=f"Link {link.name} of ruleset {called(facts, link.ruleset)} names no network.",
            settle_with=settle(facts, ForwardingRuleset.KIND, link.ruleset),
        )
    network = facts.topology.get(VirtualNetwork, link.network)
    if network is None:
        return not_visible(facts, VirtualNetwork.KIND, link.network)
    asked = (owner_of(facts, address, network.id) for address in network.dns_servers)
    if all(one.kind is OwnerKind.AZURE or one.network == network.id for one in asked):
        return OK
    return Fail(
        message=f"Ruleset {called(facts, link.ruleset)} is linked to {network.name}, whose clients"
        f" ask {', '.join(network.dns_servers)}.",
        evidence=(
            Evidence(network.id, "properties.dhcpOptions.dnsServers", list(network.dns_servers)),
        ),
        related=(network.id, link.ruleset),
    )
