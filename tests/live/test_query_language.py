"""Every query is legal in the Kusto language, by Microsoft's own parser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pgtopo.sources.azure.queries import Query, queries
from pgtopo.sources.registry import kinds
from tests.stand_in import estate, kusto

ROOT = Path(__file__).resolve().parents[2]
PARSER = ROOT / ".ci" / "fetched" / "kusto" / "node_modules" / "@kusto" / "language-service-next"
CHECK = Path(__file__).with_name("check_queries.js")
ENGINE = os.environ.get("PGTOPO_KUSTO_PYTHON", "")
"""A Python interpreter that has chdb; the test of an engine is there only where it is given."""

TABLES = [
    "resources",
    "resourcecontainers",
    "networkresources",
    "dnsresources",
    "computeresources",
    "resourcechanges",
    "healthresources",
]
COLUMNS = [
    ("id", "string"),
    ("name", "string"),
    ("type", "string"),
    ("tenantId", "string"),
    ("kind", "string"),
    ("location", "string"),
    ("resourceGroup", "string"),
    ("subscriptionId", "string"),
    ("managedBy", "string"),
    ("sku", "dynamic"),
    ("plan", "dynamic"),
    ("properties", "dynamic"),
    ("tags", "dynamic"),
    ("identity", "dynamic"),
    ("zones", "dynamic"),
    ("extendedLocation", "dynamic"),
]
"""Columns all tables have ("Azure Resource Graph table and resource type reference")."""


class Judged(NamedTuple):
    """What the parser says of a query."""

    errors: list[str]
    columns: list[str]


BAD = (
    "resources | project id, nmae | order by id asc",
    "resources | where type in~ ('a' | project id",
    "resource | project id",
    "resources | oder by id asc",
)


def in_the_readme() -> list[str]:
    """The queries that the README gives to copy."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(r"az graph query [^\n]*? -q '([^']+)'", text)


def judged() -> dict[str, Judged]:
    """What the parser says of all queries, by their text; it takes seconds to start."""
    texts = [query.text for query in queries()]
    texts += [query.print_of(query.kinds) for query in queries()]
    texts += [*BAD, *in_the_readme()]
    given = json.dumps({"tables": TABLES, "columns": COLUMNS, "queries": texts})
    words = ["node", str(CHECK), str(PARSER)]
    done = subprocess.run(words, input=given, capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return {
        text: Judged(one["errors"], one["columns"])
        for text, one in zip(texts, answers, strict=True)
    }


@pytest.mark.needs_program
@pytest.mark.skipif(
    shutil.which("node") is None or not PARSER.is_dir(),
    reason="the parser is not installed: see .ci/run",
)
def test_every_query_is_legal_and_gives_its_columns() -> None:
    found = judged()
    for query in queries():
        made = [column for column, _ in query.paths]
        assert found[query.text] == Judged([], [*query.columns, *made])
        taken = found[query.print_of(query.kinds)]
        assert taken.errors == []
        assert taken.columns[:2] == ["many", "length"]
    assert in_the_readme()
    assert [found[text].errors for text in in_the_readme()] == [[] for _ in in_the_readme()]
    assert all(found[text].errors for text in BAD), "the parser would not tell"


def words_of(query: Query) -> list[str]:
    """The operators of a query, in order."""
    return [step.split()[0] for step in query.text.split("|")[1:]]


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_queries_are_flat_and_can_be_paged(query: Query) -> None:
    assert set(words_of(query)) <= {"where", "project", "order"}
    assert query.text.endswith("| order by id asc")
    assert query.columns[0] == "id"
    assert not re.search(r"\b(take|limit|sample|top|join|mv-expand|union)\b", query.text)
    assert query.table in TABLES


def test_every_kind_with_a_table_is_asked_for_once() -> None:
    asked = [(kind, query.table) for query in queries() for kind in query.kinds]
    wanted = {(name, kind.table) for name, kind in kinds().items() if kind.table}
    assert wanted <= set(asked)
    assert len(asked) == len(set(asked))


def test_secrets_of_machines_are_not_asked_for() -> None:
    (query,) = [one for one in queries() if one.name == "machines"]
    assert "osProfile" not in query.text
    assert not re.search(r"\bproperties\b(?!\.)", query.text)


RUN_THERE = """
import json, sys
from chdb import session
given = json.load(sys.stdin)
base = session.Session()
base.query("create database arg"); base.query("use arg")
for name, rows in given["tables"].items():
    columns = ", ".join(f"{column} String" for column in given["columns"])
    base.query(f"create table {name} ({columns}) engine=Memory")
    if rows:
        values = "\\n".join(json.dumps(row) for row in rows)
        base.query(f"insert into {name} format JSONEachRow {values}")
base.query("set allow_experimental_kusto_dialect=1"); base.query("set dialect='kusto'")
print(json.dumps([
    [json.loads(line) for line in str(base.query(text, "JSONEachRow")).splitlines() if line]
    for text in given["queries"]
]))
"""

if ENGINE:

    def test_an_engine_answers_like_the_stand_in() -> None:
        """The engine knows no members of dynamic columns, so those queries stay out."""
        demo = estate.Estate.read(ROOT / "snapshots" / "contoso" / "snapshot.json")
        tables = {name: demo.table(name, demo.subscriptions()) for name in TABLES}
        flat = [query for query in queries() if "properties." not in query.text]
        texts = [query.text for query in flat] + [one.print_of(one.kinds) for one in flat]
        flattened = {
            name: [
                {key: str(row.get(key) or "") for key, kind in COLUMNS if kind == "string"}
                for row in rows
            ]
            for name, rows in tables.items()
        }
        given = {"tables": flattened, "columns": [name for name, _ in COLUMNS], "queries": texts}
        done = subprocess.run(
            [ENGINE, "-c", RUN_THERE],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=True,
        )
        answers = json.loads(done.stdout)
        assert len(flat) > 5
        for text, found in zip(texts, answers, strict=True):
            wanted = kusto.run(text, tables[kusto.table_of(text)])
            assert [row.get("id") for row in found] == [row.get("id") for row in wanted]
            if "summarize" in text:
                assert found == wanted
        assert sum(len(found) for found in answers) > 300
