from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT510"


def _lists(local: list[str], remote: list[str]) -> dict[str, object]:
    return {"peerCompleteVnets": False, "localSubnetNames": local, "remoteSubnetNames": remote}


def _peered(here: dict[str, object], there: dict[str, object]) -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.subnet(app, "snet-app", "10.2.1.0/24")
    home.world.peer(home.network, app, here, there)
    return home.world


HERE = _lists(["snet-pg"], ["snet-app"])
THERE = _lists(["snet-app"], ["snet-pg"])
CASES: list[Case] = [
    ("both list it", lambda: _peered(HERE, THERE), ok),
    ("near miss: whole networks are peered", lambda: _peered({}, {}), skip),
    ("near miss: in other letters", lambda: _peered(_lists(["SNET-PG"], ["snet-app"]), THERE), ok),
    (
        "this side leaves it out",
        lambda: _peered(_lists(["snet-web"], ["snet-app"]), THERE),
        fail("error", says="snet-pg"),
    ),
    (
        "only the other side leaves it out",
        lambda: _peered(HERE, _lists(["snet-app"], ["snet-web"])),
        fail("error", says="not among them"),
    ),
    ("no list at all", lambda: _peered(_lists([], []), {}), unknown("lists none")),
]
