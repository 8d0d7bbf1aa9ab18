"""AAAA record sets of private zones."""

from pgtopo.sources.kind import Kind, Row
from pgtopo.sources.shapes_records import RecordProperties, record_builder

KIND = Kind(
    arm_type="microsoft.network/privatednszones/aaaa",
    shape=Row[RecordProperties],
    build=record_builder("AAAA"),
    table="dnsresources",
    permission="Microsoft.Network/privateDnsZones/AAAA/read",
    summary="AAAA records of private zones",
)
