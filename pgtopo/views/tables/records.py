"""`list records`: the address and alias records of the private zones."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, owner_shown, short


class RecordItem(msgspec.Struct, frozen=True, kw_only=True):
    """One record set."""

    id: str
    name: str
    fqdn: str
    type: str
    values: list[str]
    """Addresses, or the one target of an alias."""
    ttl: int | None
    auto_registered: bool
    zone: str


def items(facts: Facts) -> list[RecordItem]:
    """Every A, AAAA and CNAME record set, ordered by id."""
    topology = facts.topology
    return [
        RecordItem(
            id=topology.display(record.id),
            name=record.name,
            fqdn=_fqdn(topology, record),
            type=record.record_type,
            values=[record.target] if record.target else list(record.addresses),
            ttl=record.ttl,
            auto_registered=record.is_auto_registered,
            zone=owner_shown(topology, record.id, record.zone),
        )
        for record in topology.all(RecordSet)
    ]


def _fqdn(topology: Topology, record: RecordSet) -> str:
    domain = _domain(topology, record.zone)
    return domain if record.label == "@" else f"{record.label}.{domain}"


def _domain(topology: Topology, zone: ArmId) -> str:
    known = topology.get(PrivateZone, zone)
    return known.domain if known else name_of(zone)


TABLE = Table(
    kind="records",
    title="records of private zones",
    item=RecordItem,
    items=items,
    columns=(
        Column("NAME", lambda i: i.name),
        Column("TYPE", lambda i: i.type),
        Column("VALUES", lambda i: i.values),
        Column("TTL", lambda i: i.ttl, is_number=True),
        Column("ZONE", lambda i: short(i.zone)),
    ),
    if_empty="no A, AAAA or CNAME record set is in these files",
)
