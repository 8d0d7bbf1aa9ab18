from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import reached

CHECK = "PGT903"

CASES: list[Case] = [
    ("postgresqlServer", lambda: reached().world, ok),
    ("near miss: in other letters", lambda: reached(groups=("PostgresqlServer",)).world, ok),
    ("of MySQL", lambda: reached(groups=("mysqlServer",)).world, fail("error", says="mysqlServer")),
    ("none stated", lambda: reached(groups=()).world, unknown("does not state")),
]
