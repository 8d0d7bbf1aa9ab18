from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected

CHECK = "PGT701"

CASES: list[Case] = [
    ("ready", lambda: injected().world, ok),
    ("near miss: an update goes on", lambda: injected(state="Updating").world, ok),
    ("stopped", lambda: injected(state="Stopped").world, fail("error", says="Stopped")),
    ("inaccessible", lambda: injected(state="INACCESSIBLE").world, fail("error")),
    ("on its way", lambda: injected(state="Starting").world, unknown("Starting")),
    ("not stated", lambda: injected(state=...).world, unknown("not stated")),
    ("a word nobody knows", lambda: injected(state="Sleeping").world, unknown("Sleeping")),
]
