"""Learned routes as interfaces of a subnet's kind were seen to have them.

Azure rule: routes learned by gateways and Route Server are in no resource; the effective route
table of an interface shows them, and interfaces of one network and one route table share them
("Diagnose a virtual machine routing problem", Microsoft Learn).
"""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import effective_gateways, route_server_for
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop, Source
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.in_force import EffectiveRoutes, RouteInForce
from pgtopo.model.net import parse_address, parse_prefix
from pgtopo.model.network import NetworkInterface, Subnet

_HOPS = {"virtualnetworkgateway": Hop.GATEWAY, "virtualappliance": Hop.APPLIANCE, "none": Hop.NONE}
_LEARNED = "virtualnetworkgateway"


def observed_routes(
    facts: Facts, network: ArmId, table: ArmId | None
) -> list[EffectiveRoute] | None:
    """The learned routes of a network's subnets with a route table; None where nobody looked."""
    seen = facts.once("observed", 0, lambda: _by_place(facts)).get((network, table))
    if seen is None:
        return None
    reaches = effective_gateways(facts, network)
    if not reaches and route_server_for(facts, network) is None:
        return None  # a virtual hub, whose routes look like a gateway's
    home = reaches[0].home if reaches else network
    return [
        made
        for one in seen.routes
        if one.source.lower() == _LEARNED and one.state.lower() == "active"
        for made in _routes(seen, one, home)
    ]


def _by_place(facts: Facts) -> dict[tuple[ArmId, ArmId | None], EffectiveRoutes]:
    found: dict[tuple[ArmId, ArmId | None], EffectiveRoutes] = {}
    for row in facts.topology.all(EffectiveRoutes):
        nic = facts.topology.get(NetworkInterface, row.nic)
        for configuration in nic.configurations if nic else ():
            subnet = facts.topology.get(Subnet, configuration.subnet)
            if subnet is not None:
                found.setdefault((subnet.network, subnet.route_table), row)
    return found


def _routes(row: EffectiveRoutes, one: RouteInForce, home: ArmId) -> list[EffectiveRoute]:
    return [
        EffectiveRoute(
            span=span,
            hop=_HOPS.get(one.hop_type.lower(), Hop.UNKNOWN),
            source=Source.BGP,
            evidence=Evidence(row.id, "properties.value[].addressPrefix", text),
            hop_ips=tuple(a for a in map(parse_address, one.hop_ips) if a is not None),
            networks=(home,),
        )
        for text in one.prefixes
        if (span := parse_prefix(text)) is not None
    ]
