"""Record sets of private zones: three ARM types with one body."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from pgtopo.model.dns import RecordSet
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.sources.kind import Built, Edge, Row, Wire
from pgtopo.sources.shapes import domain, present, texts


class ARecord(Wire, frozen=True):
    """One IPv4 address."""

    ipv4_address: str | None = None


class AaaaRecord(Wire, frozen=True):
    """One IPv6 address."""

    ipv6_address: str | None = None


class CnameRecord(Wire, frozen=True):
    """The name an alias stands for."""

    cname: str | None = None


class RecordProperties(Wire, frozen=True):
    """The properties of a record set."""

    ttl: int | None = None
    is_auto_registered: bool | None = None
    metadata: dict[str, Any] | None = None
    a_records: list[ARecord | None] | None = None
    aaaa_records: list[AaaaRecord | None] | None = None
    cname_record: CnameRecord | None = None
    # The spelling of older ARM answers:
    a_records_capital: list[ARecord | None] | None = msgspec.field(default=None, name="ARecords")
    aaaa_records_capital: list[AaaaRecord | None] | None = msgspec.field(
        default=None, name="AAAARecords"
    )
    cname_record_capital: CnameRecord | None = msgspec.field(default=None, name="CNAMERecord")


def record_builder(
    record_type: str,
) -> Callable[[Row[RecordProperties], Edge], Iterable[Built]]:
    """How a row of one record type becomes a record set."""

    def build(row: Row[RecordProperties], edge: Edge) -> Iterable[Built]:
        found = row.properties or RecordProperties()
        head = edge.head(row)
        alias = found.cname_record or found.cname_record_capital
        yield RecordSet(
            id=head.id,
            name=head.name,
            location=head.location,
            origin=head.origin,
            zone=ancestor(head.id, "privatednszones") or parent_of(head.id),
            record_type=record_type,
            label=domain(head.name),
            addresses=_addresses(found, edge),
            target=domain(alias.cname) if alias else "",
            ttl=found.ttl,
            is_auto_registered=found.is_auto_registered is True,
            creator=_creator(found.metadata),
        )

    return build


def _addresses(found: RecordProperties, edge: Edge) -> tuple[str, ...]:
    older = found.a_records_capital
    addresses = texts(one.ipv4_address for one in present(found.a_records or older))
    for text in addresses:
        edge.address(text, "properties.aRecords.ipv4Address")
    older_six = found.aaaa_records_capital
    six = texts(one.ipv6_address for one in present(found.aaaa_records or older_six))
    return (*addresses, *six)


def _creator(metadata: dict[str, Any] | None) -> str:
    creator = metadata.get("creator") if metadata else None
    return creator if isinstance(creator, str) else ""
