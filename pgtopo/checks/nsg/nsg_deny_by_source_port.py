"""A deny rule that only matches certain source ports."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.net import SpanSet
from pgtopo.model.nsg import NetworkSecurityGroup

_EPHEMERAL = SpanSet(((1024, 65535),))


@check(
    id="PGT315",
    slug="nsg-deny-by-source-port",
    family=Family.NSG,
    title="NSG deny rule names source ports and so hardly ever matches",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Deny rules of NSGs on subnets with servers whose source ports leave some of 1024 to"
    " 65535 out.",
    why="Clients choose their source port at random between 1024 and 65535. A rule that denies"
    " from source port 5432 denies almost nobody; the destination port was most likely meant.",
    client_sees="Nothing; clients that should be refused get through.",
    confirm="az network nsg rule show --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --query '[sourcePortRange,sourcePortRanges,destinationPortRange]'",
    fix="az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --source-port-ranges '*' --destination-port-ranges <port that was meant>",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_deny_by_source_port(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether deny rules leave the source port open, one finding per rule."""
    found = tuple(
        Fail(
            message=f"Rule {rule.name} of NSG {group.name} denies from source port"
            f" {', '.join(_source_ports(rule))} only.",
            evidence=(
                rule.evidence("sourcePortRange", rule.body.source_port_range)
                if rule.body.source_port_range
                else rule.evidence("sourcePortRanges", list(rule.body.source_port_ranges or ())),
            ),
            related=(rule.id,),
            discriminator=rule.name,
            cause=rule.id,
        )
        for rule in custom_rules(facts, group)
        if not rule.is_allow and _source_ports(rule) and not _meets_everyone(rule)
    )
    return found or OK


def _meets_everyone(rule: CustomRule) -> bool:
    """Whether the rule names every port that clients choose from."""
    return rule.compiled.source_ports >= _EPHEMERAL


def _source_ports(rule: CustomRule) -> list[str]:
    """The source ports that a rule names; empty where any port matches."""
    texts = [rule.body.source_port_range, *(rule.body.source_port_ranges or ())]
    named = [text.strip() for text in texts if text]
    is_open = any(text in ("*", "0-65535", "1-65535") for text in named)
    return [] if is_open else named
