"""Flexible servers: every body shape that was seen, and the mode that follows from it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pgtopo.model.ids import fold
from pgtopo.model.server import (
    EndpointConnection,
    FlexibleServer,
    Mode,
    finish,
    server_mode,
)
from tests.sources.kinds.reading import NET, SERVER, SUBNET, one, read

ZONE = f"{NET}/privateDnsZones/orders.private.postgres.database.azure.com"
TYPE = "microsoft.dbforpostgresql/flexibleservers"
ENDPOINT = f"{NET}/privateEndpoints/pep-orders"


def server(**properties: Any) -> dict[str, Any]:
    return {
        "id": SERVER,
        "name": "psql-orders-weu",
        "type": TYPE,
        "location": "West Europe",
        "sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"},
        "tags": {"owner": "orders"},
        "properties": {
            "state": "Ready",
            "fullyQualifiedDomainName": "psql-orders-weu.postgres.database.azure.com",
            "version": "16",
            "minorVersion": "8",
            "availabilityZone": "1",
            "network": {
                "delegatedSubnetResourceId": SUBNET,
                "privateDnsZoneArmResourceId": ZONE,
                "publicNetworkAccess": "Disabled",
            },
            "highAvailability": {
                "mode": "ZoneRedundant",
                "state": "Healthy",
                "standbyAvailabilityZone": "2",
            },
            "replicationRole": "Primary",
            "replica": {"role": "Primary", "capacity": 5},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled"},
            "backup": {"geoRedundantBackup": "Enabled", "backupRetentionDays": 14},
            "dataEncryption": {
                "type": "AzureKeyVault",
                "primaryEncryptionKeyStatus": "Valid",
            },
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 0},
            "privateEndpointConnections": [],
            **properties,
        },
    }


def connection(name: str, status: str, endpoint: str = ENDPOINT) -> dict[str, Any]:
    return {
        "id": f"{SERVER}/privateEndpointConnections/{name}",
        "name": name,
        "properties": {
            "privateEndpoint": {"id": endpoint},
            "groupIds": ["postgresqlServer"],
            "privateLinkServiceConnectionState": {"status": status, "description": None},
        },
    }


def test_a_server_in_a_delegated_subnet() -> None:
    found = one(server(), FlexibleServer)
    assert found.id == fold(SERVER)
    assert found.name == "psql-orders-weu"
    assert found.location == "westeurope"
    assert found.mode is Mode.VNET
    assert (found.subnet, found.zone) == (fold(SUBNET), fold(ZONE))
    assert (found.state, found.version, found.minor_version) == ("Ready", "16", "8")
    assert found.fqdn == "psql-orders-weu.postgres.database.azure.com"
    assert (found.sku, found.tier) == ("Standard_D4ds_v5", "GeneralPurpose")
    assert (found.ha_mode, found.ha_state, found.standby_zone) == ("ZoneRedundant", "Healthy", "2")
    assert found.has_ha
    assert found.has_entra
    assert found.password_auth == "Disabled"
    assert (found.role, found.is_replica) == ("Primary", False)
    assert (found.geo_backup, found.encryption, found.key_status) == (
        "Enabled",
        "AzureKeyVault",
        "Valid",
    )
    assert found.custom_window == "Enabled"
    assert found.connections == ()
    assert found.tags == {"owner": "orders"}
    assert not found.is_preview_body


def test_a_replica_names_its_source() -> None:
    source = f"{SERVER}-primary"
    row = server(
        replicationRole="AsyncReplica",
        sourceServerResourceId=source,
        replica={"role": "AsyncReplica", "replicationState": "Active", "promoteMode": "switchover"},
    )
    found = one(row, FlexibleServer)
    assert found.is_replica
    assert found.source_server == fold(source)
    assert found.replication_state == "Active"


@pytest.mark.parametrize(
    ("network", "connections", "mode"),
    [
        ({"publicNetworkAccess": "Enabled"}, [], Mode.PUBLIC),
        ({"publicNetworkAccess": "enabled"}, [], Mode.PUBLIC),
        ({"publicNetworkAccess": "Disabled"}, [], Mode.UNKNOWN),
        ({"publicNetworkAccess": "Enabled"}, ["Approved"], Mode.PRIVATE_ENDPOINT),
        ({"publicNetworkAccess": "Disabled"}, ["Pending"], Mode.PRIVATE_ENDPOINT),
        ({"delegatedSubnetResourceId": SUBNET}, [], Mode.VNET),
        ({"delegatedSubnetResourceId": SUBNET}, ["Approved"], Mode.VNET),
        ({}, [], Mode.UNKNOWN),
    ],
)
def test_the_mode_follows_from_subnet_endpoints_and_public_access(
    network: dict[str, str], connections: list[str], mode: Mode
) -> None:
    listed = [connection(f"pep-{n}", status) for n, status in enumerate(connections)]
    found = read(server(network=network, privateEndpointConnections=listed))
    assert found.of(FlexibleServer)[0].mode is mode


def test_listed_connections_become_resources() -> None:
    found = read(server(privateEndpointConnections=[connection("pep-orders.1f", "Approved")]))
    (made,) = found.of(EndpointConnection)
    (held,) = found.of(FlexibleServer)
    assert held.connections == (made.id,)
    assert made.server == held.id
    assert made.endpoint == fold(ENDPOINT)
    assert (made.groups, made.status) == (("postgresqlServer",), "Approved")


def test_a_listed_connection_without_an_id_gets_one_from_its_name() -> None:
    nameless = connection("pep-a", "Approved") | {"id": None}
    lost = connection("pep-b", "Approved") | {"id": None, "name": ""}
    found = read(server(privateEndpointConnections=[nameless, None, lost]))
    (made,) = found.of(EndpointConnection)
    assert made.id == fold(f"{SERVER}/privateEndpointConnections/pep-a")


def test_finish_counts_connections_with_rows_of_their_own() -> None:
    network = {"publicNetworkAccess": "Disabled"}
    held = one(server(network=network, privateEndpointConnections=None), FlexibleServer)
    row = connection("pep-orders", "Approved") | {"type": f"{TYPE}/privateEndpointConnections"}
    made = one(row, EndpointConnection)
    done = finish(held, [made])
    assert done.mode is Mode.PRIVATE_ENDPOINT
    assert done.connections == (made.id,)
    assert finish(held, [], []) is held


def test_finish_counts_an_endpoint_that_targets_a_server_without_a_list() -> None:
    row = server(network={"publicNetworkAccess": "Enabled"})
    listed = one(row, FlexibleServer)
    del row["properties"]["privateEndpointConnections"]
    silent = one(row, FlexibleServer)
    assert silent.connections is None
    assert finish(silent, [], [fold(ENDPOINT)]).mode is Mode.PRIVATE_ENDPOINT
    assert finish(listed, [], [fold(ENDPOINT)]).mode is Mode.PUBLIC


def test_finish_leaves_an_injected_server_injected() -> None:
    held = one(server(), FlexibleServer)
    assert finish(held, [], [fold(ENDPOINT)]) is held


@pytest.mark.parametrize("word", ["", "string", "Disabled", "perhaps"])
def test_only_enabled_makes_a_server_public(word: str) -> None:
    assert server_mode(None, has_endpoint=False, public_access=word) is Mode.UNKNOWN


# Quirks of real payloads, by number


def test_quirk_05_empty_and_null_mean_the_same() -> None:
    row = server(availabilityZone=None, minorVersion="", privateEndpointConnections=None)
    row |= {"tags": None, "sku": None, "kind": "", "zones": None, "identity": None}
    found = one(row, FlexibleServer)
    assert (found.availability_zone, found.minor_version, found.sku) == ("", "", "")
    assert found.tags == {}
    assert found.connections is None


def test_quirk_19_a_row_without_properties_is_a_server_of_unknown_mode() -> None:
    found = one({"id": SERVER, "type": TYPE}, FlexibleServer)
    assert (found.name, found.mode, found.state) == ("psql-orders-weu", Mode.UNKNOWN, "")


def test_quirk_22_locations_are_compared_without_blanks_and_case() -> None:
    found = one(server() | {"location": "East US 2 EUAP"}, FlexibleServer)
    assert found.location == "eastus2euap"


def test_quirk_27_without_a_network_the_mode_is_unknown() -> None:
    row = server()
    del row["properties"]["network"]
    assert one(row, FlexibleServer).mode is Mode.UNKNOWN


def test_quirk_27_a_subnet_is_enough_without_public_access() -> None:
    found = one(server(network={"delegatedSubnetResourceId": SUBNET}), FlexibleServer)
    assert (found.mode, found.public_access) == (Mode.VNET, "")


def test_quirk_28_a_thin_replica_body_is_neither_public_nor_injected() -> None:
    row = {
        "id": f"{SERVER}-replica",
        "name": "psql-orders-weu-replica",
        "type": TYPE,
        "sku": {"name": ""},
        "properties": {
            "replicationRole": "AsyncReplica",
            "network": {"publicNetworkAccess": "Disabled"},
        },
    }
    found = one(row, FlexibleServer)
    assert found.mode is Mode.UNKNOWN
    assert (found.public_access, found.fqdn, found.version, found.has_ha) == (
        "Disabled",
        "",
        "",
        False,
    )


@pytest.mark.parametrize(
    "availability", [None, {"mode": "Disabled"}, {"mode": "Disabled", "state": ""}, {}]
)
def test_quirk_29_high_availability_may_say_little(availability: dict[str, str] | None) -> None:
    found = one(server(highAvailability=availability, availabilityZone=None), FlexibleServer)
    assert not found.has_ha
    assert found.ha_state == ""


def test_quirk_30_an_absent_list_of_connections_is_not_an_empty_one() -> None:
    row = server(storage={"type": ""})
    assert one(row, FlexibleServer).connections == ()
    del row["properties"]["privateEndpointConnections"]
    assert one(row, FlexibleServer).connections is None


def preview(**properties: Any) -> dict[str, Any]:
    return {
        "id": SERVER,
        "name": "psql-orders-weu",
        "type": TYPE,
        "location": "West Europe",
        "sku": {"name": "Standard_D4s_v3", "tier": "GeneralPurpose"},
        "properties": {
            "fullyQualifiedDomainName": "psql-orders-weu.postgres.database.azure.com",
            "version": "12",
            "state": "Ready",
            "haState": "NotEnabled",
            "haEnabled": "Disabled",
            "publicNetworkAccess": "Disabled",
            "delegatedSubnetArguments": {"subnetArmResourceId": SUBNET},
            "storageProfile": {"storageMB": 131072, "geoRedundantBackup": "Enabled"},
            **properties,
        },
    }


def test_quirk_33_the_preview_body_of_an_injected_server() -> None:
    found = one(preview(), FlexibleServer)
    assert (found.mode, found.subnet, found.zone) == (Mode.VNET, fold(SUBNET), None)
    assert found.public_access == "Disabled"
    assert found.geo_backup == "Enabled"
    assert not found.has_ha
    assert found.is_preview_body


def test_quirk_33_the_preview_body_of_a_public_server() -> None:
    row = preview(publicNetworkAccess="Enabled", haEnabled="Enabled", haState="Healthy")
    del row["properties"]["delegatedSubnetArguments"]
    found = one(row, FlexibleServer)
    assert (found.mode, found.has_ha, found.ha_state) == (Mode.PUBLIC, True, "Healthy")
    assert found.is_preview_body


def test_quirk_33_a_later_preview_names_the_zone_apart() -> None:
    row = preview(privateDnsZoneArguments={"privateDnsZoneArmResourceId": ZONE})
    assert one(row, FlexibleServer).zone == fold(ZONE)


@pytest.mark.parametrize("top", [None, "", "GeoAsyncReplica"])
def test_quirk_34_the_role_may_stand_in_the_replica_block(top: str | None) -> None:
    row = server(replicationRole=top, replica={"role": "GeoAsyncReplica"})
    found = one(row, FlexibleServer)
    assert (found.role, found.is_replica) == ("GeoAsyncReplica", True)


def test_quirk_35_sku_keys_in_capitals() -> None:
    found = one(server() | {"sku": {"Name": "Standard_B2s", "Tier": "Burstable"}}, FlexibleServer)
    assert (found.sku, found.tier) == ("Standard_B2s", "Burstable")


def test_quirk_36_an_elastic_cluster_is_one_server() -> None:
    name = "psql-orders-weu.abc123.postgres.cosmos.azure.com"
    found = one(server(cluster={"clusterSize": 2}, fullyQualifiedDomainName=name), FlexibleServer)
    assert (found.cluster_size, found.fqdn) == (2, name)


def test_quirk_41_pending_on_one_side_and_rejected_on_the_other() -> None:
    listed = read(server(privateEndpointConnections=[connection("pep-orders.1f", "Pending")]))
    row = connection("pep-orders.1f", "Rejected")
    own = one(row | {"type": f"{TYPE}/privateEndpointConnections"}, EndpointConnection)
    (inline,) = listed.of(EndpointConnection)
    assert inline.id == own.id
    assert (inline.status, own.status) == ("Pending", "Rejected")


def test_quirk_42_placeholders_are_not_values() -> None:
    network = {
        "delegatedSubnetResourceId": "string",
        "privateDnsZoneArmResourceId": "string",
        "publicNetworkAccess": "string",
    }
    found = read(server(network=network))
    (held,) = found.of(FlexibleServer)
    assert (held.subnet, held.zone, held.mode) == (None, None, Mode.UNKNOWN)
    assert held.public_access == "string"
    assert [issue.path for issue in found.issues] == [
        "properties.network.delegatedSubnetResourceId",
        "properties.network.publicNetworkAccess",
        "properties.network.privateDnsZoneArmResourceId",
    ]


def test_quirk_43_contradictions_are_kept_as_written() -> None:
    row = preview(haEnabled="Enabled", haState="NotEnabled")
    found = one(row, FlexibleServer)
    assert (found.has_ha, found.ha_state) == (True, "NotEnabled")


def test_unknown_words_are_kept_and_noted() -> None:
    found = read(server(state="Hibernating", replicationRole="Witness"))
    (held,) = found.of(FlexibleServer)
    assert (held.state, held.role) == ("Hibernating", "Witness")
    assert {issue.path for issue in found.issues} == {
        "properties.state",
        "properties.replicationRole",
    }


def test_resources_do_not_change_once_made() -> None:
    held = one(server(), FlexibleServer)
    changed = msgspec.structs.replace(held, state="Stopped")
    assert (held.state, changed.state) == ("Ready", "Stopped")
