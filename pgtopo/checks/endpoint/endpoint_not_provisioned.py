"""A private endpoint that was not provisioned, or has no interface."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import addresses_of, target_of
from pgtopo.checks.reading import settle, unread
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.network import NetworkInterface


@check(
    id="PGT912",
    slug="endpoint-not-provisioned",
    family=Family.ENDPOINT,
    title="Private endpoint was not provisioned or has no interface",
    severity=Severity.ERROR,
    grading="Warning while Azure is still at work on it (Creating, Updating), else error.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="provisioningState and network interfaces of private endpoints to flexible servers.",
    why="An endpoint that failed to be made has no interface and thus no address: nothing answers"
    " for the server in that network.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az network private-endpoint show --resource-group <group> --name <endpoint>"
    " --query '[provisioningState,networkInterfaces]'",
    fix="Delete the endpoint and make it anew:\n"
    "az network private-endpoint delete --resource-group <group> --name <endpoint>\n"
    "az network private-endpoint create --resource-group <group> --name <endpoint>"
    " --vnet-name <network> --subnet <subnet> --private-connection-resource-id <server id>"
    " --group-id postgresqlServer --connection-name <connection>",
    unknown_when="The endpoint's row states no provisioningState, or it lists no interface and"
    " interfaces were not read.",
    sources=(
        "Manage Azure private endpoints: https://learn.microsoft.com/azure/private-link/"
        "manage-private-endpoint",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_not_provisioned(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether the endpoint Succeeded and has an interface."""
    state = endpoint.provisioning.lower()
    if not state:
        return Unknown(
            message=f"Private endpoint {endpoint.name} states no provisioningState.",
            settle_with=settle(facts, PrivateEndpoint.KIND, endpoint.id),
        )
    target = target_of(endpoint)
    evidence = Evidence(endpoint.id, "properties.provisioningState", endpoint.provisioning)
    if state != "succeeded":
        is_busy = state in ("creating", "updating")
        return Fail(
            message=f"Private endpoint {endpoint.name} is {endpoint.provisioning}.",
            severity=Severity.WARNING if is_busy else Severity.ERROR,
            evidence=(evidence,),
            related=(target,) if target else (),
        )
    if endpoint.nics or addresses_of(facts, endpoint) or _has_interface(facts, endpoint):
        return OK
    missing = unread(facts, NetworkInterface.KIND, endpoint.id)
    return missing or Fail(
        message=f"Private endpoint {endpoint.name} has no network interface.",
        evidence=(Evidence(endpoint.id, "properties.networkInterfaces"), evidence),
        related=(target,) if target else (),
    )


def _has_interface(facts: Facts, endpoint: PrivateEndpoint) -> bool:
    """Whether an interface names the endpoint as its owner."""
    held = facts.topology.index(
        "nics by endpoint", NetworkInterface, lambda nic: (nic.private_endpoint,)
    )
    return bool(held.get(endpoint.id))
