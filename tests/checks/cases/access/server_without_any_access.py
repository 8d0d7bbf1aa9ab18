from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public, reached
from tests.estates.world import World

CHECK = "PGT804"


def no_endpoint() -> World:
    world = World()
    world.public_server("psql-moved", "Disabled")
    return world


def thin_replica() -> World:
    world = World()
    primary = world.public_server("psql-web", "Enabled")
    replica = world.replica("psql-web-r", primary, None, None, access="Disabled")
    properties = world.properties(replica)
    for key in ("fullyQualifiedDomainName", "privateEndpointConnections", "version"):
        del properties[key]
    return world


def no_network_stated() -> World:
    world = World()
    del world.properties(world.public_server("psql-web", "Enabled"))["network"]
    return world


CASES: list[Case] = [
    ("an approved endpoint", lambda: reached().world, ok),
    ("near miss: public access is on", lambda: public()[0], skip),
    ("near miss: injected servers say Disabled, too", lambda: injected().world, skip),
    ("no endpoint", no_endpoint, fail("error", says="none at all", cause="psql-moved")),
    (
        "an endpoint that waits",
        lambda: reached(status="Pending").world,
        fail("error", says="Pending"),
    ),
    ("a thin body of a replica", thin_replica, unknown("leaves out")),
    ("the row does not say how it is attached", no_network_stated, unknown("publicNetworkAccess")),
]
