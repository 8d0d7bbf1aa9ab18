"""What every figure is measured against: the least that anybody would have to do."""

from __future__ import annotations

import sys
from pathlib import Path

NOTHING = [sys.executable, "-c", "pass"]
"""An interpreter that starts and ends."""

_READ = "import sys; open(sys.argv[1], 'rb').read()"
_PARSE = "import gc, sys, orjson; gc.disable(); orjson.loads(open(sys.argv[1], 'rb').read())"
_PARSE_SLOWLY = "import json, sys; json.load(open(sys.argv[1], 'rb'))"


def read(path: Path) -> list[str]:
    """Reading the file and nothing else."""
    return [sys.executable, "-c", _READ, str(path)]


def parse(path: Path) -> list[str]:
    """The reference: the fastest untyped parser there is, without the garbage collector."""
    return [sys.executable, "-c", _PARSE, str(path)]


def parse_slowly(path: Path) -> list[str]:
    """What a short script would do."""
    return [sys.executable, "-c", _PARSE_SLOWLY, str(path)]


_QUESTIONS = """
import duckdb, sys
t = "read_json(?, format='auto', records=true, maximum_object_size=2000000000)"
c = duckdb.connect()
is_envelope = open(sys.argv[1], 'rb').read(1) == b'{'
if is_envelope:
    c.execute(f"create table r as select unnest(rows) as row from {t}", [sys.argv[1]])
    c.execute("create view v as select row.* from r")
else:
    c.execute(f"create view v as select * from {t}", [sys.argv[1]])
p = "to_json(properties)"
for q in (
    "select type, count(*) from v group by 1",
    f"select name, {p}->>'state' from v where lower(type) like '%/flexibleservers'",
    f"select name, json_array_length({p}->'subnets') from v where type ilike '%/virtualnetworks'",
    f"select {p}->>'virtualNetworkLinkState' from v where type ilike '%/virtualnetworklinks'",
    f"select sum(json_array_length({p}->'securityRules')) from v where type ilike '%rityGroups'",
    f"select sum(json_array_length({p}->'routes')) from v where type ilike '%/routetables'",
    "select location, count(*) from v group by 1 order by 2 desc",
):
    c.execute(q).fetchall()
"""


def database(path: Path) -> list[str]:
    """DuckDB loading the file and answering seven questions, none of them about reachability."""
    return [sys.executable, "-c", _QUESTIONS, str(path)]
