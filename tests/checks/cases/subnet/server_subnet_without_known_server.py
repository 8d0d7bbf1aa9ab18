from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT610"
LINK = {
    "name": "pg",
    "properties": {"linkedResourceType": "Microsoft.DBforPostgreSQL/flexibleServers"},
}


def _linked(has_server: bool, read: str = "/") -> World:
    home = injected(subnet_props={"serviceAssociationLinks": [LINK]})
    if not has_server:
        home.world.remove(home.server)
    if read != "/":
        home.world.unread("microsoft.dbforpostgresql/flexibleServers")
        home.world.read("microsoft.dbforpostgresql/flexibleServers", read)
    return home.world


def of_another_service() -> World:
    link = {"name": "web", "properties": {"linkedResourceType": "Microsoft.Web/serverFarms"}}
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    world.subnet(network, "snet-web", "10.2.1.0/24", serviceAssociationLinks=[link])
    return world


SUBSCRIPTION = "/subscriptions/5b6a8f0e-2c4d-4a71-9e3b-7f1d0c2a9e10"
CASES: list[Case] = [
    ("a server explains it", lambda: _linked(has_server=True), ok),
    ("near miss: a link of another service", of_another_service, skip),
    ("none", lambda: _linked(has_server=False), fail("info", cause="snet-pg")),
    (
        "other subscriptions were not read",
        lambda: _linked(has_server=False, read=SUBSCRIPTION),
        unknown("not read"),
    ),
]
