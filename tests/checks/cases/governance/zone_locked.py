from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT001"


def _locked(place: str, level: str = "CanNotDelete", ha: str | None = None) -> World:
    home = injected(ha=ha)
    parts = home.zone.split("/")
    scopes = {
        "zone": home.zone,
        "record": home.record,
        "link": home.link,
        "group": "/".join(parts[:5]),
        "subscription": "/".join(parts[:3]),
        "network": home.network,
        "other group": "/".join([*parts[:4], "rg-elsewhere"]),
    }
    home.world.lock(scopes[place], "keep", level)
    return home.world


def locks_unread() -> World:
    home = injected()
    home.world.denied("microsoft.authorization/locks")
    return home.world


HA = "ZoneRedundant"
CASES: list[Case] = [
    ("no lock", lambda: injected().world, ok),
    ("near miss: on the network", lambda: _locked("network"), ok),
    ("near miss: on another resource group", lambda: _locked("other group"), ok),
    ("near miss: on a link of the zone", lambda: _locked("link"), ok),
    ("near miss: a public server has no zone", lambda: public()[0], skip),
    ("R31 on the zone", lambda: _locked("zone", ha=HA), fail("error", cause="locks/keep")),
    ("R31 read only", lambda: _locked("zone", "ReadOnly"), fail("warning", says="ReadOnly")),
    ("R31 on a record set", lambda: _locked("record"), fail("warning")),
    ("R31 on the resource group", lambda: _locked("group", ha=HA), fail("error")),
    ("R31 on the subscription", lambda: _locked("subscription"), fail("warning")),
    ("R31 locks not readable", locks_unread, unknown("may not read")),
]
