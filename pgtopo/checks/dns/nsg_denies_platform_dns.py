"""A rule that shuts Azure's own DNS off."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.platform import names_platform_dns
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unseen, check
from pgtopo.checks.nsg_rules import custom_rules
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import concerned_networks
from pgtopo.model.ids import ArmId
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.topology import Topology

_TAG = "azureplatformdns"


def _groups(topology: Topology) -> Iterator[NetworkSecurityGroup | Unseen]:
    """The NSGs on subnets and interfaces of networks that have to do with servers, each once."""
    seen: set[ArmId] = set()
    kind = NetworkSecurityGroup
    for network in sorted(concerned_networks(topology)):
        for subnet in topology.subnets_of(network):
            places: list[Subnet | NetworkInterface] = [subnet, *topology.nics_in(subnet.id)]
            for place in places:
                if place.nsg is not None and place.nsg not in seen:
                    seen.add(place.nsg)
                    yield topology.get(kind, place.nsg) or Unseen(
                        subject=place.id, kind=kind.KIND, wanted=place.nsg
                    )


@check(
    id="PGT122",
    slug="nsg-denies-platform-dns",
    family=Family.DNS,
    title="NSG denies Azure's own DNS",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Outbound Deny rules for the service tag AzurePlatformDNS, in the NSGs of subnets"
    " and interfaces in networks that have to do with servers.",
    why="Azure DNS at 168.63.129.16 is beyond the reach of ordinary rules, deny-all included. This"
    " tag is the one way to shut it off, and then no private zone can be seen from the subnet.",
    client_sees='could not translate host name "<server>" to address',
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --query \"[?destinationAddressPrefix=='AzurePlatformDNS']\" --output table",
    fix="az network nsg rule delete --resource-group <group> --nsg-name <nsg> --name <rule>\n"
    "If machines must use other DNS servers, set those on the network instead.",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups, Azure platform considerations: https://learn.microsoft.com/azure/"
        "virtual-network/network-security-groups-overview",
    ),
    remedy=links.drop_platform_deny,
    subject=NetworkSecurityGroup,
    over=_groups,
)
def nsg_denies_platform_dns(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether no rule shuts Azure DNS off, one finding per rule."""
    found: list[Fail] = []
    if not names_platform_dns(facts, group):
        return OK
    for rule in custom_rules(facts, group):
        if rule.is_inbound or _TAG not in rule.compiled.destination.tags:
            continue
        if not (rule.carries(53, "udp") or rule.carries(53, "tcp")):
            continue
        if rule.is_allow:
            break
        found.append(
            Fail(
                message=f"Rule {rule.name} of NSG {group.name} denies AzurePlatformDNS.",
                evidence=(
                    rule.side_evidence("destination"),
                    rule.evidence("access", rule.body.access),
                ),
                related=(rule.id, *(s.id for s in facts.topology.subnets_using(group.id))),
                discriminator=rule.name,
                cause=rule.id,
            )
        )
    return tuple(found) or OK
