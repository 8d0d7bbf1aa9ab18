from tests.checks.expect import Case, fail, ok
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT107"


def long_form() -> World:
    return injected().world


def privatelink_form() -> World:
    return injected(domain="privatelink.postgres.database.azure.com").world


def own_domain() -> World:
    return injected(domain="db.contoso.internal").world


def suffix_without_dot() -> World:
    return injected(domain="mypostgres.database.azure.com").world


def bare_suffix() -> World:
    return injected(domain="postgres.database.azure.com").world


CASES: list[Case] = [
    ("a name of the usual form", long_form, ok),
    ("near miss: the privatelink name is legal for injected servers", privatelink_form, ok),
    ("R25 a company's own domain", own_domain, fail("error", cause="db.contoso.internal")),
    ("ends in the letters, but not in the label", suffix_without_dot, fail("error")),
    ("the bare suffix", bare_suffix, fail("error", says="does not end in")),
]
