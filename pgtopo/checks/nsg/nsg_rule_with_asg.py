"""Application security groups in the NSG of a server's subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT308",
    slug="nsg-rule-with-asg",
    family=Family.NSG,
    title="NSG rule on a server's subnet names an application security group",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The rules of every NSG on a subnet with servers: application security groups as"
    " source or destination.",
    why="Flexible servers have no interface that could be a member, and the service does not"
    " support such rules on its subnet. A rule that should admit clients admits nobody.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --query '[?sourceApplicationSecurityGroups||destinationApplicationSecurityGroups].name'",
    fix="Name the clients' and the subnet's address ranges instead:\n"
    "az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --source-address-prefixes <client range> --destination-address-prefixes <subnet range>",
    unknown_when="The NSG's row is not in the data, as with those that Azure attaches itself.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=rules.replace_asgs,
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_rule_with_asg(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether any rule names an application security group, one finding per rule."""
    rules = custom_rules(facts, group)
    return tuple(found for rule in rules if (found := _judged(facts, group, rule))) or OK


def _judged(facts: Facts, group: NetworkSecurityGroup, rule: CustomRule) -> Fail | None:
    evidence: list[Evidence] = []
    named: list[ArmId] = []
    for side, pattern in (
        ("source", rule.compiled.source),
        ("destination", rule.compiled.destination),
    ):
        if pattern.asgs:
            ids = sorted(pattern.asgs)
            named += ids
            path = f"{side}ApplicationSecurityGroups"
            evidence.append(rule.evidence(path, [facts.topology.display(one) for one in ids]))
    if not named:
        return None
    return Fail(
        message=f"Rule {rule.name} of NSG {group.name} names application security group"
        f" {name_of(facts.topology.display(named[0]))}; servers in the subnet cannot be members.",
        evidence=tuple(evidence),
        related=(rule.id, *named, *(s.id for s in facts.topology.subnets_using(group.id))),
        discriminator=rule.name,
        cause=rule.id,
    )
