from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT607"


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


def region_not_stated() -> World:
    home = injected()
    del home.world.row(home.network)["location"]
    return home.world


def servers_region_not_stated() -> World:
    home = injected()
    del home.world.row(home.server)["location"]
    return home.world


def spelled_with_blanks() -> World:
    home = injected()
    home.world.row(home.server)["location"] = "West Europe"
    return home.world


CASES: list[Case] = [
    ("together", lambda: injected().world, ok),
    ("near miss: spelled with blanks", spelled_with_blanks, ok),
    ("near miss: a public server", lambda: public(location="eastus")[0], skip),
    ("R09 apart", lambda: injected(location="eastus").world, fail("error", says="eastus")),
    ("the network is out of sight", out_of_sight, unknown("vnet-data")),
    (
        "the server's region is not stated",
        servers_region_not_stated,
        unknown("the server's row does not state its location"),
    ),
    ("the network's region is not stated", region_not_stated, unknown("its row leaves out")),
]
