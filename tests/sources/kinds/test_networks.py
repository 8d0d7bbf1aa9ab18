"""Virtual networks, subnets and peerings, nested and as rows of their own."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Peering, ServiceEndpoint, ServiceLink, Subnet, VirtualNetwork
from tests.sources.kinds.reading import GROUP, NET, SUBNET, VNET, Found, one, read, ref

TYPE = "microsoft.network/virtualnetworks"
HUB = f"{NET}/virtualNetworks/vnet-hub-weu"


def vnet(**properties: Any) -> dict[str, Any]:
    return {
        "id": VNET,
        "name": "vnet-app-weu",
        "type": TYPE,
        "location": "westeurope",
        "properties": {
            "provisioningState": "Succeeded",
            "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
            **properties,
        },
    }


def subnet(name: str = "snet-pg", **properties: Any) -> dict[str, Any]:
    body = {"addressPrefix": "10.20.1.0/28", "delegations": [], **properties}
    return {"id": f"{VNET}/subnets/{name}", "name": name, "properties": body}


def own_subnet(**properties: Any) -> dict[str, Any]:
    return subnet(**properties) | {"type": f"{TYPE}/subnets"}


def peering(**properties: Any) -> dict[str, Any]:
    return {
        "id": f"{VNET}/virtualNetworkPeerings/to-hub",
        "name": "to-hub",
        "type": f"{TYPE}/virtualNetworkPeerings",
        "properties": {
            "peeringState": "Connected",
            "peeringSyncLevel": "FullyInSync",
            "remoteVirtualNetwork": {"id": HUB},
            "remoteAddressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "remoteVirtualNetworkAddressSpace": {"addressPrefixes": ["10.0.0.0/16", "10.9.0.0/24"]},
            "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": True,
            "allowGatewayTransit": False,
            "useRemoteGateways": True,
            "peerCompleteVnets": True,
            **properties,
        },
    }


def test_a_network_hands_on_its_subnets_and_peerings() -> None:
    row = vnet(
        subnets=[subnet("a"), subnet("b")],
        virtualNetworkPeerings=[peering()],
        dhcpOptions={"dnsServers": ["10.0.0.4", "10.0.0.5"]},
    )
    found = read(row)
    assert found.issues == []
    (network,) = found.of(VirtualNetwork)
    subnets = found.of(Subnet)
    assert [one.name for one in subnets] == ["a", "b"]
    assert network.subnets == tuple(one.id for one in subnets)
    assert network.peerings == (found.of(Peering)[0].id,)
    assert {one.network for one in subnets} == {network.id}
    assert network.prefixes == ("10.20.0.0/16",)
    assert network.space == SpanSet.of(0x0A140000, 0x0A14FFFF)
    assert network.dns_servers == ("10.0.0.4", "10.0.0.5")


def test_a_subnet_with_everything() -> None:
    link = {"linkedResourceType": "Microsoft.DBforPostgreSQL/flexibleServers", "link": "/x/y"}
    row = own_subnet(
        networkSecurityGroup=ref(f"{NET}/networkSecurityGroups/nsg-pg"),
        routeTable=ref(f"{NET}/routeTables/rt-pg"),
        natGateway=ref(f"{NET}/natGateways/nat"),
        delegations=[
            {
                "name": "0",
                "properties": {"serviceName": "Microsoft.DBforPostgreSQL/flexibleServers"},
            }
        ],
        serviceEndpoints=[{"service": "Microsoft.Storage", "locations": ["WestEurope"]}],
        privateEndpointNetworkPolicies="Enabled",
        defaultOutboundAccess=False,
        ipConfigurations=[ref(f"{NET}/networkInterfaces/nic/ipConfigurations/c")],
        privateEndpoints=[ref(f"{NET}/privateEndpoints/pep")],
        serviceAssociationLinks=[{"name": "sal", "properties": link}],
        resourceNavigationLinks=[{"name": "rnl", "properties": {"linkedResourceType": "M/x"}}],
    )
    found = one(row, Subnet)
    assert found.network == fold(VNET)
    assert found.space == SpanSet.of(0x0A140100, 0x0A14010F)
    assert found.nsg == fold(f"{NET}/networkSecurityGroups/nsg-pg")
    assert found.route_table == fold(f"{NET}/routeTables/rt-pg")
    assert found.nat_gateway == fold(f"{NET}/natGateways/nat")
    assert found.is_pg_delegated
    assert found.service_endpoints == (ServiceEndpoint("Microsoft.Storage", ("westeurope",)),)
    assert (found.endpoint_policies, found.default_outbound) == ("Enabled", False)
    assert found.ip_configurations == (fold(f"{NET}/networkInterfaces/nic/ipConfigurations/c"),)
    assert found.private_endpoints == (fold(f"{NET}/privateEndpoints/pep"),)
    assert found.service_links == (
        ServiceLink("Microsoft.DBforPostgreSQL/flexibleServers", "/x/y"),
        ServiceLink("M/x", ""),
    )


def test_a_peering_with_everything() -> None:
    found = one(peering(), Peering)
    assert (found.network, found.remote) == (fold(VNET), fold(HUB))
    assert found.is_connected
    assert found.remote_space == SpanSet.of(0x0A000000, 0x0A00FFFF)
    assert found.remote_current_prefixes == ("10.0.0.0/16", "10.9.0.0/24")
    assert (found.allows_access, found.allows_forwarded) == (True, True)
    assert (found.allows_gateway_transit, found.uses_remote_gateways) == (False, True)
    assert found.is_complete


def test_a_subnet_peering() -> None:
    found = one(
        peering(
            peerCompleteVnets=False,
            localSubnetNames=["snet-app"],
            remoteSubnetNames=["snet-dns"],
            enableOnlyIPv6Peering=True,
        ),
        Peering,
    )
    assert not found.is_complete
    assert (found.local_subnets, found.remote_subnets) == (("snet-app",), ("snet-dns",))
    assert found.is_ipv6_only


# Quirks of real payloads, by number


def _network(found: Found) -> VirtualNetwork:
    (network,) = found.of(VirtualNetwork)
    return network


def test_quirk_10_references_in_capitals_mean_the_same_resource() -> None:
    nic = f"{NET}/networkInterfaces/nic-app/ipConfigurations/ipconfig1"
    found = one(own_subnet(ipConfigurations=[ref(nic.upper())]), Subnet)
    assert found.ip_configurations == (fold(nic),)


def test_quirk_12_group_segments_in_lower_case() -> None:
    row = own_subnet() | {"id": SUBNET.replace("/resourceGroups/", "/resourcegroups/")}
    assert one(row, Subnet).id == fold(SUBNET)


@pytest.mark.parametrize(
    "text", ["subnetId", "testDB_ID", "Instance0", "resourceGroup/x/nsg/y", "  ", "/"]
)
def test_quirk_14_odd_ids_never_stop_the_reading(text: str) -> None:
    found = read(own_subnet(networkSecurityGroup=ref(text)))
    (held,) = found.of(Subnet)
    assert held.prefixes == ("10.20.1.0/28",)
    assert held.nsg is None or "/" in held.nsg
    assert (held.nsg is None) == bool(found.issues)


def test_quirk_16_an_id_without_the_network_segment() -> None:
    row = own_subnet() | {"id": f"{GROUP}/provders/Microsoft.Network/vnet-x/subnets/s"}
    found = one(row, Subnet)
    assert found.network == fold(f"{GROUP}/provders/Microsoft.Network/vnet-x")


def test_quirk_17_the_name_wins_over_the_last_segment_and_composite_names_are_cut() -> None:
    assert one(own_subnet() | {"name": "a"}, Subnet).name == "a"
    assert one(own_subnet() | {"name": "vnet-app-weu/snet-pg"}, Subnet).name == "snet-pg"


def test_quirk_18_delegations_named_by_the_service_or_a_number() -> None:
    service = "Microsoft.DBforPostgreSQL/flexibleServers"
    row = own_subnet(
        delegations=[
            {"name": service, "properties": {"serviceName": service}},
            None,
            {"name": "0", "properties": {"serviceName": "Microsoft.Web/serverFarms"}},
            {"name": "empty"},
        ]
    )
    assert one(row, Subnet).delegations == (service, "Microsoft.Web/serverFarms")


def test_quirk_20_same_names_stay_apart_by_id() -> None:
    other = {**subnet("a"), "id": f"{HUB}/subnets/a", "type": f"{TYPE}/subnets"}
    assert one(own_subnet(), Subnet).network != one(other, Subnet).network


@pytest.mark.parametrize("value", [None, {}, {"id": None}, {"id": ""}])
def test_quirk_24_three_ways_to_have_no_nsg(value: Any) -> None:
    row = own_subnet(networkSecurityGroup=value, natGateway=value, routeTable=value)
    found = one(row, Subnet)
    assert (found.nsg, found.nat_gateway, found.route_table) == (None, None, None)


def test_quirk_25_subnets_missing_empty_or_with_null_elements() -> None:
    assert _network(read(vnet())).subnets == ()
    assert _network(read(vnet(subnets=[]))).subnets == ()
    found = read(vnet(subnets=[None, subnet("a"), {"properties": {}}]))
    assert [one.name for one in found.of(Subnet)] == ["a"]


def test_quirk_25_a_nested_subnet_without_id_takes_it_from_its_network() -> None:
    found = read(vnet(subnets=[{"name": "a", "properties": {"addressPrefix": "10.20.3.0/24"}}]))
    (made,) = found.of(Subnet)
    assert (made.id, made.network) == (fold(f"{VNET}/subnets/a"), fold(VNET))


def test_quirk_26_optional_parts_may_be_absent() -> None:
    found = one({"id": VNET, "type": TYPE}, VirtualNetwork)
    assert (found.prefixes, found.dns_servers, found.peerings) == ((), (), ())
    assert one(vnet(dhcpOptions={}), VirtualNetwork).dns_servers == ()


def test_quirk_47_one_prefix_or_several() -> None:
    plural = ["10.20.1.0/28", "ace:cab:deca:1::/64"]
    found = one(own_subnet(addressPrefix=None, addressPrefixes=plural), Subnet)
    assert found.prefixes == tuple(plural)
    assert found.space == SpanSet.of(0x0A140100, 0x0A14010F)
    both = one(own_subnet(addressPrefixes=["10.20.2.0/28", None]), Subnet)
    assert both.prefixes == ("10.20.1.0/28", "10.20.2.0/28")


def test_quirk_48_ipv6_ranges_are_kept_and_not_counted() -> None:
    found = one(vnet(addressSpace={"addressPrefixes": ["ace:cab:deca::/48"]}), VirtualNetwork)
    assert found.prefixes == ("ace:cab:deca::/48",)
    assert not found.space


def test_quirk_49_public_ranges_may_be_private_space() -> None:
    space = {"addressPrefixes": ["172.1.0.0/16", "20.0.0.0/24"]}
    found = one(vnet(addressSpace=space), VirtualNetwork)
    assert len(found.space) == 65536 + 256


@pytest.mark.parametrize(
    ("value", "locations"),
    [(["*"], ("*",)), (["West Europe", None], ("westeurope",)), (None, ()), ([], ())],
)
def test_quirk_52_locations_of_service_endpoints(
    value: list[str] | None, locations: tuple[str, ...]
) -> None:
    row = own_subnet(serviceEndpoints=[{"service": "Microsoft.Storage", "locations": value}, None])
    assert one(row, Subnet).service_endpoints == (ServiceEndpoint("Microsoft.Storage", locations),)


def test_quirk_53_extra_keys_are_ignored() -> None:
    row = own_subnet(
        ipamPoolPrefixAllocations=[{"pool": {"id": "p"}}],
        purpose="PrivateEndpoints",
        applicationGatewayIPConfigurations=[{"id": "/x/y"}],
    )
    row["apiVersion"] = "2024-05-01"
    assert one(row, Subnet).prefixes == ("10.20.1.0/28",)


@pytest.mark.parametrize("state", ["Failed", "Updating", "ResolvingDns"])
def test_quirk_54_a_network_in_any_state_is_a_network(state: str) -> None:
    found = one(vnet(provisioningState=state), VirtualNetwork)
    assert (found.provisioning, bool(found.space)) == (state, True)


@pytest.mark.parametrize(
    ("state", "level"),
    [("Initiated", "RemoteNotInSync"), ("Initiated", "FullyInSync"), (None, None), ("", None)],
)
def test_quirk_55_peering_states(state: str | None, level: str | None) -> None:
    found = one(peering(peeringState=state, peeringSyncLevel=level), Peering)
    assert (found.state, found.sync_level) == (state or "", level or "")
    assert not found.is_connected


def test_quirk_55_connected_without_access() -> None:
    found = one(peering(allowVirtualNetworkAccess=False), Peering)
    assert found.is_connected
    assert not found.allows_access


def test_quirk_55_missing_flags_have_azures_defaults() -> None:
    row = peering()
    for flag in ("allowVirtualNetworkAccess", "allowForwardedTraffic", "useRemoteGateways"):
        del row["properties"][flag]
    found = one(row, Peering)
    assert found.allows_access
    assert not found.allows_forwarded
    assert not found.uses_remote_gateways


def test_quirk_56_what_is_routed_and_what_the_remote_network_has_now() -> None:
    found = one(peering(remoteAddressSpace={"addressPrefixes": ["10.0.0.0/24"]}), Peering)
    assert len(found.remote_space) == 256
    assert len(found.remote_current_space) == 65536 + 256


def test_quirk_56_with_one_list_only_that_one_is_routed() -> None:
    row = peering()
    del row["properties"]["remoteAddressSpace"]
    assert one(row, Peering).remote_prefixes == ("10.0.0.0/16", "10.9.0.0/24")
    row = peering(remoteAddressSpace={"addressPrefixes": []})
    assert one(row, Peering).remote_prefixes == ()


def test_a_bad_prefix_is_kept_as_text_and_noted() -> None:
    found = read(own_subnet(addressPrefix="10.20.1.0/33"))
    (held,) = found.of(Subnet)
    assert held.prefixes == ("10.20.1.0/33",)
    assert not held.space
    assert [issue.path for issue in found.issues] == ["properties.addressPrefixes"]


def test_an_unknown_peering_state_is_kept_and_noted() -> None:
    found = read(peering(peeringState="Resyncing"))
    assert found.of(Peering)[0].state == "Resyncing"
    assert [issue.path for issue in found.issues] == ["properties.peeringState"]
