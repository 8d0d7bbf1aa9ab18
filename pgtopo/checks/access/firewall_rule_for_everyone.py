"""A firewall rule that admits the whole internet."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Family, Outcome, Severity, check
from pgtopo.checks.firewall_rules import (
    EVERYONE,
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
    id="PGT801",
    slug="firewall-rule-for-everyone",
    family=Family.ACCESS,
    title="Firewall rule admits every address of the internet",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The firewall rules of every server with public access: a rule from 0.0.0.0 to"
    " 255.255.255.255.",
    why="Such a rule switches the firewall off: anyone on the internet may try passwords. Only the"
    " server's own sign-in is left between the data and the world.",
    client_sees="Nothing; everyone gets through to the sign-in.",
    confirm="az postgres flexible-server firewall-rule list --resource-group <group>"
    " --server-name <server> --query \"[?startIpAddress=='0.0.0.0']\"",
    fix="Admit the clients' own public addresses first, then delete the rule:\n"
    + replaced("<first address>", "<last address>", "<open rule>"),
    unknown_when=UNKNOWN_WHEN,
    sources=SOURCES,
    remedy=servers.drop_rule,
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_for_everyone(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a rule covers all of IPv4, one finding per rule."""
    admits = "every address of the internet (0.0.0.0 to 255.255.255.255)"
    return judged(facts, server, each_rule_of(facts, server, EVERYONE, admits))
