"""Two rules of one direction with the same priority."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT314",
    slug="nsg-priority-twice",
    family=Family.NSG,
    title="Two NSG rules of one direction share a priority",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The priorities of the custom rules of every NSG on a subnet with servers.",
    why="Azure keeps priorities unique per direction, so such data was edited or merged badly."
    " Which of the two rules decides cannot be told from it.",
    client_sees="Nothing; verdicts that depend on the two rules are open.",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --query '[].[direction,priority,name]' --output table",
    fix="Collect again, then look once more:\npgtopo collect -o <file>",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_priority_twice(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether priorities are unique per direction, one finding per priority."""
    held: dict[tuple[str, int], list[CustomRule]] = {}
    for rule in custom_rules(facts, group):
        if rule.body.priority is not None:
            key = (rule.compiled.direction, rule.body.priority)
            held.setdefault(key, []).append(rule)
    found = tuple(
        Fail(
            message=f"NSG {group.name} has {len(rules)} {direction} rules of priority {priority}:"
            f" {', '.join(rule.name for rule in rules)}.",
            evidence=tuple(rule.evidence("priority", rule.body.priority) for rule in rules),
            related=tuple(rule.id for rule in rules),
            discriminator=f"{direction} {priority}",
        )
        for (direction, priority), rules in sorted(held.items())
        if len(rules) > 1
    )
    return found or OK
