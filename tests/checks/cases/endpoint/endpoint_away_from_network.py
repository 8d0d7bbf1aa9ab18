from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT910"


def server_elsewhere() -> World:
    home = reached()
    home.world.row(home.server)["location"] = "eastus"
    return home.world


def spelled_with_blanks() -> World:
    home = reached()
    home.world.row(home.endpoint)["location"] = "West Europe"
    return home.world


def network_unseen() -> World:
    home = reached()
    home.world.remove(home.network)
    return home.world


CASES: list[Case] = [
    ("together", lambda: reached().world, ok),
    ("near miss: the server is in another region", server_elsewhere, ok),
    ("near miss: the region is spelled with blanks", spelled_with_blanks, ok),
    ("another region", lambda: reached(location="eastus").world, fail("error", says="eastus")),
    (
        "another subscription",
        lambda: reached(sub="00000000-0000-0000-0000-000000000001").world,
        fail("error", says="different subscriptions"),
    ),
    ("the network is out of sight", network_unseen, unknown("vnet-app")),
]
