"""A reader name that leads to the primary."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import called, settle
from pgtopo.model.ids import name_of
from pgtopo.model.server import VirtualEndpoint


@check(
    id="PGT708",
    slug="virtual-endpoint-reads-from-primary",
    family=Family.SERVER,
    title="Reader name of a virtual endpoint leads to the primary",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The members of each virtual endpoint against the name of the server it belongs to.",
    why="A reader that points at the primary gives no relief, and it stops the promotion of a"
    " replica to primary.",
    client_sees="Nothing until a promotion, which is refused.",
    confirm="az postgres flexible-server virtual-endpoint show --resource-group <group>"
    " --server-name <server> --name <virtual endpoint>",
    fix="az postgres flexible-server virtual-endpoint update --resource-group <group>"
    " --server-name <server> --name <virtual endpoint> --endpoint-type ReadWrite"
    " --members <replica>",
    unknown_when="The virtual endpoint lists no member.",
    sources=(
        "Virtual endpoints for read replicas: https://learn.microsoft.com/azure/postgresql/"
        "read-replica/concepts-read-replicas-virtual-endpoints",
    ),
    subject=VirtualEndpoint,
)
def virtual_endpoint_reads_from_primary(facts: Facts, endpoint: VirtualEndpoint) -> Outcome:
    """Whether the reader name leads to another server than the primary."""
    if not endpoint.members:
        return Unknown(
            message=f"Virtual endpoint {endpoint.name} of {called(facts, endpoint.server)} lists"
            " no member.",
            settle_with=settle(facts, VirtualEndpoint.KIND, endpoint.server),
        )
    primary = name_of(endpoint.server)
    if any(member != primary for member in endpoint.members):
        return OK
    return Fail(
        message=f"The reader name of virtual endpoint {endpoint.name} leads to"
        f" {called(facts, endpoint.server)}, the primary itself.",
        evidence=(Evidence(endpoint.id, "properties.members", list(endpoint.members)),),
        related=(endpoint.server,),
    )
