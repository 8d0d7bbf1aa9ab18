from tests.checks.expect import Case, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT421"


def route_server() -> World:
    home = injected()
    home.world.subnet(home.network, "RouteServerSubnet", "10.1.200.0/27")
    home.world.route_server("rs", home.network)
    return home.world


def _hub(intent: bool) -> World:
    home = injected()
    hub = home.world.virtual_hub("hub", home.world.virtual_wan("wan"), "10.100.0.0/23")
    home.world.hub_connection(hub, home.network)
    if intent:
        home.world.routing_intent(hub, f"{hub}/firewall")
    return home.world


def elsewhere() -> World:
    home = injected()
    other = home.world.vnet("vnet-other", "10.9.0.0/16")
    home.world.subnet(other, "RouteServerSubnet", "10.9.200.0/27")
    home.world.route_server("rs", other)
    return home.world


CASES: list[Case] = [
    ("plain", lambda: injected().world, ok),
    ("near miss: a hub without intent", lambda: _hub(intent=False), ok),
    ("near miss: a Route Server elsewhere", elsewhere, ok),
    ("near miss: no injected server", lambda: public()[0], skip),
    ("a Route Server", route_server, unknown("rs")),
    ("routing intent", lambda: _hub(intent=True), unknown()),
]
