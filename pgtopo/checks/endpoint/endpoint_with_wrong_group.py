"""A private endpoint with another sub-resource than postgresqlServer."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import target_of
from pgtopo.checks.reading import settle
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint

_GROUP = "postgresqlserver"


@check(
    id="PGT903",
    slug="endpoint-with-wrong-group",
    family=Family.ENDPOINT,
    title="Private endpoint names another sub-resource than postgresqlServer",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The group ids of private endpoints that lead to flexible servers.",
    why="A flexible server offers one sub-resource to private endpoints: postgresqlServer. Any"
    " other leads to nothing.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az network private-endpoint show --resource-group <group> --name <endpoint>"
    " --query 'privateLinkServiceConnections[].groupIds'",
    fix="The group of an endpoint cannot be changed. Make it anew:\n"
    "az network private-endpoint create --resource-group <group> --name <endpoint>"
    " --vnet-name <network> --subnet <subnet> --private-connection-resource-id <server id>"
    " --group-id postgresqlServer --connection-name <connection>",
    unknown_when="The endpoint's row lists no group.",
    sources=(
        "What is a private endpoint, Private-link resource: https://learn.microsoft.com/azure/"
        "private-link/private-endpoint-overview",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_with_wrong_group(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether every group is postgresqlServer."""
    groups = [group for c in endpoint.connections for group in c.groups]
    if not groups:
        return Unknown(
            message=f"Private endpoint {endpoint.name} does not state its sub-resource.",
            settle_with=settle(facts, PrivateEndpoint.KIND, endpoint.id),
        )
    wrong = [group for group in groups if group.lower() != _GROUP]
    if not wrong:
        return OK
    is_manual = endpoint.connections[0].is_manual
    kind = "manualPrivateLinkServiceConnections" if is_manual else "privateLinkServiceConnections"
    target = target_of(endpoint)
    return Fail(
        message=f"Private endpoint {endpoint.name} leads to sub-resource {wrong[0]}; servers have"
        " postgresqlServer only.",
        evidence=(Evidence(endpoint.id, f"properties.{kind}", wrong),),
        related=(target,) if target else (),
    )
