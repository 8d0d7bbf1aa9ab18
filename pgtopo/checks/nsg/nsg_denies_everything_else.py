"""A deny-all rule that takes the default rules of the network away."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.nsg_rules import CustomRule, custom_rules, reaches_servers
from pgtopo.checks.scope import server_nsgs
from pgtopo.model.nsg import NetworkSecurityGroup

_LATE = 4000


@check(
    id="PGT310",
    slug="nsg-denies-everything-else",
    family=Family.NSG,
    title="Deny-all rule stands above the rules that admit the own network",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="NSGs of subnets with servers: an inbound Deny from everywhere, or from"
    " VirtualNetwork, at a priority of 4000 or more, without any Allow for 5432 above it.",
    why="Azure's default rules admit the own and peered networks at 65000. A deny-all at 4096 looks"
    " like the last rule and is not: it comes before them, so nobody gets in any more.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --include-default --query 'sort_by(@,&priority)[].[priority,direction,access,name]'",
    fix="Admit the clients above the deny-all:\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg> --name allow-pg-clients"
    " --priority <number below the deny-all> --direction Inbound --access Allow --protocol Tcp"
    " --source-address-prefixes <client ranges and subnet range>"
    " --destination-address-prefixes <subnet range> --destination-port-ranges 5432",
    unknown_when="The NSG's row is not in the data.",
    sources=(
        "Network security groups, Default security rules: https://learn.microsoft.com/azure/"
        "virtual-network/network-security-groups-overview",
    ),
    subject=NetworkSecurityGroup,
    over=server_nsgs,
)
def nsg_denies_everything_else(facts: Facts, group: NetworkSecurityGroup) -> Outcome:
    """Whether an Allow for 5432 stands above a late deny-all."""
    for rule in custom_rules(facts, group):
        if not rule.is_inbound or not rule.carries(5432):
            continue
        if not reaches_servers(facts, group, rule):
            continue
        if rule.is_allow:
            if _is_of_clients(rule):
                return OK
        elif rule.compiled.priority >= _LATE and _is_everyone(rule):
            return Fail(
                message=f"Rule {rule.name} of NSG {group.name} denies all at"
                f" {rule.compiled.priority}, above AllowVnetInBound at 65000, and nothing above"
                " it admits 5432.",
                evidence=(
                    rule.evidence("priority", rule.body.priority),
                    rule.evidence("access", rule.body.access),
                ),
                related=(rule.id, *(s.id for s in facts.topology.subnets_using(group.id))),
                cause=group.id,
            )
    return OK


def _is_of_clients(rule: CustomRule) -> bool:
    """Whether an Allow can match a client: probes of load balancers and groups are none."""
    source = rule.compiled.source
    return source.is_any or bool(source.spans) or bool(set(source.tags) - {"azureloadbalancer"})


def _is_everyone(rule: CustomRule) -> bool:
    return rule.compiled.source.is_any or "virtualnetwork" in rule.compiled.source.tags
