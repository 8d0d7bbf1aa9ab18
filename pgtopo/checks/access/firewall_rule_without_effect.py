"""Firewall rules on a server that has no firewall."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.firewall_rules import range_of
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import injected_servers
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT809",
    slug="firewall-rule-without-effect",
    family=Family.ACCESS,
    title="Firewall rules on a server in a virtual network do nothing",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Firewall rules of servers that live in a delegated subnet.",
    why="Only servers with public access have a firewall. In a virtual network the subnet's"
    " network security group decides, so these rules neither admit nor refuse anybody.",
    client_sees="Nothing; a client that such a rule was meant to admit is not helped by it.",
    confirm="az rest --method get --url https://management.azure.com<server id>/firewallRules"
    "?api-version=2024-08-01",
    fix="Delete the rules, and state what should be admitted in the subnet's NSG instead:\n"
    "az rest --method delete --url https://management.azure.com<rule id>?api-version=2024-08-01\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg> --name <rule>"
    " --priority <number> --direction Inbound --access Allow --protocol Tcp"
    " --source-address-prefixes <client range> --destination-port-ranges 5432",
    unknown_when="Never: rules that are not in the data have no effect either.",
    sources=(
        "Limits in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "configure-maintain/concepts-limits",
    ),
    remedy=servers.drop_idle_rules,
    subject=FlexibleServer,
    over=injected_servers,
)
def firewall_rule_without_effect(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the injected server has firewall rules."""
    rules = facts.topology.firewall_rules(server.id)
    if not rules:
        return OK
    shown = facts.topology.display(server.subnet) if server.subnet else None
    do = "rule does" if len(rules) == 1 else "rules do"
    return Fail(
        message=f"Server {server.name} lives in a virtual network; its {len(rules):,} firewall"
        f" {do} nothing: {', '.join(rule.name for rule in rules[:5])}.",
        evidence=(
            Evidence(server.id, "properties.network.delegatedSubnetResourceId", shown),
            *(evidence for rule in rules[:5] for evidence in range_of(rule)),
        ),
        related=tuple(rule.id for rule in rules),
    )
