from tests.checks.expect import Case, fail, ok
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT108"


def own_label() -> World:
    return injected("psql-orders", domain="orders.postgres.database.azure.com").world


def name_inside_long_form() -> World:
    return injected("psql-orders", domain="psql-orders.private.postgres.database.azure.com").world


def name_ends_in_postgres() -> World:
    return injected("orderspostgres", domain="orders.postgres.database.azure.com").world


def own_name() -> World:
    return injected("psql-orders", domain="psql-orders.postgres.database.azure.com").world


def name_of_another() -> World:
    home = injected("psql-orders", domain="PSQL-Stock.postgres.database.azure.com")
    home.world.public_server("psql-stock")
    return home.world


CASES: list[Case] = [
    ("a label of its own", own_label, ok),
    ("near miss: the server's name before .private", name_inside_long_form, ok),
    ("near miss: a server whose name ends in postgres", name_ends_in_postgres, ok),
    ("R20 the server's own name", own_name, fail("error", says="the server itself")),
    ("R20 the name of another server", name_of_another, fail("error", says="psql-stock")),
]
