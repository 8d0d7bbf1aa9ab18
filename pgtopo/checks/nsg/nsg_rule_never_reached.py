"""A rule that an earlier one covers."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import Pattern
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.remedies import rules
from pgtopo.checks.rule_index import RuleIndex
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.net import SpanSet
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT311",
    slug="nsg-rule-never-reached",
    family=Family.NSG,
    title="NSG rule is never reached",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="NSGs of subnets with servers: rules whose sources, destinations, ports and protocol"
    " all lie within one earlier rule of the same direction.",
    why="The earlier rule decides for everything the later one speaks of. If the two disagree,"
    " somebody believes in a rule that does nothing.",
    client_sees="Nothing by itself; a client that the rule should admit may be refused.",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --query 'sort_by(@,&priority)[].[priority,direction,access,name]' --output table",
    fix="Delete the rule, or move it above the one that covers it:\n"
    "az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --priority <number below the covering rule>",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    remedy=rules.delete_dead,
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_rule_never_reached(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether each rule decides something, one finding per rule that does not."""
    return tuple(_dead(group, custom_rules(facts, group))) or OK


def _dead(group: NetworkSecurityGroup, rules: tuple[CustomRule, ...]) -> Iterator[Fail]:
    index = RuleIndex()
    for at, later in enumerate(rules):
        around = index.around(later.compiled)
        covering = [one for one in around if _covers(rules[one].compiled, later.compiled)]
        if covering:
            yield _fail(group, later, rules[min(covering)])
        index.add(at, later.compiled)


def _fail(group: NetworkSecurityGroup, later: CustomRule, earlier: CustomRule) -> Fail:
    contrary = "" if earlier.is_allow == later.is_allow else ", which says the opposite"
    return Fail(
        message=f"Rule {later.name} ({later.compiled.priority}) of NSG {group.name} is"
        f" never reached: {earlier.name} ({earlier.compiled.priority}) covers"
        f" it{contrary}.",
        evidence=(
            later.evidence("priority", later.body.priority),
            earlier.evidence("priority", earlier.body.priority),
        ),
        related=(later.id, earlier.id),
        discriminator=later.name,
        cause=later.id,
    )


def _covers(earlier: CompiledRule, later: CompiledRule) -> bool:
    if earlier.is_unreadable or later.is_unreadable or earlier.priority == later.priority:
        return False
    return (
        earlier.direction == later.direction
        and earlier.protocol in ("*", later.protocol)
        and _spans(earlier.destination_ports, later.destination_ports)
        and later.destination_ports <= earlier.destination_ports
        and later.source_ports <= earlier.source_ports
        and _holds(earlier.source, later.source)
        and _holds(earlier.destination, later.destination)
    )


def _spans(wide: SpanSet, narrow: SpanSet) -> bool:
    """Whether the outer bounds leave room for one set inside another: rules out most pairs."""
    if not narrow:
        return True
    if not wide:
        return False
    mine, theirs = wide.spans, narrow.spans
    return mine[0].low <= theirs[0].low and theirs[-1].high <= mine[-1].high


def _holds(wide: Pattern, narrow: Pattern) -> bool:
    """Whether one side of a rule contains another; groups are never compared with ranges."""
    if wide.is_any:
        return True
    if narrow.is_any:
        return False
    return (
        _spans(wide.spans, narrow.spans)
        and narrow.spans <= wide.spans
        and set(narrow.tags) <= set(wide.tags)
        and narrow.asgs <= wide.asgs
    )
