"""A network security group that keeps a server from Entra ID."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_servers
from pgtopo.checks.server_needs import confirm_rules, fix_rule, judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT305",
    slug="nsg-denies-entra",
    family=Family.NSG,
    title="NSG denies the server's way to Entra ID",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.AUTH,),
    looks_at="TCP 443 from the subnet of each server with Entra sign-in to the service tag"
    " AzureActiveDirectory, evaluated through admin rules and the subnet's NSG.",
    why="The server asks Entra ID about the users and groups that sign in. When it cannot, tokens"
    " are refused and administrators cannot be added.",
    client_sees="password authentication failed for user, with a token that is valid",
    confirm=confirm_rules(Direction.OUTBOUND),
    fix=fix_rule("allow-entra-out", Direction.OUTBOUND, "AzureActiveDirectory", 443),
    unknown_when="The subnet or its NSG cannot be read, or only address ranges decide, which may"
    " or may not hold Entra's addresses.",
    sources=(
        "Microsoft Entra authentication with Azure Database for PostgreSQL:"
        " https://learn.microsoft.com/azure/postgresql/security/security-entra-configure",
    ),
    remedy=rules.allow_entra,
    subject=FlexibleServer,
    over=lambda topology: (s for s in injected_servers(topology) if s.has_entra),
)
def nsg_denies_entra(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let the server reach Entra ID."""
    return judged(facts, server, lambda flow: flow.need is Need.ENTRA)
