from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public
from tests.checks.spokes import endpoint_spoke
from tests.estates.world import World

CHECK = "PGT908"


def not_a_client() -> World:
    made = endpoint_spoke(is_linked=False)
    far = made.world.vnet("vnet-far", "10.7.0.0/16")
    made.world.subnet(far, "snet-far", "10.7.1.0/24")
    made.world.link(made.zone, made.network)
    return made.world


def links_not_read() -> World:
    world = endpoint_spoke(is_linked=False).world
    world.unread("microsoft.network/privatednszones/virtualnetworklinks")
    return world


CAUSE = "privatelink.postgres.database.azure.com"
CASES: list[Case] = [
    ("linked", lambda: endpoint_spoke().world, ok),
    ("near miss: a network that is no client", not_a_client, ok),
    ("near miss: no endpoint", lambda: public()[0], skip),
    (
        "peered but not linked",
        lambda: endpoint_spoke(is_linked=False).world,
        fail("warning", certainty="likely", says="snet-web passes by", cause=CAUSE),
    ),
    (
        "not linked, public access off",
        lambda: endpoint_spoke(is_linked=False, access="Disabled").world,
        fail("warning", certainty="likely", says="psql-shop", cause=CAUSE),
    ),
    (
        "not linked, declared",
        lambda: endpoint_spoke(is_linked=False, is_declared=True).world,
        fail("warning", says="client vnet-web/snet-web", cause=CAUSE),
    ),
    ("links not read", links_not_read, unknown("psql-shop")),
]
