"""Network Manager configurations, locks, subscriptions and resource groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.estates.base import WorldBase
from tests.estates.rows import Row, arm_id, last

_MANAGERS = "Microsoft.Network/networkManagers"


class GovernanceParts(WorldBase):
    """Who rules over networks, and where they belong."""

    def _manager(self, name: str) -> str:
        return arm_id(self.sub, self.rg, _MANAGERS, name)

    def admin_rules(
        self,
        vnet: str,
        *rules: Row,
        manager: str = "avnm",
        spelling: str = "camel",
        **props: Any,
    ) -> str:
        """The security admin rules in force in a network, made by `admin_rule`.

        The row names the configuration and carries the rules in it; `spelling="pascal"` writes
        the keys the other way in which Resource Graph returns them.
        """
        base = f"{self._manager(manager)}/securityAdminConfigurations/baseline"
        collection = f"{base}/ruleCollections/{last(vnet)}"
        listed = [one | {"id": f"{collection}/rules/{one['name']}"} for one in rules]
        configuration = {"id": f"{base}/snapshots/0", "rules": listed}
        properties: Row = {
            "provisioningState": "Succeeded",
            "effectiveSecurityAdminConfigurations": [configuration],
        }
        kind = "Microsoft.Network/effectiveSecurityAdminRules"
        if spelling == "pascal":
            properties = _pascal(properties)
        return self._add_extension(vnet, kind, "default", properties, props)

    def connectivity(
        self,
        vnet: str,
        group: str = "mesh",
        topology: str = "Mesh",
        hub: str | None = None,
        group_connectivity: str = "DirectlyConnected",
        manager: str = "avnm",
        **props: Any,
    ) -> str:
        """The connectivity configuration in force in a network."""
        base = self._manager(manager)
        group_id = group if group.startswith("/") else f"{base}/networkGroups/{group}"
        inner: Row = {
            "connectivityTopology": topology,
            "hubs": [],
            "isGlobal": "False",
            "appliesToGroups": [
                {
                    "networkGroupId": group_id,
                    "groupConnectivity": group_connectivity,
                    "isGlobal": "False",
                    "useHubGateway": "False",
                }
            ],
            "provisioningState": "Succeeded",
        }
        if hub is not None:
            inner["hubs"] = [
                {"resourceId": hub, "resourceType": "Microsoft.Network/virtualNetworks"}
            ]
        name = f"{base}/connectivityConfigurations/{last(group_id)}/snapshots/0"
        properties = {
            "provisioningState": "Succeeded",
            "effectiveConnectivityConfigurations": [
                {"id": name, "properties": inner, "configurationGroups": [{"id": group_id}]}
            ],
        }
        kind = "Microsoft.Network/effectiveConnectivityConfigurations"
        return self._add_extension(vnet, kind, "default", properties, props)

    def group_membership(
        self, vnet: str, groups: Sequence[str] = ("mesh",), manager: str = "avnm", **props: Any
    ) -> str:
        """The network groups that a network belongs to."""
        base = f"{self._manager(manager)}/networkGroups"
        ids = [one if one.startswith("/") else f"{base}/{one}" for one in groups]
        properties = {
            "provisioningState": "Succeeded",
            "groupMemberships": [{"networkGroupId": one} for one in ids],
        }
        kind = "Microsoft.Network/networkGroupMemberships"
        return self._add_extension(vnet, kind, "default", properties, props)

    def lock(
        self, scope: str, name: str = "lock", level: str = "CanNotDelete", **props: Any
    ) -> str:
        """A management lock on a resource, a resource group or a subscription."""
        properties = {"level": level, "notes": props.pop("notes", "")}
        kind = "Microsoft.Authorization/locks"
        return self._add_extension(scope, kind, name, properties, props)

    def change(
        self, scope: str, time: str, *paths: str, kind: str = "Update", by: str = "", **props: Any
    ) -> str:
        """A change of a resource, as the change history tells it."""
        was = {"previousValue": "old", "newValue": "new", "propertyChangeType": "Update"}
        properties: Row = {
            "targetResourceId": scope,
            "changeType": kind,
            "changeAttributes": {"timestamp": time, "changedBy": by, "operation": "write"},
            "changes": dict.fromkeys(paths, was),
        }
        name = time.replace(":", "")
        arm_type = "Microsoft.Resources/changes"
        return self._add_extension(scope, arm_type, name, properties, props)

    def subscription(self, sub: str, name: str, **props: Any) -> str:
        """A subscription row with its display name."""
        props.setdefault("location", None)
        properties = {"state": "Enabled", "managementGroupAncestorsChain": []}
        kind = "Microsoft.Resources/subscriptions"
        row_id = self._place(f"/subscriptions/{sub}", kind, properties, props)
        self.row(row_id)["name"] = name
        return row_id

    def resource_group(self, sub: str, name: str, **props: Any) -> str:
        """A resource group row."""
        properties = {"provisioningState": "Succeeded"}
        kind = "Microsoft.Resources/subscriptions/resourceGroups"
        return self._place(f"/subscriptions/{sub}/resourceGroups/{name}", kind, properties, props)


def _pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _pascal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_pascal(item) for item in value]
    return value
