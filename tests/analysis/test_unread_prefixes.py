"""Prefixes that are neither IPv4 nor IPv6, or missing, leave open what rests on them."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.engine import cell_of
from pgtopo.analysis.networks.addresses import ledger
from pgtopo.analysis.path.service_needs import needs
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_server
from pgtopo.analysis.verdict import Step, Verdict
from pgtopo.checks.base import Outcome, Unknown
from pgtopo.checks.dns.stale_zone_record import stale_zone_record
from pgtopo.checks.dns.zone_without_server_record import zone_without_server_record
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import outcomes
from pgtopo.checks.subnet.server_subnet_full import server_subnet_full
from pgtopo.checks.subnet.server_subnet_too_small import server_subnet_too_small
from pgtopo.model.dns import RecordSet
from pgtopo.model.network import Subnet
from tests.estates.rows import route
from tests.examples.scene import Scene

CASES = [
    (("banana",), "PREFIX_UNREADABLE"),
    (("fd00::/64", "banana"), "PREFIX_UNREADABLE"),
    ((), "PREFIX_NOT_STATED"),
    (("fd00::/64",), "IPV6_ONLY"),
]


def _scene() -> Scene:
    scene = Scene(pg_nsg=[]).peered()
    scene.linked(scene.a)
    return scene


def _with_prefixes(scene: Scene, name: str, prefixes: tuple[str, ...]) -> Facts:
    """The scene's facts with the prefixes of one subnet's row replaced."""
    for row in scene.rows:
        for subnet in (row.get("properties") or {}).get("subnets") or ():
            if subnet["name"] == name:
                subnet["properties"].pop("addressPrefix", None)
                subnet["properties"]["addressPrefixes"] = list(prefixes)
        if row["type"].lower() == Subnet.KIND and row["name"] == name:
            row["properties"].pop("addressPrefix", None)
            row["properties"]["addressPrefixes"] = list(prefixes)
    return Facts(scene.topology())


def _open_steps(facts: Facts, client: str, server: str = "pg1") -> list[Step]:
    found = trace(facts, find_client(facts, client), find_server(facts, server))
    return [step for step in found.steps if step.verdict is Verdict.UNKNOWN]


@pytest.mark.parametrize(("prefixes", "code"), CASES)
def test_a_client_subnet_without_known_addresses_is_unknown(
    prefixes: tuple[str, ...], code: str
) -> None:
    facts = _with_prefixes(_scene(), "snet-app", prefixes)
    (step,) = _open_steps(facts, "snet-app")
    assert step.code == code
    assert step.decided_by is not None
    if code == "PREFIX_UNREADABLE":
        assert "snet-app" in step.text
        assert step.text.endswith("= banana.")


@pytest.mark.parametrize("prefixes", [*(c[0] for c in CASES), ("10.1.2.0/24", "banana")])
def test_cells_equal_traces_where_prefixes_cannot_be_read(prefixes: tuple[str, ...]) -> None:
    facts = _with_prefixes(_scene(), "snet-app", prefixes)
    found = matrix(facts)
    for row, subnet in enumerate(found.clients):
        for column, server in enumerate(found.servers):
            path = trace(facts, find_client(facts, subnet.id), server)
            assert found.cell(row, column) == cell_of(path)


def test_a_prefix_that_cannot_be_read_beside_a_good_one_leaves_a_part_open() -> None:
    facts = _with_prefixes(_scene(), "snet-app", ("10.1.2.0/24", "banana"))
    found = trace(facts, find_client(facts, "snet-app"), find_server(facts, "pg1"))
    assert found.verdict is Verdict.MIXED
    (step,) = _open_steps(facts, "snet-app")
    assert step.code == "PREFIX_UNREADABLE"


@pytest.mark.parametrize(("prefixes", "code"), CASES)
def test_a_server_subnet_without_known_addresses_blocks_nothing(
    prefixes: tuple[str, ...], code: str
) -> None:
    facts = _with_prefixes(_scene(), "snet-pg", prefixes)
    found = trace(facts, find_client(facts, "vm-a"), find_server(facts, "pg1"))
    assert found.verdict is Verdict.UNKNOWN
    assert found.dns is Verdict.UNKNOWN
    assert {step.code for step in _open_steps(facts, "vm-a")} == {code}


def test_checks_find_no_fault_in_what_cannot_be_read() -> None:
    facts = _with_prefixes(_scene(), "snet-pg", ("banana",))
    server = find_server(facts, "pg1")
    subnet = facts.topology.get(Subnet, server.subnet)
    assert subnet is not None
    for found in (
        zone_without_server_record.judge(facts, server),
        server_subnet_too_small.judge(facts, subnet),
        server_subnet_full.judge(facts, subnet),
    ):
        assert isinstance(found, Unknown)
        assert "properties.addressPrefix = banana" in found.message
    for record in facts.topology.all(RecordSet):
        assert isinstance(stale_zone_record.judge(facts, record), Unknown)


SILENT_NO_MORE = ("PGT302", "PGT303", "PGT304", "PGT402", "PGT403")


@pytest.mark.parametrize("prefixes", [("banana",), ("fd00::/64",), ()])
def test_what_a_server_needs_is_open_where_its_subnet_has_no_known_range(
    prefixes: tuple[str, ...],
) -> None:
    to_appliance = route("all", "0.0.0.0/0", "VirtualAppliance", "10.2.9.4")
    facts = _with_prefixes(Scene(pg_nsg=[], pg_routes=[to_appliance]), "snet-pg", prefixes)
    for check in (one for one in catalogue() if one.id in SILENT_NO_MORE):
        found = [made for _, outcome in outcomes(facts, check) for made in _each(outcome)]
        assert found, check.id
        assert all(isinstance(one, Unknown) for one in found), check.id
        assert all("snet-pg" in one.message for one in found if isinstance(one, Unknown))
    flows = needs(facts, find_server(facts, "pg1"))
    assert {flow.verdict for flow in flows} == {Verdict.UNKNOWN}


def _each(outcome: Outcome) -> tuple[Any, ...]:
    return outcome if isinstance(outcome, tuple) else (outcome,)


def test_the_address_ledger_counts_readable_prefixes_only() -> None:
    facts = _with_prefixes(_scene(), "snet-app", ("10.1.2.0/24", "banana"))
    (subnet,) = (one for one in facts.topology.all(Subnet) if one.name == "snet-app")
    book = ledger(facts, subnet)
    assert (book.size, book.reserved) == (256, 5)
    assert any("banana" in note for note in book.notes)
