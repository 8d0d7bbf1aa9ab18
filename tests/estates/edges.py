"""Firewalls, gateways, circuits, virtual WANs and route servers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.estates.base import WorldBase
from tests.estates.rows import Row, child, last, present, reference, references

_POLICIES = "Microsoft.Network/firewallPolicies"
_HUBS = "Microsoft.Network/virtualHubs"


class EdgeParts(WorldBase):
    """What stands between networks."""

    def azure_firewall(
        self,
        name: str,
        subnet: str | None,
        ip: str | None,
        policy: str | None = None,
        public_ips: Sequence[str] = (),
        hub: str | None = None,
        **props: Any,
    ) -> str:
        """An Azure Firewall in a subnet, or in a virtual WAN hub: `hub` and no subnet."""
        if subnet is not None:
            props.setdefault("location", self._home(subnet))
        properties: Row = {
            "provisioningState": "Succeeded",
            "sku": {"name": "AZFW_VNet" if hub is None else "AZFW_Hub", "tier": "Standard"},
            "threatIntelMode": "Alert",
            **present(firewallPolicy=reference(policy), virtualHub=reference(hub)),
            "networkRuleCollections": [],
            "applicationRuleCollections": [],
            "natRuleCollections": [],
        }
        if hub is not None:
            properties["hubIPAddresses"] = {"privateIPAddress": ip}
        firewall = self._add("Microsoft.Network/azureFirewalls", name, properties, props)
        configurations = []
        if subnet is not None:
            addresses: list[str | None] = [*public_ips] or [None]
            configurations = [
                _firewall_configuration(firewall, number, subnet, ip, public)
                for number, public in enumerate(addresses, start=1)
            ]
            self._occupy(subnet, configurations[0]["id"])
        self.properties(firewall).setdefault("ipConfigurations", configurations)
        if policy is not None and self.has(policy):
            self.properties(policy).setdefault("firewalls", []).append({"id": firewall})
        return firewall

    def firewall_policy(
        self,
        name: str,
        dns_proxy: bool | None = None,
        dns_servers: Sequence[str] = (),
        snat: Sequence[str] | None = None,
        **props: Any,
    ) -> str:
        """A firewall policy; `snat` lists the ranges that are *not* translated."""
        properties: Row = {
            "provisioningState": "Succeeded",
            "sku": {"tier": "Standard"},
            "threatIntelMode": "Alert",
            "ruleCollectionGroups": [],
            "firewalls": [],
            "childPolicies": [],
        }
        if dns_proxy is not None or dns_servers:
            properties["dnsSettings"] = {
                "servers": list(dns_servers),
                "enableProxy": bool(dns_proxy),
            }
        if snat is not None:
            properties["snat"] = {"privateRanges": list(snat), "autoLearnPrivateRanges": "Disabled"}
        return self._add(_POLICIES, name, properties, props)

    def rule_collections(
        self, policy: str, name: str, *network_rules: Row, priority: int = 200, **props: Any
    ) -> str:
        """A rule collection group; one collection per action, Deny first."""
        collections = []
        for offset, action in enumerate(("Deny", "Allow")):
            rules = [_plain(one) for one in network_rules if one.get("action", "Allow") == action]
            if rules:
                collections.append(
                    {
                        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
                        "name": f"{name}-{action.lower()}",
                        "priority": 100 + 100 * offset,
                        "action": {"type": action},
                        "rules": rules,
                    }
                )
        properties = {
            "provisioningState": "Succeeded",
            "priority": priority,
            "ruleCollections": collections,
        }
        kind = f"{_POLICIES}/ruleCollectionGroups"
        group = self._add_child(policy, kind, name, properties, props)
        if self.has(policy):
            self.properties(policy).setdefault("ruleCollectionGroups", []).append({"id": group})
        return group

    def ip_group(self, name: str, *addresses: str, **props: Any) -> str:
        """An IP group for firewall rules."""
        properties = {"provisioningState": "Succeeded", "ipAddresses": list(addresses)}
        return self._add("Microsoft.Network/ipGroups", name, properties, props)

    # Gateways

    def gateway(
        self,
        name: str,
        subnet: str,
        kind: str = "Vpn",
        public_ip: str | None = None,
        bgp: bool = False,
        **props: Any,
    ) -> str:
        """A virtual network gateway; `kind` is "Vpn" or "ExpressRoute"."""
        props.setdefault("location", self._home(subnet))
        sku = "VpnGw2" if kind == "Vpn" else "Standard"
        properties: Row = {
            "provisioningState": "Succeeded",
            "gatewayType": kind,
            "vpnType": "RouteBased",
            "sku": {"name": sku, "tier": sku},
            "activeActive": False,
            "enableBgp": bgp,
            "bgpSettings": {"asn": 65515, "bgpPeeringAddresses": []},
        }
        gateway = self._add("Microsoft.Network/virtualNetworkGateways", name, properties, props)
        configuration = child(
            gateway,
            "ipConfigurations",
            "default",
            {
                "privateIPAllocationMethod": "Dynamic",
                "subnet": {"id": subnet},
                **present(publicIPAddress=reference(public_ip)),
            },
        )
        self.properties(gateway).setdefault("ipConfigurations", [configuration])
        self._occupy(subnet, configuration["id"])
        return gateway

    def local_gateway(
        self, name: str, *prefixes: str, address: str = "198.51.100.10", **props: Any
    ) -> str:
        """A local network gateway: the prefixes on premises behind one VPN device."""
        properties = {
            "provisioningState": "Succeeded",
            "localNetworkAddressSpace": {"addressPrefixes": list(prefixes)},
            "gatewayIpAddress": address,
        }
        return self._add("Microsoft.Network/localNetworkGateways", name, properties, props)

    def connection(self, name: str, gateway: str, other: str, **props: Any) -> str:
        """A connection from a gateway to a local gateway, a circuit or another gateway."""
        kind = other.split("/")[-2].lower()
        properties: Row = {
            "provisioningState": "Succeeded",
            "connectionStatus": "Connected",
            "virtualNetworkGateway1": {"id": gateway},
            "routingWeight": 10,
            "enableBgp": False,
        }
        if kind == "expressroutecircuits":
            properties |= {"connectionType": "ExpressRoute", "peer": {"id": other}}
        elif kind == "virtualnetworkgateways":
            properties |= {"connectionType": "Vnet2Vnet", "virtualNetworkGateway2": {"id": other}}
        else:
            properties |= {"connectionType": "IPsec", "localNetworkGateway2": {"id": other}}
        return self._add("Microsoft.Network/connections", name, properties, props)

    def circuit(self, name: str, **props: Any) -> str:
        """An ExpressRoute circuit with private peering."""
        properties: Row = {
            "provisioningState": "Succeeded",
            "circuitProvisioningState": "Enabled",
            "serviceProviderProvisioningState": "Provisioned",
            "serviceProviderProperties": {
                "serviceProviderName": "Equinix",
                "peeringLocation": "Amsterdam",
                "bandwidthInMbps": 1000,
            },
        }
        circuit = self._add("Microsoft.Network/expressRouteCircuits", name, properties, props)
        private = {"peeringType": "AzurePrivatePeering", "state": "Enabled"}
        peerings = [child(circuit, "peerings", "AzurePrivatePeering", private)]
        self.properties(circuit).setdefault("peerings", peerings)
        return circuit

    # Virtual WAN and route servers

    def virtual_wan(self, name: str, **props: Any) -> str:
        """A virtual WAN."""
        properties = {
            "provisioningState": "Succeeded",
            "virtualHubs": [],
            "allowBranchToBranchTraffic": True,
            "type": "Standard",
        }
        return self._add("Microsoft.Network/virtualWans", name, properties, props)

    def virtual_hub(self, name: str, wan: str, prefix: str, **props: Any) -> str:
        """A virtual WAN hub."""
        properties = {
            "provisioningState": "Succeeded",
            "routingState": "Provisioned",
            "addressPrefix": prefix,
            "virtualWan": {"id": wan},
            "sku": "Standard",
            "virtualRouterAsn": 65515,
            "virtualRouterIps": [],
        }
        hub = self._add(_HUBS, name, properties, props)
        if self.has(wan):
            self.properties(wan).setdefault("virtualHubs", []).append({"id": hub})
        return hub

    def hub_connection(self, hub: str, vnet: str, name: str | None = None, **props: Any) -> str:
        """The connection of a network to a hub: default table, default propagation."""
        table = f"{hub}/hubRouteTables/defaultRouteTable"
        properties = {
            "provisioningState": "Succeeded",
            "remoteVirtualNetwork": {"id": vnet},
            "enableInternetSecurity": True,
            "routingConfiguration": {
                "associatedRouteTable": {"id": table},
                "propagatedRouteTables": {"labels": ["default"], "ids": [{"id": table}]},
                "vnetRoutes": {"staticRoutes": []},
            },
        }
        kind = f"{_HUBS}/hubVirtualNetworkConnections"
        return self._add_child(hub, kind, name or f"conn-{last(vnet)}", properties, props)

    def hub_route_table(
        self, hub: str, name: str = "defaultRouteTable", *routes: Row, **props: Any
    ) -> str:
        """A hub route table; each route is {name, destinationType, destinations, nextHop, ...}."""
        labels = ["default"] if name == "defaultRouteTable" else []
        properties = {"provisioningState": "Succeeded", "labels": labels, "routes": list(routes)}
        return self._add_child(hub, f"{_HUBS}/hubRouteTables", name, properties, props)

    def routing_intent(
        self,
        hub: str,
        next_hop: str,
        destinations: Sequence[str] = ("PrivateTraffic",),
        **props: Any,
    ) -> str:
        """The routing intent of a hub: which traffic goes through `next_hop`."""
        policies = [
            {"name": f"policy-{one}", "destinations": [one], "nextHop": next_hop}
            for one in destinations
        ]
        properties = {"provisioningState": "Succeeded", "routingPolicies": policies}
        name = props.pop("name", "hubRoutingIntent")
        return self._add_child(hub, f"{_HUBS}/routingIntent", name, properties, props)

    def route_server(self, name: str, vnet: str, **props: Any) -> str:
        """A route server in a network's RouteServerSubnet."""
        props.setdefault("location", self._home(vnet))
        props.setdefault("kind", "RouteServer")
        properties = {
            "provisioningState": "Succeeded",
            "routingState": "Provisioned",
            "sku": "Standard",
            "virtualRouterAsn": 65515,
            "virtualRouterIps": [],
            "allowBranchToBranchTraffic": False,
        }
        server = self._add(_HUBS, name, properties, props)
        configuration = {
            "provisioningState": "Succeeded",
            "privateIPAllocationMethod": "Dynamic",
            "subnet": {"id": f"{vnet}/subnets/RouteServerSubnet"},
        }
        kind = f"{_HUBS}/ipConfigurations"
        row_id = self._add_child(server, kind, "ipconfig1", configuration, {})
        self.properties(server)["ipConfigurations"] = references([row_id])
        return server


def _firewall_configuration(
    firewall: str, number: int, subnet: str, ip: str | None, public: str | None
) -> Row:
    properties = present(publicIPAddress=reference(public))
    if number == 1:
        properties |= {"subnet": {"id": subnet}, "privateIPAllocationMethod": "Dynamic"}
        properties |= present(privateIPAddress=ip)
    name = "ipconfig" if number == 1 else f"ipconfig-{number}"
    return child(firewall, "azureFirewallIpConfigurations", name, properties)


def _plain(network_rule: Row) -> Row:
    return {key: value for key, value in network_rule.items() if key != "action"}
