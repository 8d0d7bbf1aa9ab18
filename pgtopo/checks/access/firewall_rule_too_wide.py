"""A firewall rule for more than 65,536 addresses."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Fail, Family, Outcome, Severity, check
from pgtopo.checks.firewall_rules import is_special, judged, range_of, shown
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.server import FirewallRule, FlexibleServer

_WIDEST = 1 << 16


@check(
    id="PGT807",
    slug="firewall-rule-too-wide",
    family=Family.ACCESS,
    title="Firewall rule admits a very wide range",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Firewall rules of servers with public access that span more than a /16. The rules"
    " for everyone and for all of Azure have checks of their own.",
    why="Hardly any organisation owns that many public addresses: strangers are among them and may"
    " try passwords.",
    client_sees="Nothing; more clients than meant get through to the sign-in.",
    confirm="az postgres flexible-server firewall-rule show --resource-group <group>"
    " --server-name <server> --name <rule>",
    fix="Narrow the rule to the addresses your clients really use:\n"
    "az postgres flexible-server firewall-rule update --resource-group <group>"
    " --server-name <server> --name <rule>"
    " --start-ip-address <first address> --end-ip-address <last address>",
    unknown_when="The firewall rules of the server were not read.",
    sources=(
        "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/security/security-firewall-rules",
    ),
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_too_wide(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a rule spans more than a /16, one finding per rule."""
    found = tuple(
        Fail(
            message=f"Firewall rule {rule.name} of server {server.name} admits {_size(rule):,}"
            f" addresses ({shown(rule)}).",
            evidence=range_of(rule),
            related=(rule.id,),
            discriminator=rule.name,
            cause=rule.id,
        )
        for rule in facts.topology.firewall_rules(server.id)
        if not is_special(rule) and _size(rule) > _WIDEST
    )
    return judged(facts, server, found)


def _size(rule: FirewallRule) -> int:
    return 0 if rule.span is None else rule.span.high - rule.span.low + 1
