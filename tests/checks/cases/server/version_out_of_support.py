from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected

CHECK = "PGT710"

CASES: list[Case] = [
    ("a recent one", lambda: injected(version="16").world, ok),
    ("near miss: supported for a few more days", lambda: injected(version="14").world, ok),
    ("an old one", lambda: injected(version="11").world, fail("warning", says="2023-11-09")),
    ("with a minor version", lambda: injected(version="13.14").world, fail("warning")),
    ("not stated", lambda: injected(version=...).world, unknown("not stated")),
    ("from the future", lambda: injected(version="42").world, unknown("42")),
]
