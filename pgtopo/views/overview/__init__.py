"""One resource in plain words, with references one can follow."""

from collections.abc import Callable
from typing import Any

from pgtopo.model.base import Resource
from pgtopo.model.dns import (
    ForwardingRuleset,
    InboundEndpoint,
    PrivateZone,
    RecordSet,
    ZoneLink,
)
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, group_of, subscription_scope, type_of
from pgtopo.model.network import NetworkInterface, Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import word_of
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Line, Tone
from pgtopo.views.overview import names, network, plainly, server, ways
from pgtopo.views.overview.writing import Page

_WRITERS: dict[type[Resource], Callable[[Page, Any], None]] = {
    FlexibleServer: server.write,
    VirtualNetwork: network.write_network,
    Subnet: network.write_subnet,
    Peering: network.write_peering,
    NetworkInterface: network.write_nic,
    PrivateZone: names.write_zone,
    ZoneLink: names.write_link,
    RecordSet: names.write_record,
    InboundEndpoint: names.write_inbound,
    ForwardingRuleset: names.write_ruleset,
    NetworkSecurityGroup: ways.write_nsg,
    RouteTable: ways.write_routes,
    PrivateEndpoint: ways.write_endpoint,
}


def overview(topology: Topology, arm_id: ArmId, kind: str = "") -> tuple[Line, ...]:
    """What is known of a resource, or why nothing is."""
    page = Page(topology)
    resource = topology.find(arm_id)
    if resource is None:
        page.fact("Kind", word_of(kind or type_of(arm_id)))
        page.why_absent(arm_id, kind)
    else:
        page.fact("Kind", word_of(type(resource).KIND))
        _WRITERS.get(type(resource), plainly.write)(page, resource)
    _address(page, arm_id)
    return page.done()


def _address(page: Page, arm_id: ArmId) -> None:
    """Where the resource lives in Azure."""
    page.head("In Azure")
    page.fact("Group", group_of(page.topology.display(arm_id).lower()))
    scope = subscription_scope(arm_id)
    if scope != "/":
        page.fact("Subscription", name_in(page.topology, scope))
    page.command("Id", page.topology.display(arm_id))
    locks = page.topology.locks_at(arm_id)
    for lock in locks:
        page.fact("Lock", f"{lock.level} {lock.name}", Tone.RISK)
