"""A step of a path in a few words, where nothing stands in the way; its sentence where it does."""

from pgtopo.analysis.verdict import Evidence, Part, Stage, Step, Verdict
from pgtopo.model.firewall import RuleCollectionGroup
from pgtopo.model.ids import ArmId, name_of, parent_of, type_of
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.routing import Route, RouteTable
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.labels import name_in
from pgtopo.views.literal import printable


def gist(topology: Topology, step: Step, part: Part) -> str:
    """What decided, by name; the whole sentence where the step blocks or leaves something open."""
    if step.verdict is not Verdict.ALLOWED:
        return printable(step.text)
    return printable(_short(topology, step, part) or step.text)


def _short(topology: Topology, step: Step, part: Part) -> str:
    decided = step.decided_by
    if decided is None:
        return ""
    if step.stage is Stage.DNS:
        by = f" by zone {name_in(topology, part.zone)}" if part.zone is not None else ""
        return f"{', '.join(part.answers)}{by}" if part.answers else ""
    if step.stage is Stage.STATE:
        return str(decided.value or "")
    for write in (_filter, _network, _rule):
        if found := write(topology, decided):
            return found
    return ""


def _filter(topology: Topology, decided: Evidence) -> str:
    if not type_of(decided.resource).startswith(_FILTERS):
        return ""
    group = _name(topology, parent_of(decided.resource))
    return f"{group}: {_name(topology, decided.resource)}"


def _network(topology: Topology, decided: Evidence) -> str:
    kind = type_of(decided.resource)
    if kind == Peering.KIND:
        return _over(topology, decided.resource, is_route="ddressSpace" in decided.property)
    if kind == VirtualNetwork.KIND:
        return f"inside {_name(topology, decided.resource)}"
    return _route(topology, decided.resource) if kind == _ROUTE else ""


def _rule(topology: Topology, decided: Evidence) -> str:
    """What an appliance or the server itself says."""
    kind = type_of(decided.resource)
    if kind == RuleCollectionGroup.KIND:
        return f"rule {decided.property.rpartition('/')[2]}"
    if kind == FirewallRule.KIND:
        return f"rule {_name(topology, decided.resource)}"
    if kind == FlexibleServer.KIND and "delegatedSubnet" in decided.property:
        return "in its network, no firewall rules of its own"
    return ""


_FILTERS = "microsoft.network/networksecuritygroups/"
_ROUTE = f"{RouteTable.KIND}/routes"


def _name(topology: Topology, arm_id: ArmId) -> str:
    return name_of(topology.display(arm_id))


def _over(topology: Topology, arm_id: ArmId, *, is_route: bool) -> str:
    peering = topology.get(Peering, arm_id)
    if peering is None:
        return ""
    there = name_in(topology, peering.remote)
    return f"to peered {there}" if is_route else f"{name_in(topology, peering.network)} → {there}"


def route_of(topology: Topology, arm_id: ArmId) -> Route | None:
    """The user-defined route with an id; None where it is no such route."""
    table = topology.get(RouteTable, parent_of(arm_id))
    return next((one for one in table.routes if one.id == arm_id), None) if table else None


def _route(topology: Topology, arm_id: ArmId) -> str:
    route = route_of(topology, arm_id)
    if route is None:
        return ""
    to = route.hop_ip or route.hop_type
    return f"{_name(topology, parent_of(arm_id))}: {route.name} {route.prefix} → {to}"
