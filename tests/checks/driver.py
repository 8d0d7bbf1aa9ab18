"""Finds the case tables and judges one case."""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

import tests.checks.cases as root
from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import AnyCheck, Ok
from pgtopo.checks.finding import Finding
from pgtopo.checks.runner import Crash, outcomes, run
from tests.checks.expect import Case, Expect
from tests.estates.world import World

_PROPERTY = re.compile(
    r"^(id|name|type|location|kind|tags|forwardingRules|virtualNetworkLinks|sku(\.\w+)?"
    r"|properties(\.[\w@/$-]+)+)$"
)


@cache
def tables() -> tuple[ModuleType, ...]:
    """Every case table, found by walking the family folders."""
    return tuple(_tables())


def _tables() -> Iterator[ModuleType]:
    for family in pkgutil.iter_modules(root.__path__):
        package = importlib.import_module(f"{root.__name__}.{family.name}")
        for module in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{module.name}")


def cases_of(table: ModuleType) -> list[Case]:
    """The cases of one table."""
    found: list[Case] = table.CASES
    return found


def judge(check: AnyCheck, world: World) -> tuple[str, tuple[Finding, ...]]:
    """The folded outcome of one check over a world, and its findings.

    A crash of the check fails the test that asked.
    """
    facts = Facts(world.topology(), world.settings())
    crashes: list[Crash] = []
    answers = [answer for _, answer in outcomes(facts, check, crashes)]
    assert not crashes, "\n".join(map(str, crashes))
    findings = run(facts, [check]).findings
    if any(finding.is_fail for finding in findings):
        return "fail", findings
    if findings:
        return "unknown", findings
    return ("ok" if any(isinstance(one, Ok) for one in answers) else "skip"), findings


def hold(world: World, found: str, findings: tuple[Finding, ...], expected: Expect) -> None:
    """Assert that a case came out as expected, with proof."""
    told = [f"{f.outcome.value} {f.severity.value}: {f.message}" for f in findings]
    assert found == expected.outcome, told
    assert len({finding.key for finding in findings}) == len(findings), "keys must differ"
    wanted = [f for f in findings if f.outcome.value == expected.outcome]
    if expected.outcome in ("fail", "unknown"):
        assert len(wanted) == expected.count, told
    for finding in wanted:
        _hold_finding(world, finding, expected)


def _hold_finding(world: World, finding: Finding, expected: Expect) -> None:
    assert expected.says.lower() in finding.message.lower(), finding.message
    assert finding.message[0].isupper() or finding.message[0].isdigit() or "-" in finding.message
    assert finding.message.endswith("."), finding.message
    if expected.outcome == "unknown":
        assert finding.settle_with, "an unknown must say what settles it"
    if expected.outcome == "fail":
        assert finding.severity.value == expected.severity, finding.message
        assert finding.certainty.value == expected.certainty, finding.message
        assert finding.evidence, "a fault needs proof"
        assert finding.cause.endswith(expected.cause.lower()), finding.cause
    for evidence in finding.evidence:
        assert _PROPERTY.match(evidence.property), evidence
        _hold_evidence(world, evidence.resource, evidence.property, evidence.value)


def _hold_evidence(world: World, resource: str, path: str, value: object) -> None:
    """The resource is in the world, and the property there has the value that is shown."""
    known = {str(item["id"]).lower(): item for item in objects(world.rows)}
    assert resource in known, f"{resource} is not in the world"
    seen = at(known[resource], path)
    if seen is None and isinstance(value, int) and not isinstance(value, bool):
        below = f"{resource}/{path.lower()}/"  # a collection of rows: the value is their number
        assert sum(one.startswith(below) for one in known) == value, (path, value)
        return
    if isinstance(seen, list | dict) and value:
        text = json.dumps(seen).lower()
        for one in value if isinstance(value, list | tuple) else [value]:
            assert str(one).lower() in text, (path, seen, value)
    elif isinstance(seen, str) or isinstance(value, str):
        assert str(seen).lower() == str(value).lower(), (path, seen, value)
    elif isinstance(value, int | float | bool):
        assert seen == value, (path, seen, value)
    elif value is None:
        assert seen in (None, "", [], {}), (path, seen)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with an id, however deep; those with a body last, so that they win."""
    found = list(_objects(value))
    yield from sorted(found, key=len)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value
        for item in value.values():
            yield from _objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def at(row: dict[str, Any], path: str) -> Any:
    """The value below a row at a dotted path; None where there is none."""
    here: Any = row
    for part in path.split("."):
        if not isinstance(here, dict):
            return None
        here = here.get(part)
    return here
