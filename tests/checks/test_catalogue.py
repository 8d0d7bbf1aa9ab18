"""What every check must have: an id of its family, a file of its name, a case table, real texts."""

import re
import tomllib
from collections import Counter
from itertools import combinations

import pytest

from pgtopo.checks import docs
from pgtopo.checks.base import AnyCheck
from pgtopo.checks.registry import catalogue, slug_of
from tests.checks import driver

_CHECKS = catalogue()
_TABLES = {table.CHECK: table for table in driver.tables()}
_TEXTS = ("title", "looks_at", "why", "client_sees", "confirm", "fix", "unknown_when")
_each = pytest.mark.parametrize("check", _CHECKS, ids=lambda check: check.id)


@pytest.mark.parametrize("field", ["id", "slug", "title"])
def test_nothing_is_used_twice(field: str) -> None:
    used = Counter(getattr(check, field) for check in _CHECKS)
    assert [value for value, count in used.items() if count > 1] == []


@_each
def test_id_fits_the_family_and_the_file_fits_the_slug(check: AnyCheck) -> None:
    assert re.fullmatch(r"PGT\d{3}", check.id)
    assert int(check.id[3]) == check.family.value
    module = check.judge.__module__
    assert module == f"pgtopo.checks.{check.family.label}.{check.slug.replace('-', '_')}"
    assert slug_of(module) == check.slug
    assert check.judge.__name__ == check.slug.replace("-", "_")


@_each
def test_every_check_has_the_cases_it_needs(check: AnyCheck) -> None:
    table = _TABLES.get(check.id)
    assert table is not None, "no case table"
    wanted = f"tests.checks.cases.{check.family.label}.{check.slug.replace('-', '_')}"
    assert table.__name__ == wanted
    names = [name for name, _, _ in driver.cases_of(table)]
    assert len(set(names)) == len(names)
    kinds = Counter(expected.outcome for _, _, expected in driver.cases_of(table))
    assert kinds["ok"] >= 1
    assert any("near miss" in name for name in names)
    assert all(
        expected.outcome in ("ok", "skip")
        for name, _, expected in driver.cases_of(table)
        if "near miss" in name
    )
    assert bool(kinds["fail"]) is not check.never_fails
    assert bool(kinds["unknown"]) is not check.is_never_unknown


def test_no_case_table_without_a_check() -> None:
    assert set(_TABLES) == {check.id for check in _CHECKS}


@_each
def test_texts_are_there_and_end_like_sentences(check: AnyCheck) -> None:
    for field in _TEXTS:
        assert len(getattr(check, field)) > 5, field
    for field in ("looks_at", "why", "unknown_when"):
        assert getattr(check, field).endswith("."), field
        assert len(getattr(check, field).split()) >= 6, field
    assert not check.title.endswith(".")
    assert "{" not in check.why + check.looks_at
    assert check.sources
    assert all("https://" in source for source in check.sources)


@_each
def test_commands_can_be_typed(check: AnyCheck) -> None:
    programs = ("az ", "psql ", "dig ", "nslookup ", "pgtopo ", "[[")
    assert check.confirm.startswith(programs)
    assert "<" in check.confirm
    lines = [line for line in check.fix.splitlines() if line.startswith(programs)]
    assert lines, "a fix needs a command"
    assert any("<" in line for line in (*lines, *check.fix.splitlines()))


@_each
def test_no_fix_opens_to_the_world_or_does_what_azure_does_not_support(check: AnyCheck) -> None:
    fix = check.fix.lower()
    assert "255.255.255.255" not in fix
    assert "--public-access enabled" not in fix
    assert not re.search(r"--source-address-prefixes ['\"]?(\*|internet|0\.0\.0\.0/0)", fix)
    assert not re.search(r"subnet update[^\n]*--address-prefix", fix), "a used subnet cannot grow"
    if "--private-dns-zone" in fix and "flexible-server update" in fix:
        assert "high availability" in fix, "the zone cannot change while it is on"


@_each
def test_settings_that_a_fix_shows_can_be_pasted(check: AnyCheck) -> None:
    """From the heading of a table on, everything is TOML."""
    _, heading, rest = check.fix.partition("[[")
    if heading:
        assert tomllib.loads(heading + rest)


def test_texts_are_not_templated() -> None:
    """No two checks share their reason or what they look at."""
    for field in ("why", "looks_at"):
        for one, other in combinations(_CHECKS, 2):
            assert getattr(one, field) != getattr(other, field), (one.id, other.id)


@_each
def test_documentation_is_made_of_the_fields(check: AnyCheck) -> None:
    text = docs.full_text(check)
    assert text.startswith(f"{check.id} {check.slug}\n{check.title}\n")
    for field in ("looks_at", "why", "confirm", "unknown_when"):
        for line in getattr(check, field).splitlines():
            assert line in text
    row = docs.row(check)
    assert (row.id, row.family, row.severity) == (
        check.id,
        check.family.label,
        check.severity.value,
    )


def test_r26_the_way_to_a_servers_record_can_be_pasted() -> None:
    """R26: the canonical name of the public name is the label in the zone."""
    asked = next(check for check in _CHECKS if check.id == "PGT110").fix
    assert "nslookup -debug <server>.postgres.database.azure.com" in asked
