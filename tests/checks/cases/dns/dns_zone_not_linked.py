from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import Home, injected, public
from tests.estates.world import World

CHECK = "PGT103"


def unlinked() -> Home:
    home = injected()
    home.world.remove(home.link)
    return home


def stale_counter() -> World:
    home = injected()
    home.world.properties(home.zone)["numberOfVirtualNetworkLinks"] = 0
    return home.world


def other_case() -> World:
    home = injected()
    home.world.properties(home.link)["virtualNetwork"]["id"] = home.network.upper()
    return home.world


def linked_elsewhere() -> World:
    home = unlinked()
    hub = home.world.vnet("vnet-hub", "10.0.0.0/16")
    home.world.link(home.zone, hub)
    return home.world


def hub_resolver() -> World:
    home = unlinked()
    world = home.world
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    place = world.subnet(hub, "snet-dns-in", "10.0.5.0/28", delegation="dns")
    resolver = world.resolver("dnspr", hub)
    world.inbound(resolver, place, "10.0.5.4")
    world.link(home.zone, hub)
    world.peer(home.network, hub)
    world.subnet(home.network, "snet-app", "10.1.9.0/24")
    world.properties(home.network)["dhcpOptions"] = {"dnsServers": ["10.0.5.4"]}
    return world


def dns_server_unknown() -> World:
    home = unlinked()
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": ["192.168.7.7"]}
    return home.world


def links_unread() -> World:
    home = unlinked()
    home.world.unread("microsoft.network/privateDnsZones/virtualNetworkLinks")
    return home.world


def zone_out_of_sight() -> World:
    home = unlinked()
    home.world.remove(home.zone)
    return home.world


CASES: list[Case] = [
    ("R22 linked", lambda: injected().world, ok),
    ("near miss: the zone's counter says none", stale_counter, ok),
    ("near miss: ids in other letters", other_case, ok),
    ("near miss: a public server", lambda: public()[0], skip),
    (
        "R22 not linked",
        lambda: unlinked().world,
        fail("error", says="vnet-data", cause="orders.private.postgres.database.azure.com"),
    ),
    ("R22 linked to another network only", linked_elsewhere, fail("error")),
    ("a resolver in the hub helps", hub_resolver, fail("warning", says="by other means")),
    (
        "a DNS server of unknown owner might help",
        dns_server_unknown,
        fail("warning", certainty="likely"),
    ),
    ("links not read", links_unread, unknown("links")),
    ("R21 the zone is out of sight", zone_out_of_sight, unknown("orders.private")),
]
