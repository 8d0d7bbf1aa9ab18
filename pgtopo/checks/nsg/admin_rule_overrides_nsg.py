"""An admin rule that lets in what an NSG means to refuse."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import ANY_PROTOCOL, CompiledRule, compile_admin_rule
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.reading import not_visible, unread
from pgtopo.checks.scope import server_subnets
from pgtopo.model.avnm import AdminRule, EffectiveAdminRules
from pgtopo.model.network import Subnet
from pgtopo.model.nsg import NetworkSecurityGroup


@check(
    id="PGT317",
    slug="admin-rule-overrides-nsg",
    family=Family.NSG,
    title="Network Manager's admin rule lets in what the NSG denies",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Inbound admin rules of the kind AlwaysAllow for 5432 on networks with servers,"
    " against inbound Deny rules for 5432 in the NSG of the servers' subnet.",
    why="AlwaysAllow delivers traffic without asking any NSG. A deny that should keep somebody out"
    " has no effect on what such a rule names.",
    client_sees="Nothing; clients that should be refused get through to the sign-in.",
    confirm="az network manager list-effective-security-admin-rule --resource-group <group>"
    " --vnet-name <network>",
    fix="Ask the owner of the Network Manager to turn the rule into Allow, which leaves the NSG its"
    " say:\naz network manager security-admin-config rule-collection rule update"
    " --resource-group <group> --network-manager-name <manager>"
    " --configuration-name <configuration> --rule-collection-name <collection>"
    " --rule-name <rule> --access Allow",
    unknown_when="The subnet or its NSG is not in the data, or the NSG denies 5432 and the admin"
    " rules of the network were not read.",
    sources=(
        "Security admin rules in Azure Virtual Network Manager: https://learn.microsoft.com/azure/"
        "virtual-network-manager/concept-security-admins",
    ),
    subject=Subnet,
    over=server_subnets,
)
def admin_rule_overrides_nsg(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether no AlwaysAllow rule meets a Deny of the subnet's NSG."""
    held = facts.topology.admin_rules_of(subnet.network)
    if held is None:
        return _unread(facts, subnet) or NOT_APPLICABLE
    always = [rule for rule in held.rules if _lets_in(rule, subnet)]
    if not always or subnet.nsg is None:
        return NOT_APPLICABLE
    group = facts.topology.get(NetworkSecurityGroup, subnet.nsg)
    if group is None:
        return not_visible(facts, NetworkSecurityGroup.KIND, subnet.nsg)
    for rule in always:
        compiled = compile_admin_rule(rule)
        for deny in custom_rules(facts, group):
            if _meets(compiled, deny):
                return _fail(facts, subnet, group, rule, deny)
    return OK


def _unread(facts: Facts, subnet: Subnet) -> Unknown | None:
    """An Unknown where the NSG denies 5432 and admin rules that may override it were not read."""
    group = facts.topology.get(NetworkSecurityGroup, subnet.nsg)
    rules = custom_rules(facts, group) if group is not None else ()
    if not any(rule.is_inbound and not rule.is_allow and rule.carries(5432) for rule in rules):
        return None
    return unread(facts, EffectiveAdminRules.KIND, subnet.network)


def _lets_in(rule: AdminRule, subnet: Subnet) -> bool:
    if rule.access.lower() != "alwaysallow" or rule.direction.lower() != "inbound":
        return False
    compiled = compile_admin_rule(rule)
    place = compiled.destination
    is_here = place.is_any or bool(place.tags) or place.spans.overlaps(subnet.space)
    speaks = compiled.protocol in (*ANY_PROTOCOL, "tcp")
    return is_here and speaks and 5432 in compiled.destination_ports


def _meets(rule: CompiledRule, deny: CustomRule) -> bool:
    """Whether a source of the admin rule is among those the NSG denies."""
    if deny.is_allow or not deny.is_inbound or not deny.carries(5432):
        return False
    mine, theirs = rule.source, deny.compiled.source
    if mine.is_any or theirs.is_any:
        return True
    return mine.spans.overlaps(theirs.spans) or not set(mine.tags).isdisjoint(theirs.tags)


def _fail(
    facts: Facts, subnet: Subnet, group: NetworkSecurityGroup, rule: AdminRule, deny: CustomRule
) -> Fail:
    return Fail(
        message=f"Admin rule {rule.name} always allows 5432 into {called(facts, subnet.id)}; rule"
        f" {deny.name} of NSG {group.name}, which denies it, is not asked.",
        evidence=(
            Evidence(rule.id, "properties.access", rule.access),
            deny.evidence("access", deny.body.access),
        ),
        related=(rule.id, deny.id, group.id),
        cause=rule.id,
    )
