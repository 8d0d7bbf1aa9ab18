"""Damaged rows never make the naming half raise; what they hide becomes unknown or stays judged."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.dns_codes import DNS_CODES
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.table import dns_table, parts_of
from pgtopo.analysis.verdict import Verdict, folded
from pgtopo.errors import UsageError
from pgtopo.model.server import FlexibleServer
from pgtopo.sources.load import load_rows
from tests.analysis.test_dns_rules import _hub_answers, _policed, _ruled
from tests.analysis.test_dns_table import _estate
from tests.estates.world import World

SUFFIX = "postgres.database.azure.com"
JUNK: tuple[Any, ...] = (
    *(None, "", "string", 7, True, [], {}, ["x"], {"id": "nope"}, "/", "..", "fd00::1"),
    *("10.0.0.0/8", "168.63.129.16", "*", [None], {"a": {"b": []}}),
)


def _damaged(rows: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Rows of which a handful of values, at any depth, are replaced, dropped or repeated."""
    found = copy.deepcopy(rows)
    for _ in range(12):
        at: Any = rng.choice(found)
        while isinstance(at, (dict, list)) and at:
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            key = rng.choice(keys)
            inner = at[key]
            if not isinstance(inner, (dict, list)) or not inner or rng.random() < 0.2:
                at[key] = rng.choice(JUNK)
                break
            at = inner
    if rng.random() < 0.5:
        del found[rng.randrange(len(found))]
    return found


def _worlds() -> list[World]:
    return [
        _estate(),
        _hub_answers(_ruled((f"{SUFFIX}.", "10.0.2.4"), linked=False), ruleset_on_hub=True),
        _policed((100, "Block", f"{SUFFIX}."), (200, "Allow", ".")),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_damaged_rows_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    world = rng.choice(_worlds())
    coverage = world.coverage if rng.random() < 0.7 else None
    facts = Facts(load_rows(_damaged(world.rows, rng), coverage=coverage))
    for _, _, cell in dns_table(facts).cells():
        assert cell.verdict in Verdict
        assert cell.code == "OK" or cell.code in DNS_CODES
    for text in ("vm-a", "snet-app", "vnet-a", "10.1.2.4", "onprem:192.168.0.0/16", "internet"):
        try:
            client = find_client(facts, text)
        except UsageError:
            continue
        for part in client.parts:
            for server in facts.topology.all(FlexibleServer):
                for client_dns in ("", "10.0.2.4", "nonsense"):
                    found = resolve(facts, part, server, client_dns=client_dns)
                    assert found.code == "OK" or found.code in DNS_CODES
                    assert found.text


@pytest.mark.parametrize("seed", range(100, 115))
def test_table_agrees_with_single_answers_on_damaged_rows(seed: int) -> None:
    rng = random.Random(seed)
    world = rng.choice(_worlds())
    topology = load_rows(_damaged(world.rows, rng), coverage=world.coverage)
    table, fresh = dns_table(Facts(topology)), Facts(topology)
    for place, network in enumerate(table.networks):
        for number, server in enumerate(table.servers):
            answers = [resolve(fresh, part, server) for part in parts_of(fresh, network)]
            cell = table.cell(place, number)
            assert cell.verdict is folded([one.verdict for one in answers])
            assert cell.code in {one.code for one in answers}


def test_every_code_has_a_sentence() -> None:
    for code, text in DNS_CODES.items():
        assert code == code.upper()
        assert text.endswith(".")
