from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public, reached
from tests.estates.world import World

CHECK = "PGT901"


def endpoint_out_of_sight(status: str) -> World:
    home = reached(status=status)
    home.world.remove(home.endpoint)
    return home.world


def gone_from_the_servers_list() -> World:
    home = reached()
    home.world.properties(home.server)["privateEndpointConnections"] = []
    return home.world


def server_out_of_sight() -> World:
    home = reached()
    home.world.remove(home.server)
    return home.world


CASES: list[Case] = [
    ("approved", lambda: reached().world, ok),
    ("near miss: only the server's list shows it", lambda: endpoint_out_of_sight("Approved"), ok),
    ("near miss: only the endpoint shows it", server_out_of_sight, ok),
    ("near miss: no endpoint", lambda: public()[0], skip),
    (
        "pending",
        lambda: reached(status="Pending").world,
        fail("error", says="Pending", cause="pe-shop"),
    ),
    ("rejected", lambda: endpoint_out_of_sight("Rejected"), fail("error", says="Rejected")),
    (
        "the two sides differ",
        lambda: reached(status="Approved", server_status="Pending").world,
        unknown("Approved and Pending"),
    ),
    (
        "approved, but gone from the server's list",
        gone_from_the_servers_list,
        unknown("knows nothing of it"),
    ),
]
