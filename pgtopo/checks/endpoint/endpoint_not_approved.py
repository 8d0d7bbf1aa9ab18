"""A private endpoint whose connection to the server is not approved."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.endpoints import server_endpoints
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import target_of
from pgtopo.checks.reading import called, settle
from pgtopo.checks.remedies import endpoints
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.base import Resource
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.server import EndpointConnection, FlexibleServer
from pgtopo.model.topology import Topology

_STATUS = "properties.privateLinkServiceConnectionState.status"


def _connections(topology: Topology) -> Iterator[Resource]:
    """Each endpoint once, and the connections whose endpoint is not in the data."""
    yield from postgres_endpoints(topology)
    for connection in topology.all(EndpointConnection):
        if topology.get(PrivateEndpoint, connection.endpoint) is None:
            yield connection


@check(
    id="PGT901",
    slug="endpoint-not-approved",
    family=Family.ENDPOINT,
    title="Private endpoint of a server is not approved",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The status of every private endpoint connection, as the endpoint and as the server"
    " state it.",
    why="Until the server's owner approves the connection, and after a rejection, the endpoint has"
    " an address that leads nowhere, and no DNS record is kept for it.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query 'privateEndpointConnections[].[name,privateLinkServiceConnectionState.status]'",
    fix="Approve a pending connection; a rejected one has to be made anew by its owner:\n"
    "az postgres flexible-server private-endpoint-connection approve --resource-group <group>"
    " --server-name <server> --name <connection> --description approved",
    unknown_when="The endpoint and the server state different things, or neither states a status.",
    sources=(
        "What is a private endpoint, Access to a private-link resource using approval workflow:"
        " https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
    ),
    remedy=endpoints.approve,
    subject=Resource,
    over=_connections,
)
def endpoint_not_approved(facts: Facts, subject: Resource) -> Outcome:
    """Whether the connection is approved by everybody's word."""
    if isinstance(subject, EndpointConnection):
        return _judged(facts, subject, subject.server, _of_connection(subject))
    if isinstance(subject, PrivateEndpoint):
        return _judged(facts, subject, target_of(subject), tuple(_of_endpoint(facts, subject)))
    return OK


def _of_connection(connection: EndpointConnection) -> tuple[Evidence, ...]:
    return (Evidence(connection.id, _STATUS, connection.status),) if connection.status else ()


def _of_endpoint(facts: Facts, endpoint: PrivateEndpoint) -> Iterator[Evidence]:
    for own in endpoint.connections:
        if own.status:
            kind = "manualPrivateLinkServiceConnections"
            path = kind if own.is_manual else "privateLinkServiceConnections"
            yield Evidence(endpoint.id, f"properties.{path}", own.status)
    target = target_of(endpoint)
    for listed in facts.topology.connections_of(target) if target else ():
        if listed.endpoint == endpoint.id:
            yield from _of_connection(listed)


def _judged(
    facts: Facts, subject: Resource, server: ArmId | None, seen: tuple[Evidence, ...]
) -> Outcome:
    words = {str(evidence.value).lower() for evidence in seen}
    name = called(facts, server) if server else "a server"
    if words == {"approved"} and not _is_disputed(facts, subject, server):
        return OK
    if len(words) != 1 or words == {"approved"} or _is_disputed(facts, subject, server):
        return Unknown(
            message=f"Private endpoint {subject.name} of server {name}: {_told(words)}.",
            settle_with=settle(facts, FlexibleServer.KIND, server or subject.id),
            evidence=seen,
            related=(server,) if server else (),
        )
    return Fail(
        message=f"Private endpoint {subject.name} of server {name} is {seen[0].value}, not"
        " Approved.",
        evidence=seen,
        related=(server,) if server else (),
    )


def _told(words: set[str]) -> str:
    """What the sides say, where that settles nothing."""
    if not words:
        return "neither side states a status"
    said = " and ".join(sorted(word.capitalize() for word in words))
    if len(words) > 1:
        return f"the two sides state {said}"
    return f"one side states {said} and the other knows nothing of it, or another status"


def _is_disputed(facts: Facts, subject: Resource, server: ArmId | None) -> bool:
    """Whether a connection's own rows disagree, or the server's list lacks the endpoint."""
    if isinstance(subject, EndpointConnection):
        return subject.is_contradicted
    found = facts.topology.get(FlexibleServer, server)
    ends = server_endpoints(facts, found).all if found is not None else ()
    return any(one.id == subject.id and one.status == "contradicted" for one in ends)
