"""One small faulty estate per check, by family: `python -m tests.estates.gallery --write`.

Each is the first failing case of the check's own table, moved to a subscription and a resource
group of its own, so that all of a family fit into one file and none knows of another.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from functools import cache

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import AnyCheck, Family
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.sources import settings_file
from pgtopo.sources.load import load_rows
from tests.checks import driver
from tests.estates.rows import CREATED_AT, DEFAULT_GROUP, KINDS, Row, guid
from tests.estates.world import World
from tests.estates.writing import SNAPSHOTS, rows_text, table

FOLDER = SNAPSHOTS / "gallery"

NOTES = """# Gallery

One small faulty estate for each check, one file per family; each lives in a resource group that is
named for its check. Made from the cases of the checks by `python -m tests.estates.gallery --write`.

    pgtopo check snapshots/gallery/dns.json --select PGT103

The finding named here is the one the estate is for; others stand beside it where a fault has
several faces. Clients that are declared on purpose are in `settings.toml`; the checks marked
*declared* need it:

    PGTOPO_CONFIG=snapshots/gallery/settings.toml pgtopo check snapshots/gallery/access.json

"""

_SUBSCRIPTION = re.compile(r"/subscriptions/([^/\"]+)", re.IGNORECASE)


def files() -> dict[str, str]:
    """Every file of the gallery by its name."""
    made = {f"{family.label}.json": _family(family) for family in Family}
    made["settings.toml"] = "\n".join(_settings())
    lines = sorted(_lines(made))
    made["notes.md"] = NOTES + table(("check", "slug", "declared", "what is told"), lines) + "\n"
    return made


@cache
def world_of(check: AnyCheck) -> World:
    """The first case of a check that shows what it is for."""
    shown = "unknown" if check.never_fails else "fail"
    tables = (one for one in driver.tables() if check.id == one.CHECK)
    cases = [case for one in tables for case in driver.cases_of(one)]
    return next(make() for _, make, expected in cases if expected.outcome == shown)


def _family(family: Family) -> str:
    worlds = {c.id: world_of(c) for c in catalogue() if c.family is family}
    rows: list[Row] = []
    coverage = [{"kind": kind, "scope": "/", "status": "read"} for kind in KINDS]
    for check_id, world in worlds.items():
        rows += moved(world, check_id, world.rows)
        coverage += moved(world, check_id, list(_exceptions(world)))
    head = {
        "format": "pgtopo.snapshot",
        "version": 1,
        "created_at": CREATED_AT,
        "tool": "pgtopo 1.0",
        "scope": {"cloud": "public"},
    }
    return rows_text(head, coverage, rows)


def _exceptions(world: World) -> Iterator[Row]:
    """What was not read in a world, as statements about its own subscriptions."""
    if not world.is_stated:
        return
    for entry in world.coverage:
        if entry["scope"] != "/":
            yield entry
        elif entry["status"] != "read":
            yield from (entry | {"scope": f"/subscriptions/{one}"} for one in _places(world))
    stated = {entry["kind"] for entry in world.coverage if entry["scope"] == "/"}
    for kind in KINDS:
        if kind not in stated:
            for one in _places(world):
                yield {"kind": kind, "scope": f"/subscriptions/{one}", "status": "skipped"}


def _places(world: World) -> list[str]:
    return sorted(set(_SUBSCRIPTION.findall(json.dumps(world.rows))))


def _servers(world: World) -> list[str]:
    """The names of the servers of a world: each is the only one of its name on earth."""
    kind = "microsoft.dbforpostgresql/flexibleservers"
    return sorted({row["name"] for row in world.rows if row["type"] == kind})


def moved(world: World, check_id: str, rows: list[Row]) -> list[Row]:
    """Rows of a world with subscriptions, group and servers named for its check."""
    text = json.dumps(rows)
    for name in _servers(world):
        pattern = rf"(?<![\w-])({re.escape(name)})(?![\w-])"
        text = re.sub(pattern, rf"\1-{check_id[3:]}", text, flags=re.IGNORECASE)
    for one in _places(world):
        text = text.replace(one, guid(check_id, one.lower()))
    text = text.replace(DEFAULT_GROUP, f"rg-{check_id.lower()}")
    found: list[Row] = json.loads(text)
    return found


@cache
def places(check_id: str) -> list[str]:
    """The subscriptions of a check's estate."""
    check = next(one for one in catalogue() if one.id == check_id)
    return [guid(check_id, one.lower()) for one in _places(world_of(check))]


def declared(check: AnyCheck) -> list[tuple[str, list[str]]]:
    """The clients that a check's estate declares, and the servers they are to reach, by id."""
    world = world_of(check)
    return [
        (_id(world, check.id, source), [_id(world, check.id, one) for one in targets])
        for source, targets, _ in world.declared
    ]


def _id(world: World, check_id: str, text: str) -> str:
    ends = "/" + text.replace("/", "/subnets/")
    known = [str(one["id"]) for one in driver.objects(world.rows) if "name" in one]
    found = sorted({one for one in known if one.endswith(ends)}, key=len)
    ids: list[Row] = moved(world, check_id, [{"id": one} for one in found])
    return str(ids[0]["id"]) if ids else text


def _settings() -> Iterator[str]:
    yield "# Clients that the estates of this gallery declare on purpose."
    for check in catalogue():
        for source, targets in declared(check):
            yield f"\n[[client]]  # {check.id}"
            yield f"from = {json.dumps(source)}"
            yield f"to = {json.dumps(targets)}"
    yield ""


def _lines(made: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    settings = settings_file.parse(made["settings.toml"], "settings.toml").verdicts
    for family in Family:
        document = json.loads(made[f"{family.label}.json"])
        topology = load_rows(document["rows"], coverage=document["coverage"])
        for check in catalogue():
            if check.family is family:
                findings = run(Facts(topology, settings), [check]).findings
                told = next(f for f in findings if any(p in f.subject for p in places(check.id)))
                is_declared = "declared" if world_of(check).declared else ""
                yield check.id, check.slug, is_declared, told.message


def main() -> int:
    """Write the files, or print the notes."""
    parser = argparse.ArgumentParser(prog="python -m tests.estates.gallery")
    parser.add_argument("--write", action="store_true", help="rewrite every file of the gallery")
    made = files()
    if not parser.parse_args().write:
        sys.stdout.write(made["notes.md"])
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
