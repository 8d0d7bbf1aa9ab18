"""The demo estate behind the stand-in is the demo estate of the snapshot."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pgtopo.cli.main import main
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.network import SubnetUsage
from pgtopo.model.server import FlexibleServer
from pgtopo.session import Session, open_files

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "snapshots" / "contoso" / "snapshot.json"
CLIENTS = ("snet-etl-reports", "10.41.33.4", "onprem:192.168.0.0/17", "internet")

Pair = tuple[Session, Session]


@pytest.fixture(scope="module")
def by_hand() -> Iterator[str]:
    """The address of the stand-in, started as the README starts it."""
    words = [sys.executable, "-m", "tests.stand_in", str(DEMO), "--port", "0"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[0]
        finally:
            process.kill()


@pytest.fixture(scope="module")
def pair(by_hand: str, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """The estate as the snapshot holds it and as it is collected."""
    folder = tmp_path_factory.mktemp("demo")
    collected = folder / "live.json.zst"
    assert main(["collect", "--arm-endpoint", by_hand, "-o", str(collected)]) == 0
    return open_files([DEMO]), open_files([collected])


def resources(session: Session) -> dict[ArmId, Resource]:
    """Every resource of the demo, which has no list of service tags, wherever it was read."""
    return {
        one.id: msgspec.structs.replace(one, origin=None)
        for one in session.topology.resources()
        if not isinstance(one, SubnetUsage) and one.KIND != "pgtopo/servicetags"
    }


def test_the_estate_is_the_same(pair: Pair) -> None:
    said, live = pair
    assert resources(live) == resources(said)
    assert len(resources(live)) > 400
    assert not live.topology.set_aside


def test_subnets_in_use_are_the_same_by_another_count(pair: Pair) -> None:
    said, live = (
        {one.subnet: one.used for one in session.topology.all(SubnetUsage)} for session in pair
    )
    assert live == said
    assert said


def test_findings_are_the_same(pair: Pair) -> None:
    said, live = (findings(session) for session in pair)
    assert live == said
    assert len(said) > 40


def findings(session: Session) -> list[tuple[object, ...]]:
    return [
        (one.key, one.outcome, one.severity, one.certainty, one.subject, one.related)
        for one in session.findings().findings
    ]


def test_every_pair_has_the_same_verdict(pair: Pair) -> None:
    said, live = (session.matrix() for session in pair)
    for number in range(len(said.clients)):
        assert live.row(number) == said.row(number)


@pytest.mark.parametrize("client", CLIENTS)
def test_traces_are_the_same(client: str, pair: Pair) -> None:
    for server in pair[0].topology.all(FlexibleServer):
        said, live = (steps(session, client, server.id) for session in pair)
        assert live == said


def steps(session: Session, client: str, server: str) -> list[Any]:
    _, found = session.trace(client, server)
    return [
        (part.addresses, [(one.stage, one.verdict, one.code, one.text) for one in part.steps])
        for part in found.parts
    ]


def test_lists_are_the_same(by_hand: str, pair: Pair, tmp_path: Path) -> None:
    for kind in ("servers", "networks", "zones", "links", "records", "peerings", "endpoints"):
        said, live = (
            [json.loads(msgspec.json.encode(one)) for one in session.table(kind)[1]]
            for session in pair
        )
        assert live == said
