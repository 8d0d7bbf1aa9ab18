"""A server in a state in which nobody can connect."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.checks.remedies import servers
from pgtopo.model.server import FlexibleServer

_UP = ("ready", "updating")
_DOWN = ("stopped", "disabled", "dropping", "inaccessible", "provisioning")


@check(
    id="PGT701",
    slug="server-not-running",
    family=Family.SERVER,
    title="Server is in a state in which nobody can connect",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.NAME_NOT_FOUND, Symptom.REFUSED),
    looks_at="The state of every server: Stopped, Disabled, Dropping, Inaccessible, Provisioning.",
    why="In these states there is no PostgreSQL to talk to, however good the network is."
    " Inaccessible means that the customer's encryption key cannot be used.",
    client_sees="A time-out, a refused connection, or a name that does not resolve.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query state",
    fix="az postgres flexible-server start --resource-group <group> --name <server>\n"
    "For Inaccessible, give the server its key back first (access to the key vault, key enabled).",
    unknown_when="The state is on its way from one to another, is not stated, or is a word that"
    " Azure does not document.",
    sources=(
        "Stop and start a server: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/how-to-stop-start-server-portal",
    ),
    remedy=servers.start,
    subject=FlexibleServer,
)
def server_not_running(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the server's state lets clients in."""
    state = server.state.lower()
    if state in _UP:
        return OK
    evidence = Evidence(server.id, "properties.state", server.state or None)
    if state not in _DOWN:
        return Unknown(
            message=f"Server {server.name} is {server.state or 'in a state that is not stated'};"
            " whether it can be reached is open.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
            evidence=(evidence,),
        )
    return Fail(message=f"Server {server.name} is {server.state}.", evidence=(evidence,))
