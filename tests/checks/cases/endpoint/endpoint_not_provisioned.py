from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT912"


def interface_row_unseen() -> World:
    home = reached()
    nic = home.world.properties(home.endpoint)["networkInterfaces"][0]["id"]
    home.world.remove(nic)
    return home.world


def no_interface() -> World:
    home = reached()
    home.world.properties(home.endpoint)["networkInterfaces"] = []
    return home.world


CASES: list[Case] = [
    ("in order", lambda: reached().world, ok),
    ("near miss: the interface's own row is not visible", interface_row_unseen, ok),
    ("failed", lambda: reached(provisioningState="Failed").world, fail("error", says="Failed")),
    ("still at work", lambda: reached(provisioningState="Updating").world, fail("warning")),
    ("no interface", no_interface, fail("error", says="no network interface")),
    ("no state", lambda: reached(provisioningState=...).world, unknown("no provisioningState")),
]
