from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT606"


def _with(*endpoints: dict[str, object]) -> World:
    return injected(subnet_props={"serviceEndpoints": list(endpoints)}).world


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


def spelled_with_blanks() -> World:
    home = injected()
    home.world.row(home.server)["location"] = "West Europe"
    return home.world


CASES: list[Case] = [
    ("in the region and its pair", lambda: injected().world, ok),
    (
        "near miss: all locations",
        lambda: _with({"service": "Microsoft.Storage", "locations": ["*"]}),
        ok,
    ),
    ("near miss: no locations stated", lambda: _with({"service": "microsoft.storage"}), ok),
    ("near miss: the region is spelled with blanks", spelled_with_blanks, ok),
    ("R14 none", _with, fail("warning", cause="snet-pg")),
    (
        "R14 for another service",
        lambda: _with({"service": "Microsoft.Sql", "locations": ["westeurope"]}),
        fail("warning", says="no service endpoint"),
    ),
    (
        "R14 in another region",
        lambda: _with({"service": "Microsoft.Storage", "locations": ["eastus"]}),
        fail("warning", says="does not cover westeurope"),
    ),
    ("the subnet is out of sight", out_of_sight, unknown("snet-pg")),
]
