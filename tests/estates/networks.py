"""Virtual networks, subnets, peerings, filters and routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.estates.base import WorldBase, merged
from tests.estates.rows import (
    DNS_DELEGATION,
    PAIRED_REGION,
    PG_DELEGATION,
    Row,
    child,
    default_rules,
    guid,
    last,
    present,
    reference,
    references,
)

_DELEGATIONS = {"pg": PG_DELEGATION, "dns": DNS_DELEGATION}


class NetworkParts(WorldBase):
    """What the network itself is made of."""

    def vnet(self, name: str, *prefixes: str, dns: Sequence[str] = (), **props: Any) -> str:
        """A virtual network; `dns` lists its custom DNS servers."""
        properties: Row = {
            "provisioningState": "Succeeded",
            "resourceGuid": guid("vnet", name),
            "addressSpace": {"addressPrefixes": list(prefixes)},
            "subnets": [],
            "virtualNetworkPeerings": [],
            "enableDdosProtection": False,
        }
        if dns:
            properties["dhcpOptions"] = {"dnsServers": list(dns)}
        return self._add("Microsoft.Network/virtualNetworks", name, properties, props)

    def subnet(
        self,
        vnet: str,
        name: str,
        *prefixes: str,
        nsg: str | None = None,
        route_table: str | None = None,
        nat: str | None = None,
        delegation: str | None = None,
        endpoints: Sequence[str] | None = None,
        own_row: bool = False,
        **props: Any,
    ) -> str:
        """A subnet; `delegation` is "pg", "dns" or a service name.

        Subnets delegated to flexible servers get the Microsoft.Storage service endpoint unless
        `endpoints` says otherwise. `own_row=True` makes a row beside the network's.
        """
        service = _DELEGATIONS.get(delegation or "", delegation)
        if endpoints is None:
            endpoints = ("Microsoft.Storage",) if service == PG_DELEGATION else ()
        subnet_id = f"{vnet}/subnets/{name}"
        properties = {
            "provisioningState": "Succeeded",
            **_prefixes(prefixes),
            **present(
                networkSecurityGroup=reference(nsg),
                routeTable=reference(route_table),
                natGateway=reference(nat),
            ),
            "delegations": _delegations(subnet_id, service),
            "privateEndpointNetworkPolicies": "Disabled",
            "privateLinkServiceNetworkPolicies": "Enabled",
        }
        if endpoints:
            location = self._home(vnet)
            properties["serviceEndpoints"] = [_service_endpoint(one, location) for one in endpoints]
        kind = "Microsoft.Network/virtualNetworks/subnets"
        if own_row or not self.has(vnet):
            return self._add_child(vnet, kind, name, properties, props)
        nested: Row = {"name": name, "id": subnet_id, "type": kind}
        nested["properties"] = merged(properties, props)
        self.properties(vnet)["subnets"].append(nested)
        self._by_id[subnet_id.lower()] = nested
        return subnet_id

    def peering(
        self, a: str, b: str, name: str | None = None, state: str = "Connected", **props: Any
    ) -> str:
        """One half of a peering: the object in network `a` that names network `b`."""
        name = name or f"peer-{last(a)}-to-{last(b)}"
        space = {"addressPrefixes": self._space(b)}
        properties = {
            "provisioningState": "Succeeded",
            "resourceGuid": guid("peering", *sorted((a.lower(), b.lower()))),
            "peeringState": state,
            "peeringSyncLevel": "FullyInSync" if state == "Connected" else "RemoteNotInSync",
            "remoteVirtualNetwork": {"id": b},
            "remoteAddressSpace": space,
            "remoteVirtualNetworkAddressSpace": {"addressPrefixes": self._space(b)},
            "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": False,
            "allowGatewayTransit": False,
            "useRemoteGateways": False,
            "doNotVerifyRemoteGateways": False,
            "peerCompleteVnets": True,
        }
        nested = child(a, "virtualNetworkPeerings", name, merged(properties, props))
        nested["type"] = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
        self.properties(a).setdefault("virtualNetworkPeerings", []).append(nested)
        self._by_id[nested["id"].lower()] = nested
        return str(nested["id"])

    def peer(
        self,
        a: str,
        b: str,
        a_to_b: Mapping[str, Any] | None = None,
        b_to_a: Mapping[str, Any] | None = None,
    ) -> tuple[str, str]:
        """Both halves of a peering; the mappings hold ARM properties (or `name`, `state`)."""
        return self.peering(a, b, **(a_to_b or {})), self.peering(b, a, **(b_to_a or {}))

    def _space(self, vnet: str) -> list[str]:
        if not self.has(vnet):
            return []
        return list(self.properties(vnet)["addressSpace"]["addressPrefixes"])

    def nsg(self, name: str, *rules: Row, defaults: bool = True, **props: Any) -> str:
        """A network security group with rules made by `rule`."""
        properties: Row = {"provisioningState": "Succeeded", "resourceGuid": guid("nsg", name)}
        nsg_id = self._add("Microsoft.Network/networkSecurityGroups", name, properties, props)
        filled = self.properties(nsg_id)
        filled.setdefault("securityRules", _nested(nsg_id, "securityRules", rules))
        if defaults:
            own = _nested(nsg_id, "defaultSecurityRules", default_rules())
            filled.setdefault("defaultSecurityRules", own)
        return nsg_id

    def asg(self, name: str, **props: Any) -> str:
        """An application security group."""
        properties = {"provisioningState": "Succeeded"}
        return self._add("Microsoft.Network/applicationSecurityGroups", name, properties, props)

    def route_table(self, name: str, *routes: Row, disable_bgp: bool = False, **props: Any) -> str:
        """A route table with routes made by `route`."""
        properties: Row = {
            "provisioningState": "Succeeded",
            "disableBgpRoutePropagation": disable_bgp,
        }
        table = self._add("Microsoft.Network/routeTables", name, properties, props)
        self.properties(table).setdefault("routes", _nested(table, "routes", routes))
        return table

    def effective_routes(self, nic: str, *learned: tuple[str, str, str], **props: Any) -> str:
        """The effective route table of an interface with routes learned by a gateway."""
        value = [
            {
                "source": "VirtualNetworkGateway",
                "state": "Active",
                "addressPrefix": [prefix],
                "nextHopType": hop,
                "nextHopIpAddress": [address],
            }
            for prefix, hop, address in learned
        ]
        props.setdefault("location", None)
        row_id = f"{nic}/providers/pgtopo/effectiveroutes"
        return self._place(row_id, "pgtopo/effectiveroutes", {"value": value}, props)

    def service_tags(
        self, ranges: dict[str, list[str]], cloud: str = "public", **props: Any
    ) -> str:
        """The ranges of service tags, as the service lists them for a cloud."""
        values = [
            {
                "name": name,
                "id": name,
                "properties": {
                    "changeNumber": "7",
                    "region": name.partition(".")[2].lower(),
                    "systemService": f"Azure{name.partition('.')[0]}",
                    "addressPrefixes": prefixes,
                },
            }
            for name, prefixes in ranges.items()
        ]
        properties = {"changeNumber": "7", "cloud": cloud.capitalize(), "values": values}
        props.setdefault("location", None)
        row_id = f"/providers/pgtopo/servicetags/{cloud}"
        return self._place(row_id, "pgtopo/servicetags", properties, props)

    def nat(self, name: str, *public_ips: str, **props: Any) -> str:
        """A NAT gateway with its public addresses."""
        properties = {
            "provisioningState": "Succeeded",
            "idleTimeoutInMinutes": 4,
            "publicIpAddresses": references(public_ips),
        }
        props.setdefault("sku", {"name": "Standard", "tier": "Regional"})
        return self._add("Microsoft.Network/natGateways", name, properties, props)

    def public_ip(self, name: str, ip: str | None, **props: Any) -> str:
        """A public address; `ip=None` makes one without an address yet."""
        properties = {
            "provisioningState": "Succeeded",
            **present(ipAddress=ip),
            "publicIPAddressVersion": "IPv4",
            "publicIPAllocationMethod": "Static",
            "idleTimeoutInMinutes": 4,
        }
        props.setdefault("sku", {"name": "Standard", "tier": "Regional"})
        return self._add("Microsoft.Network/publicIPAddresses", name, properties, props)


def _prefixes(prefixes: Sequence[str]) -> Row:
    if len(prefixes) == 1:
        return {"addressPrefix": prefixes[0]}
    return {"addressPrefixes": list(prefixes)}


def _delegations(subnet_id: str, service: str | None) -> list[Row]:
    if service is None:
        return []
    properties = {
        "serviceName": service,
        "actions": ["Microsoft.Network/virtualNetworks/subnets/join/action"],
    }
    return [child(subnet_id, "delegations", last(service), properties)]


def _service_endpoint(service: str, location: str) -> Row:
    locations = ["*"]
    if service == "Microsoft.Storage":
        pair = PAIRED_REGION.get(location.lower().replace(" ", ""))
        locations = [location] if pair is None else [location, pair]
    return {"service": service, "locations": locations, "provisioningState": "Succeeded"}


def _nested(parent: str, segment: str, items: Sequence[Row]) -> list[Row]:
    kind = f"{'/'.join(parent.split('/')[6:8])}/{segment}"
    return [
        child(parent, segment, one["name"], one["properties"]) | {"type": kind} for one in items
    ]
