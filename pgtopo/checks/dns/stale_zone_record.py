"""A record that points to a place without servers."""

from bisect import bisect_right

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Unknown,
    check,
)
from pgtopo.checks.reading import called, settle
from pgtopo.checks.scope import postgres_endpoints, postgres_records
from pgtopo.model.dns import RecordSet
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import MAX_V4, SpanSet, parse_address, union
from pgtopo.model.network import Subnet, VirtualNetwork


@check(
    id="PGT111",
    slug="stale-zone-record",
    family=Family.DNS,
    title="Record in a zone of servers points to no place of servers",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="The A records of zones that hold servers' names: whether each address lies in a"
    " subnet of servers or of private endpoints to servers.",
    why="Such a record is mostly the rest of a deleted server. It does no harm until its address is"
    " given to somebody else.",
    client_sees="Nothing, unless a client still uses the old name.",
    confirm="az network private-dns record-set a list --resource-group <group> --zone-name <zone>"
    " --query '[].[name,aRecords[].ipv4Address]'",
    fix="Delete the record once you know that no server uses it:\n"
    "az network private-dns record-set a delete --resource-group <group> --zone-name <zone>"
    " --name <label>",
    unknown_when="The address lies in no network that is in the data, or in one with a subnet whose"
    " prefix cannot be read, or whose private endpoints were not all read.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=RecordSet,
    over=postgres_records,
)
def stale_zone_record(facts: Facts, record: RecordSet) -> Outcome:
    """Whether every address of the record lies where servers or endpoints live."""
    if record.record_type != "A" or record.is_auto_registered or not record.addresses:
        return NOT_APPLICABLE
    values = {text: parse_address(text) for text in record.addresses}
    lost = {t: v for t, v in values.items() if v is None or not _holds(_places(facts), v)}
    if not lost:
        return OK
    name = f"{record.label} in zone {called(facts, record.zone)}"
    evidence = Evidence(record.id, "properties.aRecords", list(record.addresses))
    hidden = [t for t, v in lost.items() if v is None or not _holds(_space(facts), v)]
    if hidden:
        return Unknown(
            message=f"Record {name} holds {', '.join(hidden)}, which lies in no network"
            " that was read in full.",
            settle_with="Reader on the network that owns the address, then collect again",
            evidence=(evidence,),
            related=(record.zone,),
        )
    place = _unread_place(facts, [v for v in lost.values() if v is not None])
    if place is not None:
        return Unknown(
            message=f"Record {name} holds {', '.join(lost)}; whether a private endpoint lives"
            f" there is open: those in {called(facts, place)} were not all read.",
            settle_with=settle(facts, PrivateEndpoint.KIND, place),
            evidence=(evidence,),
            related=(record.zone,),
        )
    return Fail(
        message=f"Record {name} holds {', '.join(lost)}, where neither servers nor"
        " endpoints to servers live.",
        evidence=(evidence,),
        related=(record.zone,),
    )


def _unread_place(facts: Facts, values: list[int]) -> ArmId | None:
    """A network that holds one of these addresses and whose endpoints were not all read."""
    read = facts.topology.coverage.is_read
    places = (n for n in facts.topology.all(VirtualNetwork) if any(v in n.space for v in values))
    return next((n.id for n in places if not read(PrivateEndpoint.KIND, n.id)), None)


def _holds(space: SpanSet, value: int) -> bool:
    """Whether a large set holds a value, by bisection."""
    at = bisect_right(space.spans, (value, MAX_V4))
    return at > 0 and space.spans[at - 1].high >= value


def _places(facts: Facts) -> SpanSet:
    """The addresses of every subnet of servers or of private endpoints to servers."""

    def gather() -> SpanSet:
        topology = facts.topology
        wanted = {endpoint.subnet for endpoint in postgres_endpoints(topology)}
        return union(
            subnet.space
            for subnet in topology.all(Subnet)
            if subnet.is_pg_delegated or subnet.id in wanted or topology.servers_in(subnet.id)
        )

    return facts.once("places of servers", "", gather)


def _space(facts: Facts) -> SpanSet:
    """The addresses of all networks whose subnets are all known, their prefixes included."""
    topology = facts.topology

    def is_read(network: ArmId) -> bool:
        held = topology.subnets_of(network)
        return topology.coverage.is_read(Subnet.KIND, network) and not any(
            subnet.unread_prefixes or not subnet.prefixes for subnet in held
        )

    def gather() -> SpanSet:
        networks = topology.all(VirtualNetwork)
        return union(n.space for n in networks if is_read(n.id))

    return facts.once("space of networks", "", gather)
