"""Flexible servers, their children and their private endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.estates.base import WorldBase
from tests.estates.rows import PG_SUFFIX, Row, child, guid, last, present

_SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers"
_SKUS = {
    "Burstable": "Standard_B2ms",
    "GeneralPurpose": "Standard_D4ds_v5",
    "MemoryOptimized": "Standard_E4ds_v5",
}


class DatabaseParts(WorldBase):
    """PostgreSQL and how it is reached."""

    def server(
        self,
        name: str,
        subnet: str | None,
        zone: str | None,
        ha: str | None = None,
        state: str = "Ready",
        entra: bool = False,
        tier: str = "GeneralPurpose",
        **props: Any,
    ) -> str:
        """A server injected into a subnet; `ha` is "ZoneRedundant" or "SameZone"."""
        if subnet is not None:
            props.setdefault("location", self._home(subnet))
        network = {
            "publicNetworkAccess": "Disabled",
            **present(delegatedSubnetResourceId=subnet, privateDnsZoneArmResourceId=zone),
        }
        return self._server(name, network, ha, state, entra, tier, props)

    def public_server(
        self,
        name: str,
        access: str | None = "Enabled",
        ha: str | None = None,
        state: str = "Ready",
        entra: bool = False,
        tier: str = "GeneralPurpose",
        **props: Any,
    ) -> str:
        """A server outside every network; `access` is its publicNetworkAccess."""
        network = present(publicNetworkAccess=access)
        return self._server(name, network, ha, state, entra, tier, props)

    def replica(
        self,
        name: str,
        source: str,
        subnet: str | None,
        zone: str | None,
        role: str = "AsyncReplica",
        access: str | None = "Enabled",
        **props: Any,
    ) -> str:
        """A read replica of another server; without a subnet it is a public one."""
        props.setdefault("sourceServerResourceId", source)
        props.setdefault("replicationRole", role)
        props.setdefault("replicaCapacity", 0)
        props.setdefault("replica", {"role": role, "capacity": 0, "replicationState": "Active"})
        if subnet is None:
            return self.public_server(name, access, **props)
        return self.server(name, subnet, zone, **props)

    def _server(
        self,
        name: str,
        network: Row,
        ha: str | None,
        state: str,
        entra: bool,
        tier: str,
        props: Row,
    ) -> str:
        props.setdefault("sku", {"name": _SKUS.get(tier, "Standard_D4ds_v5"), "tier": tier})
        properties: Row = {
            "fullyQualifiedDomainName": f"{name}.{PG_SUFFIX}",
            "version": "16",
            "minorVersion": "4",
            "administratorLogin": "pgadmin",
            "state": state,
            "availabilityZone": "1",
            "network": network,
            "storage": {"storageSizeGB": 128, "autoGrow": "Enabled", "tier": "P10"},
            "backup": {"backupRetentionDays": 14, "geoRedundantBackup": "Disabled"},
            "highAvailability": _availability(ha),
            "maintenanceWindow": {
                "customWindow": "Enabled",
                "dayOfWeek": 0,
                "startHour": 2,
                "startMinute": 0,
            },
            "authConfig": {
                "activeDirectoryAuth": "Enabled" if entra else "Disabled",
                "passwordAuth": "Enabled",
            },
            "dataEncryption": {"type": "SystemManaged"},
            "replicationRole": "Primary",
            "replicaCapacity": 5,
            "replica": {"role": "Primary", "capacity": 5},
            "privateEndpointConnections": [],
        }
        return self._add(_SERVERS, name, properties, props)

    def firewall_rule(self, server: str, name: str, start: str, end: str, **props: Any) -> str:
        """A firewall rule of a server."""
        properties = {"startIpAddress": start, "endIpAddress": end}
        return self._add_child(server, f"{_SERVERS}/firewallRules", name, properties, props)

    def parameter(self, server: str, name: str, value: str, **props: Any) -> str:
        """A server parameter as `configurations` lists it."""
        properties = {"value": value, "source": "user-override", "isReadOnly": False}
        return self._add_child(server, f"{_SERVERS}/configurations", name, properties, props)

    def virtual_endpoint(
        self, server: str, name: str, members: Sequence[str] = (), **props: Any
    ) -> str:
        """A virtual endpoint of a primary; `members` are the servers its reader name points to."""
        properties = {
            "endpointType": "ReadWrite",
            "members": [last(one) for one in members],
            "virtualEndpoints": [f"{name}.writer.{PG_SUFFIX}", f"{name}.reader.{PG_SUFFIX}"],
        }
        return self._add_child(server, f"{_SERVERS}/virtualEndpoints", name, properties, props)

    def endpoint(
        self,
        name: str,
        subnet: str,
        server: str,
        ip: str | None,
        status: str = "Approved",
        server_status: str | None = None,
        groups: Sequence[str] = ("postgresqlServer",),
        **props: Any,
    ) -> str:
        """A private endpoint, its NIC row and the entry in the server's connection list.

        `server_status` makes the server's list say something else than the endpoint;
        `server_status=""` leaves the server's list alone; `ip=None` makes no NIC.
        """
        props.setdefault("location", self._home(subnet))
        is_manual = status != "Approved"
        properties: Row = {
            "provisioningState": "Succeeded",
            "resourceGuid": guid("pe", name),
            "subnet": {"id": subnet},
            "networkInterfaces": [],
            "customDnsConfigs": [],
        }
        place: Row = {key: props[key] for key in ("sub", "rg", "location") if key in props}
        endpoint = self._add("Microsoft.Network/privateEndpoints", name, properties, props)
        filled = self.properties(endpoint)
        link = child(
            endpoint,
            "privateLinkServiceConnections",
            f"{name}-connection",
            {
                "privateLinkServiceId": server,
                "groupIds": list(groups),
                "privateLinkServiceConnectionState": _link_state(status),
            },
        )
        filled.setdefault("privateLinkServiceConnections", [] if is_manual else [link])
        filled.setdefault("manualPrivateLinkServiceConnections", [link] if is_manual else [])
        if ip is not None:
            self._endpoint_nic(endpoint, subnet, server, ip, place)
        if server_status != "":
            self._list_connection(endpoint, server, server_status or status, groups)
        return endpoint

    def _endpoint_nic(
        self, endpoint: str, subnet: str, server: str, ip: str, place: dict[str, Any]
    ) -> None:
        fqdn = f"{last(server)}.{PG_SUFFIX}"
        nic = self._add(
            "Microsoft.Network/networkInterfaces",
            f"{last(endpoint)}-nic",
            {
                "provisioningState": "Succeeded",
                "privateEndpoint": {"id": endpoint},
                "enableIPForwarding": False,
                "primary": True,
            },
            place,
        )
        configuration = child(
            nic,
            "ipConfigurations",
            "privateEndpointIpConfig",
            {
                "privateIPAddress": ip,
                "privateIPAllocationMethod": "Dynamic",
                "privateIPAddressVersion": "IPv4",
                "primary": True,
                "subnet": {"id": subnet},
                "privateLinkConnectionProperties": {
                    "groupId": "postgresqlServer",
                    "requiredMemberName": "postgresqlServer",
                    "fqdns": [fqdn],
                },
            },
        )
        self.properties(nic)["ipConfigurations"] = [configuration]
        filled = self.properties(endpoint)
        filled["networkInterfaces"] = [{"id": nic}]
        filled["customDnsConfigs"] = [{"fqdn": fqdn, "ipAddresses": [ip]}]
        self._occupy(subnet, configuration["id"])

    def _list_connection(
        self, endpoint: str, server: str, status: str, groups: Sequence[str]
    ) -> None:
        if not self.has(server):
            return
        name = f"{last(endpoint)}.{guid('connection', endpoint)}"
        entry = child(
            server,
            "privateEndpointConnections",
            name,
            {
                "privateEndpoint": {"id": endpoint},
                "groupIds": list(groups),
                "privateLinkServiceConnectionState": _link_state(status),
            },
        )
        self.properties(server).setdefault("privateEndpointConnections", []).append(entry)

    def endpoint_connection(
        self,
        server: str,
        endpoint: str,
        status: str = "Approved",
        groups: Sequence[str] = ("postgresqlServer",),
        **props: Any,
    ) -> str:
        """A private endpoint connection as a row of its own, beside the server's list."""
        name = f"{last(endpoint)}.{guid('connection', endpoint)}"
        properties = {
            "provisioningState": "Succeeded",
            "privateEndpoint": {"id": endpoint},
            "groupIds": list(groups),
            "privateLinkServiceConnectionState": _link_state(status),
        }
        kind = f"{_SERVERS}/privateEndpointConnections"
        return self._add_child(server, kind, name, properties, props)

    def zone_group(self, endpoint: str, *zones: str, **props: Any) -> str:
        """The DNS zone group of a private endpoint."""
        configs = [
            {
                "name": last(zone).replace(".", "-"),
                "properties": {"privateDnsZoneId": zone, "recordSets": []},
            }
            for zone in zones
        ]
        properties = {"provisioningState": "Succeeded", "privateDnsZoneConfigs": configs}
        kind = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups"
        name = props.pop("name", "default")
        return self._add_child(endpoint, kind, name, properties, props)

    def subnet_usage(self, subnet: str, used: int, source: str = "usages", **props: Any) -> str:
        """How many addresses of a subnet the service says are in use."""
        properties = {"used": used, "source": source}
        props.setdefault("location", None)
        kind = "pgtopo/subnetusage"
        return self._place(f"{subnet}/providers/pgtopo/usage", kind, properties, props)


def _availability(ha: str | None) -> Row:
    if ha is None:
        return {"mode": "Disabled", "state": "NotEnabled"}
    standby = "1" if ha == "SameZone" else "2"
    return {"mode": ha, "state": "Healthy", "standbyAvailabilityZone": standby}


def _link_state(status: str) -> Row:
    text = {"Approved": "Auto-Approved", "Rejected": "Rejected by the owner"}.get(status, "")
    return {"status": status, "description": text, "actionsRequired": "None"}
