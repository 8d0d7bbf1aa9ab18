"""A record for a server with a private endpoint that holds another address."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import addresses_of
from pgtopo.checks.reading import called, settle
from pgtopo.checks.remedies import endpoints
from pgtopo.checks.scope import is_postgres_domain
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology


def _records(topology: Topology) -> Iterator[RecordSet]:
    """A records of privatelink zones whose label is the name of a server with endpoints."""
    named = {s.name.lower(): s for s in topology.all(FlexibleServer)}
    for zone in topology.all(PrivateZone):
        if not zone.domain.startswith("privatelink.") or not is_postgres_domain(zone.domain):
            continue
        for record in topology.records_of(zone.id):
            server = named.get(record.label)
            if server and record.record_type == "A" and topology.endpoints_of(server.id):
                yield record


@check(
    id="PGT905",
    slug="endpoint-record-with-wrong-address",
    family=Family.ENDPOINT,
    title="Record of a server does not hold its private endpoint's address",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.REFUSED),
    looks_at="A records in privatelink.postgres.database.azure.com with the name of a server,"
    " against the addresses of that server's private endpoints.",
    why="An endpoint that was made anew has a new address. A record kept by hand stays behind and"
    " sends clients to nobody, or to somebody else.",
    client_sees='connection to server at "<server>" (<old address>), port 5432 failed: timeout',
    confirm="az network private-dns record-set a show --resource-group <group>"
    " --zone-name privatelink.postgres.database.azure.com --name <server>",
    fix="Delete the record and let a zone group keep the right one:\n"
    "az network private-dns record-set a delete --resource-group <group>"
    " --zone-name privatelink.postgres.database.azure.com --name <server>\n"
    "az network private-endpoint dns-zone-group create --resource-group <group>"
    " --endpoint-name <endpoint> --name default --private-dns-zone <zone id>"
    " --zone-name postgresql",
    unknown_when="The address of an endpoint is not visible, the server lists an endpoint that is"
    " not in the data, or the record holds the right address beside another one.",
    sources=(
        "Azure private endpoint DNS integration: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-dns-integration",
    ),
    remedy=endpoints.correct_record,
    subject=RecordSet,
    over=_records,
)
def endpoint_record_with_wrong_address(facts: Facts, record: RecordSet) -> Outcome:
    """Whether the record holds addresses of the server's endpoints, and only those."""
    server = _server(facts, record.label)
    endpoints = facts.topology.endpoints_of(server.id) if server else []
    held = [addresses_of(facts, endpoint) for endpoint in endpoints]
    right = frozenset[str]().union(*held)
    wrong = sorted(set(record.addresses) - right)
    if not wrong:
        return OK
    name = f"{record.label}.{private_link_zone(facts)}"
    related = tuple(endpoint.id for endpoint in endpoints)
    evidence = Evidence(record.id, "properties.aRecords", list(record.addresses))
    if not all(held):
        hidden = endpoints[held.index(frozenset())]
        return Unknown(
            message=f"Record {name} holds {wrong[0]}, and the address of endpoint {hidden.name} is"
            " not visible.",
            settle_with=settle(facts, PrivateEndpoint.KIND, hidden.id),
            evidence=(evidence,),
            related=related,
        )
    unseen = _unseen(facts, server)
    if unseen is not None:
        return Unknown(
            message=f"Record {name} holds {wrong[0]}, and endpoint {called(facts, unseen)} of the"
            " server is not in the data.",
            settle_with=settle(facts, PrivateEndpoint.KIND, unseen),
            evidence=(evidence,),
            related=(*related, unseen),
        )
    if right & set(record.addresses):
        return Unknown(
            message=f"Record {name} holds the endpoint's address and {wrong[0]} as well; clients"
            " get either.",
            settle_with=settle(facts, RecordSet.KIND, record.zone),
            evidence=(evidence,),
            related=related,
        )
    return Fail(
        message=f"Record {name} in zone {called(facts, record.zone)} holds {', '.join(wrong)};"
        f" {_owners(len(endpoints))} {', '.join(sorted(right))}.",
        evidence=(
            evidence,
            *(
                Evidence(endpoint.id, "properties.customDnsConfigs", sorted(addresses))
                for endpoint, addresses in zip(endpoints[:5], held, strict=False)
            ),
        ),
        related=(*related, record.zone),
    )


def _owners(count: int) -> str:
    return "the endpoint has" if count == 1 else f"the {count} endpoints have"


def _unseen(facts: Facts, server: FlexibleServer | None) -> ArmId | None:
    """An endpoint that the server lists and whose row is not here: the address may be its own."""
    for listed in facts.topology.connections_of(server.id) if server else ():
        if listed.endpoint and facts.topology.get(PrivateEndpoint, listed.endpoint) is None:
            return listed.endpoint
    return None


def _server(facts: Facts, label: str) -> FlexibleServer | None:
    servers = facts.topology.all(FlexibleServer)
    named = facts.once("servers by name", "", lambda: {s.name.lower(): s for s in servers})
    return named.get(label)
