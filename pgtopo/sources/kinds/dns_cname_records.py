"""CNAME record sets of private zones."""

from pgtopo.sources.kind import Kind, Row
from pgtopo.sources.shapes_records import RecordProperties, record_builder

KIND = Kind(
    arm_type="microsoft.network/privatednszones/cname",
    shape=Row[RecordProperties],
    build=record_builder("CNAME"),
    table="dnsresources",
    permission="Microsoft.Network/privateDnsZones/CNAME/read",
    summary="CNAME records of private zones",
)
