from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT814"


def _auth(entra: str, password: str) -> World:
    config = {"activeDirectoryAuth": entra, "passwordAuth": password}
    return injected(authConfig=config).world


CASES: list[Case] = [
    ("both", lambda: _auth("Enabled", "Enabled"), ok),
    ("near miss: neither", lambda: _auth("Disabled", "Disabled"), ok),
    ("passwords only", lambda: _auth("Disabled", "Enabled"), fail("info", says="Disabled")),
    ("not stated", lambda: injected(authConfig=...).world, unknown("does not state")),
]
