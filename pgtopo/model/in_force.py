"""What a network interface says is in force on it: an answer of the platform, not a resource."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class RouteInForce(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One row of an effective route table."""

    prefixes: tuple[str, ...] = ()
    hop_type: str = ""
    """As written: VnetLocal, VNetPeering, VirtualNetworkGateway, VirtualAppliance, ..."""
    hop_ips: tuple[str, ...] = ()
    source: str = ""
    """Default, User or VirtualNetworkGateway, as written."""
    state: str = ""
    """Active or Invalid, as written."""


class EffectiveRoutes(Resource, frozen=True, kw_only=True):
    """The effective route table of one interface."""

    KIND: ClassVar[str] = "pgtopo/effectiveroutes"

    nic: ArmId
    routes: tuple[RouteInForce, ...] = ()
