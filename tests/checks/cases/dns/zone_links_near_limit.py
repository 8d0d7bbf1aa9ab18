from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT114"


def _counted(links: object, most: object = 1000) -> World:
    home = injected()
    properties = home.world.properties(home.zone)
    for key, value in (
        ("numberOfVirtualNetworkLinks", links),
        ("maxNumberOfVirtualNetworkLinks", most),
    ):
        properties[key] = value
        if value is None:
            del properties[key]
    return home.world


def more_rows_than_counted() -> World:
    home = injected()
    properties = home.world.properties(home.zone)
    properties["maxNumberOfVirtualNetworkLinks"] = 10
    for number in range(8):
        home.world.link(home.zone, home.world.vnet(f"vnet-{number}", f"10.{20 + number}.0.0/16"))
    properties["numberOfVirtualNetworkLinks"] = 0
    return home.world


def neither() -> World:
    world = _counted(None)
    world.unread("microsoft.network/privateDnsZones/virtualNetworkLinks")
    return world


def other_service() -> World:
    world = World()
    world.zone("privatelink.blob.core.windows.net", numberOfVirtualNetworkLinks=1000)
    return world


CASES: list[Case] = [
    ("few", lambda: _counted(3), ok),
    ("near miss: one below nine tenths", lambda: _counted(899), ok),
    ("near miss: a zone of another service", other_service, skip),
    ("nine tenths", lambda: _counted(900), fail("warning", says="900 of 1000")),
    ("a smaller limit", lambda: _counted(95, 100), fail("warning")),
    ("the counter lags behind", more_rows_than_counted, fail("warning", says="9 of 10")),
    ("neither counter nor links", neither, unknown("links")),
]
