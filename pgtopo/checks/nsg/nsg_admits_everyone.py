"""An NSG on a server's subnet that lets port 5432 in from anywhere."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules, reaches_servers
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT309",
    slug="nsg-admits-everyone",
    family=Family.NSG,
    title="NSG on a server's subnet admits port 5432 from anywhere",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Inbound Allow rules for TCP 5432 to the servers' subnet with the source *, Any,"
    " 0.0.0.0/0 or Internet, in the singular or the plural field, that no deny-all comes before.",
    why="A server in a virtual network has no public address, but everything that is routed to it"
    " gets in: every peered network, every site, every guest on the VPN.",
    client_sees="Nothing; more clients than meant get through to the sign-in.",
    confirm="az network nsg rule show --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --query '[sourceAddressPrefix,sourceAddressPrefixes,destinationPortRange]'",
    fix="Name the clients' ranges:\n"
    "az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --source-address-prefixes <client ranges>",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_admits_everyone(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether a rule lets 5432 in from anywhere, one finding per rule."""
    found = tuple(
        Fail(
            message=f"Rule {rule.name} of NSG {group.name} lets port 5432 in from"
            f" {', '.join(rule.prefixes('source'))}.",
            evidence=(rule.side_evidence("source"), rule.evidence("access", rule.body.access)),
            related=(rule.id, *(s.id for s in facts.topology.subnets_using(group.id))),
            discriminator=rule.name,
            cause=rule.id,
        )
        for rule in _open_rules(facts, group)
    )
    return found or OK


def _open_rules(facts: Facts, group: NetworkSecurityGroup) -> Iterator[CustomRule]:
    """The rules that let anyone in to the servers, up to one that refuses everyone."""
    for rule in custom_rules(facts, group):
        if not rule.is_inbound or not rule.carries(5432) or not _is_anyone(rule):
            continue
        if rule.is_allow and reaches_servers(facts, group, rule):
            yield rule
        elif not rule.is_allow and rule.compiled.source.is_any and rule.compiled.destination.is_any:
            return


def _is_anyone(rule: CustomRule) -> bool:
    return rule.compiled.source.is_any or "internet" in rule.compiled.source.tags
