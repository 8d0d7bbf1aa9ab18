from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT907"


def second_zone_of_another_name() -> World:
    home = reached(has_group=False)
    other = home.world.zone("db.contoso.internal")
    home.world.zone_group(home.endpoint, home.zone, other)
    return home.world


def no_zone() -> World:
    home = reached(has_group=False)
    home.world.zone_group(home.endpoint)
    return home.world


def own_name() -> World:
    return reached(domain="db.contoso.internal").world


def of_mysql() -> World:
    return reached(domain="privatelink.mysql.database.azure.com").world


CASES: list[Case] = [
    ("the recommended name", lambda: reached().world, ok),
    ("near miss: a further zone beside it", second_zone_of_another_name, ok),
    ("another database's zone", of_mysql, fail("warning", says="mysql")),
    ("a company's own zone", own_name, fail("warning", cause="default")),
    ("no zone named", no_zone, unknown("names no zone")),
]
