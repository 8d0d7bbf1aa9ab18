"""The firewall rule that admits all of Azure."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Family, Outcome, Severity, check
from pgtopo.checks.firewall_rules import (
    AZURE,
    SOURCES,
    UNKNOWN_WHEN,
    each_rule_of,
    judged,
    replaced,
)
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT802",
    slug="firewall-rule-for-azure-services",
    family=Family.ACCESS,
    title="Firewall rule admits every machine in Azure, other customers' included",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The firewall rules of every server with public access: the rule 0.0.0.0 to 0.0.0.0,"
    ' which the portal shows as "Allow public access from any Azure service".',
    why="The rule is not about your own subscriptions. It lets in any address that Azure uses, so"
    " any customer's machine may try passwords.",
    client_sees="Nothing; clients in Azure get through to the sign-in, strangers too.",
    confirm="az postgres flexible-server firewall-rule list --resource-group <group>"
    " --server-name <server> --query \"[?endIpAddress=='0.0.0.0']\"",
    fix="Admit the fixed public addresses of your own clients (their NAT gateway or firewall), or"
    " give them a private endpoint, then delete the rule:\n"
    + replaced("<address>", "<address>", "<Azure rule>"),
    unknown_when=UNKNOWN_WHEN,
    sources=SOURCES,
    remedy=servers.drop_rule,
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_for_azure_services(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a rule is the one for all of Azure."""
    admits = "all of Azure, other customers included (0.0.0.0)"
    return judged(facts, server, each_rule_of(facts, server, AZURE, admits))
