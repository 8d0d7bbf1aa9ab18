"""Gateways, connections, local gateways and circuits."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pgtopo.model.ids import fold
from pgtopo.model.routing import (
    ExpressRouteCircuit,
    GatewayConnection,
    LocalNetworkGateway,
    VirtualNetworkGateway,
)
from pgtopo.sources.registry import kinds
from tests.sources.kinds.reading import NET, VNET, one, read, ref

GATEWAY = f"{NET}/virtualNetworkGateways/vgw-hub"


def row(kind: str, name: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{NET}/{kind}/{name}",
        "name": name,
        "type": f"microsoft.network/{kind.lower()}",
        "location": "westeurope",
        "properties": properties,
    }


def gateway(**properties: Any) -> dict[str, Any]:
    subnet = ref(f"{VNET}/subnets/GatewaySubnet")
    body = {
        "gatewayType": "Vpn",
        "vpnType": "RouteBased",
        "enableBgp": True,
        "activeActive": True,
        "ipConfigurations": [
            {"name": "a", "properties": {"subnet": subnet}},
            {"name": "b", "properties": {"subnet": subnet}},
            None,
        ],
        "bgpSettings": {"asn": 65515, "bgpPeeringAddress": "10.0.255.30"},
        "vpnClientConfiguration": {
            "vpnClientAddressPool": {"addressPrefixes": ["172.31.0.0/24"]},
        },
        **properties,
    }
    return row("virtualNetworkGateways", "vgw-hub", **body)


def test_a_gateway() -> None:
    found = one(gateway(), VirtualNetworkGateway)
    assert (found.gateway_type, found.vpn_type) == ("Vpn", "RouteBased")
    assert (found.has_bgp, found.is_active_active) == (True, True)
    assert found.subnets == (fold(f"{VNET}/subnets/GatewaySubnet"),)
    assert (found.client_prefixes, len(found.client_space)) == (("172.31.0.0/24",), 256)
    assert found.addresses == (0x0A00FF1E,)


def test_quirk_59_two_addresses_in_one_text() -> None:
    settings = {"bgpPeeringAddress": "10.0.255.4,10.0.255.5"}
    found = one(gateway(bgpSettings=settings), VirtualNetworkGateway)
    assert found.addresses == (0x0A00FF04, 0x0A00FF05)


def test_quirk_59_addresses_by_instance() -> None:
    settings = {
        "bgpPeeringAddress": "10.0.255.4",
        "bgpPeeringAddresses": [
            {"ipconfigurationId": "Instance0", "defaultBgpIpAddresses": ["10.0.255.4"]},
            {"ipconfigurationId": "Instance1", "defaultBgpIpAddresses": ["10.0.255.5", None]},
        ],
    }
    found = one(gateway(bgpSettings=settings), VirtualNetworkGateway)
    assert found.addresses == (0x0A00FF04, 0x0A00FF05)


@pytest.mark.parametrize("kind", ["LocalGateway", "ExpressRoute"])
def test_quirk_59_other_gateway_types(kind: str) -> None:
    row = gateway(gatewayType=kind, vpnType="PolicyBased", bgpSettings=None)
    found = one(row, VirtualNetworkGateway)
    assert (found.gateway_type, found.vpn_type, found.addresses) == (kind, "PolicyBased", ())


def test_a_gateway_without_point_to_site() -> None:
    found = one(gateway(vpnClientConfiguration=None), VirtualNetworkGateway)
    assert (found.client_prefixes, bool(found.client_space)) == ((), False)


def test_a_connection_to_a_site() -> None:
    made = row(
        "connections",
        "cn-site",
        connectionType="IPsec",
        connectionStatus="Connected",
        virtualNetworkGateway1=ref(GATEWAY),
        localNetworkGateway2=ref(f"{NET}/localNetworkGateways/lgw"),
        enableBgp=False,
    )
    found = one(made, GatewayConnection)
    assert (found.connection_type, found.status) == ("IPsec", "Connected")
    assert found.gateway == fold(GATEWAY)
    assert found.local_gateway == fold(f"{NET}/localNetworkGateways/lgw")
    assert (found.peer_gateway, found.circuit) == (None, None)


def test_a_connection_to_a_circuit_and_to_a_gateway() -> None:
    circuit = f"{NET}/expressRouteCircuits/erc"
    made = row("connections", "cn", connectionType="ExpressRoute", peer=ref(circuit))
    assert one(made, GatewayConnection).circuit == fold(circuit)
    made = row("connections", "cn", connectionType="Vnet2Vnet", virtualNetworkGateway2=ref(GATEWAY))
    assert one(made, GatewayConnection).peer_gateway == fold(GATEWAY)


def test_quirk_76_shared_keys_are_neither_asked_for_nor_kept() -> None:
    made = row("connections", "cn", connectionType="IPsec", sharedKey="do-not-show-me")
    found = one(made, GatewayConnection)
    assert "do-not-show-me" not in str(msgspec.structs.asdict(found))
    assert "sharedKey" not in kinds()[GatewayConnection.KIND].columns


def test_a_local_gateway() -> None:
    space = {"addressPrefixes": ["192.168.0.0/16", "10.250.0.0/24"]}
    made = row(
        "localNetworkGateways",
        "lgw",
        localNetworkAddressSpace=space,
        gatewayIpAddress="198.51.100.10",
        bgpSettings={"asn": 65010},
    )
    found = one(made, LocalNetworkGateway)
    assert found.prefixes == ("192.168.0.0/16", "10.250.0.0/24")
    assert len(found.space) == 65536 + 256
    assert (found.gateway_address, found.has_bgp) == ("198.51.100.10", True)


def test_a_local_gateway_by_name_and_one_with_a_bad_prefix() -> None:
    assert one(row("localNetworkGateways", "l", fqdn="vpn.example"), LocalNetworkGateway) == (
        one(row("localNetworkGateways", "l", gatewayIpAddress="vpn.example"), LocalNetworkGateway)
    )
    odd = read(
        row("localNetworkGateways", "l", localNetworkAddressSpace={"addressPrefixes": ["office"]})
    )
    assert odd.of(LocalNetworkGateway)[0].prefixes == ("office",)
    assert len(odd.issues) == 1


def test_a_circuit() -> None:
    made = row(
        "expressRouteCircuits",
        "erc",
        serviceProviderProvisioningState="Provisioned",
        serviceProviderProperties={
            "serviceProviderName": "Equinix",
            "peeringLocation": "Amsterdam",
        },
        peerings=[
            None,
            {"name": "MicrosoftPeering", "properties": {"state": "Disabled"}},
            {
                "name": "AzurePrivatePeering",
                "properties": {"peeringType": "AzurePrivatePeering", "state": "Enabled"},
            },
        ],
    )
    found = one(made, ExpressRouteCircuit)
    assert (found.provider, found.peering_location) == ("Equinix", "Amsterdam")
    assert (found.provisioning, found.private_peering_state) == ("Provisioned", "Enabled")
    assert one(row("expressRouteCircuits", "erc"), ExpressRouteCircuit).provider == ""
