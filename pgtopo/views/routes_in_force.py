"""Routes as they are evaluated: which are in force on a subnet, and which lose to which."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable
from pgtopo.analysis.routes.table import effective_routes, system_routes
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import Span, format_address, prefix_length
from pgtopo.model.network import Subnet
from pgtopo.views.lines import Line, Tone, piece, to_resource
from pgtopo.views.overview.writing import Page

_PREFIX = 20


def write_routes(page: Page, facts: Facts, subnet_id: ArmId) -> None:
    """The routes in force on a subnet, then those another route takes the place of."""
    page.head(f"Routes in force on {name_of(facts.topology.display(subnet_id))}, longest wins")
    table = effective_routes(facts, subnet_id)
    for route in table.routes:
        page.lines.append(_route(page, route))
    lost = _lost(facts, subnet_id, table)
    if lost:
        page.head("Not in force")
    for route, winner in lost:
        page.lines += _loser(page, route, winner)


def _lost(
    facts: Facts, subnet_id: ArmId, table: EffectiveTable
) -> list[tuple[EffectiveRoute, EffectiveRoute]]:
    """Routes the subnet would have without its route table, and what wins over each."""
    subnet = facts.topology.get(Subnet, subnet_id)
    if subnet is None or subnet.route_table is None:
        return []
    held = {(route.span, route.hop, route.networks) for route in table.routes}
    return [
        (route, table.route_of(route.span.low))
        for route in system_routes(facts, subnet.network).routes
        if (route.span, route.hop, route.networks) not in held
    ]


def _loser(page: Page, route: EffectiveRoute, winner: EffectiveRoute) -> list[Line]:
    why = f"loses to {winner.name}" if winner.name else f"{winner.hop.value} takes its place"
    if winner.span == route.span:
        told = f"{why} of the same prefix"
    else:
        told = f"{why} ({_prefix(winner.span)})"
    target = to_resource(winner.evidence.resource)
    text = f"{_prefix(route.span):<{_PREFIX}}{_to(page, route)}"
    return [
        Line((piece(text, Tone.DIM),), 0, target, "", _PREFIX),
        Line((piece(told, Tone.RISK),), _PREFIX, target),
    ]


def _to(page: Page, route: EffectiveRoute) -> str:
    hops = ", ".join(map(format_address, route.hop_ips))
    ends = ", ".join(name_of(page.topology.display(one)) for one in route.networks[:3])
    return " ".join(part for part in (route.hop.value, hops, ends) if part)


def _route(page: Page, route: EffectiveRoute) -> Line:
    named = f"  {route.name}" if route.name else ""
    doubt = f"  unsure: {route.doubt}" if route.doubt else ""
    return Line(
        (
            piece(f"{_prefix(route.span):<{_PREFIX}}"),
            piece(_to(page, route), Tone.BAD if route.hop.value == "None" else Tone.INFO),
            piece(f"  {route.source.value}{named}", Tone.DIM),
            piece(doubt, Tone.UNKNOWN),
        ),
        0,
        to_resource(route.evidence.resource),
        "",
        _PREFIX,
    )


def _prefix(span: Span) -> str:
    length = prefix_length(span)
    first = format_address(span.low)
    return f"{first}/{length}" if length is not None else f"{first}-{format_address(span.high)}"
