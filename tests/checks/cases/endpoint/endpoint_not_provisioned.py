from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT912"


def interface_row_unseen() -> World:
    home = reached()
    nic = home.world.properties(home.endpoint)["networkInterfaces"][0]["id"]
    home.world.remove(nic)
    return home.world


def no_interface(*unread: str) -> World:
    home = reached()
    properties = home.world.properties(home.endpoint)
    home.world.remove(properties["networkInterfaces"][0]["id"])
    properties["networkInterfaces"] = []
    properties["customDnsConfigs"] = []
    home.world.unread(*unread)
    return home.world


def interface_listed_by_itself_alone() -> World:
    home = reached()
    home.world.properties(home.endpoint)["networkInterfaces"] = []
    return home.world


CASES: list[Case] = [
    ("in order", lambda: reached().world, ok),
    ("near miss: the interface's own row is not visible", interface_row_unseen, ok),
    ("near miss: only the interface tells whose it is", interface_listed_by_itself_alone, ok),
    ("failed", lambda: reached(provisioningState="Failed").world, fail("error", says="Failed")),
    ("still at work", lambda: reached(provisioningState="Updating").world, fail("warning")),
    ("no interface", no_interface, fail("error", says="no network interface")),
    (
        "no interface, and interfaces were not read",
        lambda: no_interface("microsoft.network/networkInterfaces"),
        unknown("network interfaces"),
    ),
    ("no state", lambda: reached(provisioningState=...).world, unknown("no provisioningState")),
]
