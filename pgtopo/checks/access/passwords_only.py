"""A server that admits passwords and no Entra sign-in."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT814",
    slug="passwords-only",
    family=Family.ACCESS,
    title="Server knows passwords only, no Entra sign-in",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="authConfig of every server: passwordAuth Enabled with activeDirectoryAuth Disabled.",
    why="Passwords are shared, leak and have to be changed by hand. With Entra sign-in people and"
    " applications use their own identity, and leavers lose access at once.",
    client_sees="Nothing; an Entra token is refused with: password authentication failed for user",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query authConfig",
    fix="Switch Entra sign-in on beside passwords, name an administrator, move users over:\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --microsoft-entra-auth Enabled\nThe server then needs outbound access to"
    " AzureActiveDirectory.",
    unknown_when="The server's row states neither of the two settings.",
    sources=(
        "Microsoft Entra authentication with Azure Database for PostgreSQL:"
        " https://learn.microsoft.com/azure/postgresql/security/security-entra-configure",
    ),
    subject=FlexibleServer,
)
def passwords_only(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether Entra sign-in is on, or passwords are off."""
    if server.has_entra or server.password_auth.lower() == "disabled":
        return OK
    if not server.entra_auth or not server.password_auth:
        return Unknown(
            message=f"Server {server.name} does not state how users sign in.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    return Fail(
        message=f"Server {server.name} admits passwords only; Entra sign-in is"
        f" {server.entra_auth}.",
        evidence=(
            Evidence(server.id, "properties.authConfig.activeDirectoryAuth", server.entra_auth),
            Evidence(server.id, "properties.authConfig.passwordAuth", server.password_auth),
        ),
    )
