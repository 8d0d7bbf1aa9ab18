"""Private endpoints, their zone groups and network interfaces."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.endpoint import PrivateEndpoint, ZoneGroup
from pgtopo.model.ids import fold
from pgtopo.model.network import NetworkInterface
from tests.sources.kinds.reading import NET, SERVER, SUBNET, one, read, ref

ENDPOINT = f"{NET}/privateEndpoints/pep-orders"
TYPE = "microsoft.network/privateendpoints"
ZONE = f"{NET}/privateDnsZones/privatelink.postgres.database.azure.com"


def connection(status: str | None = "Approved", target: str = SERVER) -> dict[str, Any]:
    return {
        "name": "pep-orders",
        "properties": {
            "privateLinkServiceId": target,
            "groupIds": ["postgresqlServer"],
            "privateLinkServiceConnectionState": {"status": status, "description": None},
        },
    }


def endpoint(**properties: Any) -> dict[str, Any]:
    return {
        "id": ENDPOINT,
        "name": "pep-orders",
        "type": TYPE,
        "location": "westeurope",
        "properties": {
            "provisioningState": "Succeeded",
            "subnet": {"id": SUBNET},
            "networkInterfaces": [{"id": f"{NET}/networkInterfaces/pep-orders-nic"}],
            "privateLinkServiceConnections": [connection()],
            "manualPrivateLinkServiceConnections": [],
            "customDnsConfigs": [
                {
                    "fqdn": "Psql-Orders.postgres.database.azure.com",
                    "ipAddresses": ["10.20.2.5", None],
                }
            ],
            **properties,
        },
    }


def test_an_endpoint() -> None:
    found = one(endpoint(), PrivateEndpoint)
    assert found.subnet == fold(SUBNET)
    assert found.nics == (fold(f"{NET}/networkInterfaces/pep-orders-nic"),)
    (made,) = found.connections
    assert (made.target, made.groups) == (fold(SERVER), ("postgresqlServer",))
    assert (made.status, made.is_manual) == ("Approved", False)
    assert found.dns_configs == (("psql-orders.postgres.database.azure.com", ("10.20.2.5",)),)
    assert found.provisioning == "Succeeded"


def test_fixed_addresses_and_groups_of_an_endpoint() -> None:
    asg = f"{NET}/applicationSecurityGroups/asg-pe"
    row = endpoint(
        ipConfigurations=[
            {"name": "a", "properties": {"privateIPAddress": "10.20.2.9", "groupId": "x"}},
            {"name": "b"},
            None,
        ],
        applicationSecurityGroups=[ref(asg), None],
    )
    found = one(row, PrivateEndpoint)
    assert (found.static_addresses, found.asgs) == (("10.20.2.9",), (fold(asg),))


@pytest.mark.parametrize("status", ["Pending", "Rejected", "Disconnected"])
def test_quirk_41_manual_connections_are_in_the_other_list(status: str) -> None:
    row = endpoint(
        privateLinkServiceConnections=[],
        manualPrivateLinkServiceConnections=[connection(status)],
    )
    (made,) = one(row, PrivateEndpoint).connections
    assert (made.status, made.is_manual, made.target) == (status, True, fold(SERVER))


@pytest.mark.parametrize("lists", [{}, {"privateLinkServiceConnections": None}])
def test_quirk_24_an_endpoint_without_connections(lists: dict[str, None]) -> None:
    row = endpoint(**lists)
    del row["properties"]["privateLinkServiceConnections"]
    assert one(row, PrivateEndpoint).connections == ()


def test_quirk_31_a_connection_may_have_no_state() -> None:
    blank = {"name": "x", "properties": {"privateLinkServiceId": SERVER}}
    row = endpoint(privateLinkServiceConnections=[blank, connection(None), {"name": "y"}, None])
    assert [made.status for made in one(row, PrivateEndpoint).connections] == ["", "", ""]


def test_quirk_42_a_placeholder_target_is_no_target() -> None:
    found = read(endpoint(privateLinkServiceConnections=[connection(target="string")]))
    (held,) = found.of(PrivateEndpoint)
    assert held.connections[0].target is None
    assert [issue.path for issue in found.issues] == [
        "properties.privateLinkServiceConnections.privateLinkServiceId"
    ]


def group(*configs: Any, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"{ENDPOINT}/privateDnsZoneGroups/default",
        "name": "default",
        "type": f"{TYPE}/privateDnsZoneGroups",
        "properties": {"privateDnsZoneConfigs": list(configs)},
        **fields,
    }


def test_a_zone_group() -> None:
    config = {"name": "pg", "properties": {"privateDnsZoneId": ZONE, "recordSets": [{}]}}
    found = one(group(config), ZoneGroup)
    assert (found.endpoint, found.zones) == (fold(ENDPOINT), (fold(ZONE),))


def test_quirk_73_a_zone_group_with_little_in_it() -> None:
    empty = {"name": "a", "properties": {"privateDnsZoneId": ZONE, "recordSets": []}}
    half = {"name": "b", "properties": {"privateDnsZoneId": None}}
    assert one(group(empty, half, None, {"name": "c"}), ZoneGroup).zones == (fold(ZONE),)
    assert one(group(properties=None), ZoneGroup).zones == ()


# Network interfaces


def configuration(name: str = "ipconfig1", **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{NET}/networkInterfaces/nic-app/ipConfigurations/{name}",
        "name": name,
        "properties": {
            "privateIPAddress": "10.20.5.4",
            "subnet": {"id": SUBNET},
            "primary": True,
            **properties,
        },
    }


def nic(*configurations: Any, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{NET}/networkInterfaces/nic-app",
        "name": "nic-app",
        "type": "microsoft.network/networkinterfaces",
        "location": "westeurope",
        "properties": {"ipConfigurations": list(configurations), **properties},
    }


def test_an_interface_of_a_machine() -> None:
    vm = "/subscriptions/s/resourceGroups/some-rg/providers/Microsoft.Compute/virtualMachines/vm"
    asg = f"{NET}/applicationSecurityGroups/asg-app"
    row = nic(
        configuration(
            applicationSecurityGroups=[ref(asg)],
            publicIPAddress=ref(f"{NET}/publicIPAddresses/pip"),
        ),
        virtualMachine=ref(vm),
        networkSecurityGroup=ref(f"{NET}/networkSecurityGroups/nsg-nic"),
        enableIPForwarding=True,
        dnsSettings={"dnsServers": ["AzureProvidedDNS"], "appliedDnsServers": ["10.0.0.4", None]},
    )
    found = one(row, NetworkInterface)
    assert (found.vm, found.nsg) == (fold(vm), fold(f"{NET}/networkSecurityGroups/nsg-nic"))
    assert found.has_ip_forwarding
    assert found.dns_servers == ("AzureProvidedDNS",)
    assert found.applied_dns_servers == ("10.0.0.4",)
    (made,) = found.configurations
    assert (made.address, made.subnet, made.is_primary) == (0x0A140504, fold(SUBNET), True)
    assert made.asgs == (fold(asg),)
    assert made.public_ip == fold(f"{NET}/publicIPAddresses/pip")


def test_an_interface_of_an_endpoint() -> None:
    names = {"groupId": "postgresqlServer", "fqdns": ["Psql.postgres.database.azure.com."]}
    row = nic(configuration(privateLinkConnectionProperties=names), privateEndpoint=ref(ENDPOINT))
    found = one(row, NetworkInterface)
    assert found.private_endpoint == fold(ENDPOINT)
    assert found.configurations[0].fqdns == ("psql.postgres.database.azure.com",)


def test_quirk_11_a_machine_is_found_whatever_the_case_of_its_group() -> None:
    vm = "/subscriptions/s/resourceGroups/SOME-RG/providers/Microsoft.Compute/virtualMachines/VM"
    assert one(nic(virtualMachine=ref(vm)), NetworkInterface).vm == fold(vm.lower())


def test_quirk_48_an_interface_with_two_families() -> None:
    row = nic(
        configuration(),
        configuration("v6", privateIPAddress="ace:cab:deca::5", primary=False),
    )
    first, second = one(row, NetworkInterface).configurations
    assert first.address == 0x0A140504
    assert (second.address, second.is_primary) == (None, False)


def test_quirk_74_a_small_p_in_the_address_is_read_as_well() -> None:
    row = nic(configuration(privateIPAddress=None, privateIpAddress="10.20.5.9"))
    assert one(row, NetworkInterface).configurations[0].address == 0x0A140509


def test_an_interface_with_odd_parts() -> None:
    found = read(nic(None, {"name": "bare"}, configuration(privateIPAddress="ten")))
    (held,) = found.of(NetworkInterface)
    assert [made.address for made in held.configurations] == [None, None]
    assert [issue.path for issue in found.issues] == [
        "properties.ipConfigurations.privateIPAddress"
    ]
