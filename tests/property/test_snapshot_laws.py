"""Laws that the documents of both demo estates keep."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import Target, find_target
from pgtopo.reports.trace import as_json, document
from pgtopo.session import open_files
from pgtopo.views.style import Style
from tests.meta.test_sizes import ROOT

Document = dict[str, Any]
STAGES = "state dns client_filter forward_route peering transit server_filter return_route"
ORDER = [*STAGES.split(), "server_access"]
ESTATES = ("contoso", "healthy")


@cache
def documents(estate: str) -> list[Document]:
    """The trace document of every client subnet and server of an estate."""
    session = open_files([ROOT / "snapshots" / estate / "snapshot.json"])
    matrix = session.matrix()
    found = []
    for server in matrix.servers:
        target: Target = find_target(session.facts, server.id)
        for subnet in matrix.clients:
            path = trace(session.facts, subnet_client(session.facts, subnet), server)
            content = document.build(session.facts, target, path)
            found.append(json.loads(as_json.render(content, Style())))
    return found


def _fold(words: list[str]) -> str:
    return "blocked" if "blocked" in words else "unknown" if "unknown" in words else "allowed"


@pytest.mark.parametrize("estate", ESTATES)
def test_verdict_is_the_fold_of_name_and_network(estate: str) -> None:
    for found in documents(estate):
        words = {part["verdict"] for part in found["parts"]}
        assert found["verdict"] == (words.pop() if len(words) == 1 else "mixed")
        both = [found["dns"]["verdict"], found["network"]["verdict"]]
        if "mixed" not in (*both, found["verdict"]):
            assert found["verdict"] == _fold(both)


@pytest.mark.parametrize("estate", ESTATES)
def test_first_step_that_decides_gives_the_code(estate: str) -> None:
    for found in documents(estate):
        others = [one for one in found["steps"] if one["stage"] != "dns"]
        word = found["network"]["verdict"]
        if word == "mixed":
            continue
        deciding = [one["code"] for one in others if one["verdict"] == word]
        expected = "OK" if word == "allowed" else deciding[0]
        assert found["network"]["code"] == expected


@pytest.mark.parametrize("estate", ESTATES)
def test_steps_come_in_order(estate: str) -> None:
    for found in documents(estate):
        places = [ORDER.index(one["stage"]) for one in found["steps"]]
        assert len(found["parts"]) > 1 or places == sorted(places)


@pytest.mark.parametrize("estate", ESTATES)
def test_every_assumption_says_how_to_settle_it(estate: str) -> None:
    for found in documents(estate):
        for one in found["assumptions"]:
            assert one["code"]
            assert one["text"]
            assert one["settle_with"]


@pytest.mark.parametrize("estate", ESTATES)
def test_every_blocked_step_names_what_decides(estate: str) -> None:
    for found in documents(estate):
        for one in found["steps"]:
            if one["verdict"] == "blocked":
                assert one["code"] != "OK"
                assert one["text"]


@pytest.mark.parametrize("estate", ESTATES)
def test_parts_are_the_client(estate: str) -> None:
    import ipaddress

    for found in documents(estate):
        parts = [ipaddress.ip_network(text) for p in found["parts"] for text in p["addresses"]]
        client = [ipaddress.ip_network(text) for text in found["client"]["addresses"]]
        assert sum(one.num_addresses for one in parts) == sum(one.num_addresses for one in client)
        v4 = [one for one in parts if isinstance(one, ipaddress.IPv4Network)]
        assert sorted(ipaddress.collapse_addresses(v4)) == sorted(
            ipaddress.collapse_addresses(
                one for one in client if isinstance(one, ipaddress.IPv4Network)
            )
        )
