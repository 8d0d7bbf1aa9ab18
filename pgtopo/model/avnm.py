"""What Azure Virtual Network Manager imposes on a network: admin rules and connectivity."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class AdminAddress(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One source or destination of an admin rule."""

    prefix: str = ""
    prefix_type: str = ""
    """IPPrefix, ServiceTag or NetworkGroup, as written."""


class AdminRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One effective security admin rule."""

    id: ArmId
    name: str = ""
    access: str = ""
    """Allow, Deny or AlwaysAllow, as written."""
    direction: str = ""
    priority: int | None = None
    protocol: str = ""
    sources: tuple[AdminAddress, ...] = ()
    destinations: tuple[AdminAddress, ...] = ()
    source_ports: tuple[str, ...] = ()
    destination_ports: tuple[str, ...] = ()
    configuration: str = ""
    """Which security admin configuration it comes from."""


class EffectiveAdminRules(Resource, frozen=True, kw_only=True):
    """The admin rules that are in force on one virtual network."""

    KIND: ClassVar[str] = "microsoft.network/effectivesecurityadminrules"

    network: ArmId
    rules: tuple[AdminRule, ...] = ()
    unread: tuple[ArmId, ...] = ()
    """Configurations in force whose rules the row does not carry."""


class ConnectivityGroup(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One deployed connectivity configuration of a network."""

    configuration: ArmId | None = None
    topology: str = ""
    """Mesh or HubAndSpoke, as written."""
    groups: tuple[tuple[ArmId, str], ...] = ()
    """(network group, groupConnectivity): `DirectlyConnected` makes a connected group."""
    hubs: tuple[ArmId, ...] = ()
    is_global: bool = False


class EffectiveConnectivity(Resource, frozen=True, kw_only=True):
    """The connectivity configurations in force on one virtual network."""

    KIND: ClassVar[str] = "microsoft.network/effectiveconnectivityconfigurations"

    network: ArmId
    configurations: tuple[ConnectivityGroup, ...] = ()


class GroupMembership(Resource, frozen=True, kw_only=True):
    """The network groups one virtual network belongs to."""

    KIND: ClassVar[str] = "microsoft.network/networkgroupmemberships"

    network: ArmId
    groups: tuple[ArmId, ...] = ()
