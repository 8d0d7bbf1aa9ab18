"""A record sets of private zones."""

from pgtopo.sources.kind import Kind, Row
from pgtopo.sources.shapes_records import RecordProperties, record_builder

KIND = Kind(
    arm_type="microsoft.network/privatednszones/a",
    shape=Row[RecordProperties],
    build=record_builder("A"),
    table="dnsresources",
    permission="Microsoft.Network/privateDnsZones/A/read",
    summary="A records of private zones",
)
