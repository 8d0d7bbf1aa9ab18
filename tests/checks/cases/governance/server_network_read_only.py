from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT002"


def _locked(place: str, level: str) -> World:
    home = injected()
    parts = home.network.split("/")
    scopes = {
        "subnet": home.subnet,
        "network": home.network,
        "group": "/".join(parts[:5]),
        "zone": home.zone,
    }
    home.world.lock(scopes[place], "keep", level)
    return home.world


def locks_unread() -> World:
    home = injected()
    home.world.unread("microsoft.authorization/locks")
    return home.world


CASES: list[Case] = [
    ("no lock", lambda: injected().world, ok),
    ("near miss: it may only not be deleted", lambda: _locked("network", "CanNotDelete"), ok),
    ("near miss: the zone is read-only", lambda: _locked("zone", "ReadOnly"), ok),
    ("near miss: no injected server", lambda: public()[0], skip),
    ("the network", lambda: _locked("network", "ReadOnly"), fail("warning", cause="keep")),
    ("the subnet", lambda: _locked("subnet", "readonly"), fail("warning")),
    ("the resource group", lambda: _locked("group", "ReadOnly"), fail("warning")),
    ("locks not read", locks_unread, unknown("locks")),
]
