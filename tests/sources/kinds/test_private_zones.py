"""Private DNS zones, their links and their record sets."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import fold
from tests.sources.kinds.reading import NET, VNET, one, read, ref

NAME = "orders.private.postgres.database.azure.com"
ZONE = f"{NET}/privateDnsZones/{NAME}"
TYPE = "microsoft.network/privatednszones"


def zone(name: str | None = NAME, **properties: Any) -> dict[str, Any]:
    return {
        "id": ZONE,
        "name": name,
        "type": TYPE,
        "location": "global",
        "properties": {
            "numberOfRecordSets": 2,
            "maxNumberOfRecordSets": 25000,
            "numberOfVirtualNetworkLinks": 1,
            "maxNumberOfVirtualNetworkLinks": 1000,
            **properties,
        },
    }


def link(**properties: Any) -> dict[str, Any]:
    return {
        "id": f"{ZONE}/virtualNetworkLinks/link-app",
        "name": "link-app",
        "type": f"{TYPE}/virtualNetworkLinks",
        "location": "global",
        "properties": {
            "provisioningState": "Succeeded",
            "virtualNetworkLinkState": "Completed",
            "registrationEnabled": False,
            "virtualNetwork": {"id": VNET},
            **properties,
        },
    }


def record(kind: str, name: str = "c4f1a7", **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{ZONE}/{kind}/{name}",
        "name": name,
        "type": f"{TYPE}/{kind}",
        "properties": {"ttl": 30, "fqdn": f"{name}.{NAME}.", **properties},
    }


def test_a_zone() -> None:
    found = one(zone(), PrivateZone)
    assert (found.domain, found.location) == (NAME, "global")
    assert (found.records, found.max_records) == (2, 25000)
    assert (found.links, found.max_links) == (1, 1000)


@pytest.mark.parametrize("name", [NAME.upper(), f"{NAME}.", None, ""])
def test_a_zones_domain_is_lower_case_without_a_trailing_dot(name: str | None) -> None:
    assert one(zone(name), PrivateZone).domain == NAME


def test_a_link() -> None:
    found = one(link(resolutionPolicy="NxDomainRedirect"), ZoneLink)
    assert (found.zone, found.network) == (fold(ZONE), fold(VNET))
    assert (found.state, found.provisioning) == ("Completed", "Succeeded")
    assert found.resolution_policy == "NxDomainRedirect"
    assert not found.has_registration


def test_an_a_record() -> None:
    row = record("A", aRecords=[{"ipv4Address": "10.20.1.4"}, {"ipv4Address": "10.20.1.5"}])
    found = one(row, RecordSet)
    assert (found.zone, found.record_type, found.label) == (fold(ZONE), "A", "c4f1a7")
    assert (found.addresses, found.ttl) == (("10.20.1.4", "10.20.1.5"), 30)


def test_an_aaaa_record() -> None:
    found = one(record("AAAA", aaaaRecords=[{"ipv6Address": "fd00::4"}]), RecordSet)
    assert (found.record_type, found.addresses) == ("AAAA", ("fd00::4",))


def test_a_cname_record() -> None:
    row = record("CNAME", "Orders", cnameRecord={"cname": "Psql-Orders.Postgres.Example.COM."})
    found = one(row, RecordSet)
    assert (found.record_type, found.label) == ("CNAME", "orders")
    assert found.target == "psql-orders.postgres.example.com"


def test_an_automatic_record_and_its_creator() -> None:
    creator = f"created by private endpoint pep-orders with resource guid {'0' * 8}"
    row = record("A", isAutoRegistered=True, metadata={"creator": creator, "other": 1})
    found = one(row, RecordSet)
    assert (found.is_auto_registered, found.creator) == (True, creator)
    assert one(record("A", metadata={"creator": 7}), RecordSet).creator == ""


# Quirks of real payloads, by number


def test_quirk_13_type_segments_in_any_case() -> None:
    row = link() | {"type": "Microsoft.Network/privateDnsZones/VIRTUALNETWORKLINKS"}
    row["id"] = row["id"].replace("privateDnsZones", "PrivateDNSZones")
    assert one(row, ZoneLink).zone == fold(ZONE)


def test_quirk_20_one_link_name_in_several_zones() -> None:
    other = link() | {"id": link()["id"].replace("orders", "billing")}
    assert one(link(), ZoneLink).zone != one(other, ZoneLink).zone


def test_quirk_21_a_name_comes_back_in_lower_case() -> None:
    row = link() | {"id": f"{ZONE}/virtualNetworkLinks/Link-App"}
    assert one(row, ZoneLink).id == fold(link()["id"])


def test_quirk_38_a_zone_without_private_in_its_name() -> None:
    row = zone("psql-orders.postgres.database.azure.com")
    assert one(row, PrivateZone).domain == "psql-orders.postgres.database.azure.com"


def test_quirk_70_counters_are_kept_apart_from_link_rows() -> None:
    found = one(zone(numberOfVirtualNetworkLinks=0, numberOfRecordSets=1), PrivateZone)
    assert (found.links, found.records) == (0, 1)
    assert one(zone(numberOfRecordSets=None), PrivateZone).records is None


def test_quirk_71_states_of_a_link() -> None:
    found = one(link(virtualNetworkLinkState="InProgress", registrationEnabled=True), ZoneLink)
    assert (found.state, found.has_registration, found.resolution_policy) == (
        "InProgress",
        True,
        "",
    )
    odd = read(link(virtualNetworkLinkState="Halfway"))
    assert odd.of(ZoneLink)[0].state == "Halfway"
    assert [issue.path for issue in odd.issues] == ["properties.virtualNetworkLinkState"]


def test_quirk_72_an_empty_record_set_at_the_apex() -> None:
    found = one(record("A", "@", aRecords=[], ttl=0), RecordSet)
    assert (found.label, found.addresses, found.ttl) == ("@", (), 0)


def test_quirk_72_null_elements_and_capital_keys() -> None:
    assert one(record("A", aRecords=[None, {"ipv4Address": None}]), RecordSet).addresses == ()
    found = one(record("A", ARecords=[{"ipv4Address": "10.1.1.1"}]), RecordSet)
    assert found.addresses == ("10.1.1.1",)
    alias = one(record("CNAME", CNAMERecord={"cname": "a.example."}), RecordSet)
    assert alias.target == "a.example"


def test_an_address_that_is_none_is_kept_and_noted() -> None:
    found = read(record("A", aRecords=[{"ipv4Address": "10.20.1.400"}]))
    assert found.of(RecordSet)[0].addresses == ("10.20.1.400",)
    assert [issue.path for issue in found.issues] == ["properties.aRecords.ipv4Address"]


def test_a_link_without_a_network() -> None:
    assert one(link(virtualNetwork=ref(None)), ZoneLink).network is None
