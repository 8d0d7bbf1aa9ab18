from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT909"
NAME = "privatelink.postgres.database.azure.com"


def _second(
    holds: str = "",
    linked: bool = True,
    read: bool = True,
    joined: bool = True,
    access: str = "Disabled",
) -> World:
    home = reached(access=access)
    other = home.world.zone(NAME, rg="rg-branch")
    if linked:
        branch = home.world.vnet("vnet-branch", "10.3.0.0/16")
        home.world.link(other, branch)
        if joined:
            home.world.peer(home.network, branch)
    if holds:
        home.world.a_record(other, holds, "10.2.5.4")
    if not read:
        home.world.denied("microsoft.network/privateDnsZones/A", other)
    return home.world


def stranger_in_the_first() -> World:
    home = reached()
    home.world.a_record(home.zone, "psql-of-others", "10.2.5.9")
    other = home.world.zone(NAME, rg="rg-branch")
    home.world.link(other, home.world.vnet("vnet-branch", "10.3.0.0/16"))
    home.world.a_record(other, "psql-shop", "10.2.5.4")
    return home.world


CASES: list[Case] = [
    ("both hold it", lambda: _second(holds="psql-shop"), ok),
    ("near miss: a record of a server not in the data", stranger_in_the_first, ok),
    ("near miss: the second one is linked to nothing", lambda: _second(linked=False), skip),
    ("near miss: one zone", lambda: reached().world, skip),
    (
        "one lacks it",
        _second,
        fail("warning", certainty="likely", says="psql-shop, which a zone of the same name holds"),
    ),
    (
        "one lacks it, for networks that never meet",
        lambda: _second(joined=False),
        fail("info", certainty="likely", says="never meets"),
    ),
    (
        "one lacks it, and takes the public address away",
        lambda: _second(joined=False, access="Enabled"),
        fail("info", certainty="likely", says="public address"),
    ),
    ("records not read", lambda: _second(read=False), unknown("DNS records", count=2)),
]
