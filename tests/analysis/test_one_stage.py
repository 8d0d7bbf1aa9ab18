"""One stage of a path by itself says what the trace of the whole path says there."""

from pathlib import Path

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.one_stage import stage_steps
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.pairs import pairs_to
from pgtopo.model.server import FlexibleServer
from pgtopo.sources.load import load_files

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"


@pytest.mark.parametrize("name", ["contoso/snapshot.json", "gallery/nsg.json", "gallery/dns.json"])
def test_a_stage_alone_says_what_the_trace_says(name: str) -> None:
    facts = Facts(load_files([SNAPSHOTS / name]).topology)
    told = 0
    for server in facts.topology.all(FlexibleServer):
        for pair in pairs_to(facts, server):
            path = trace(facts, pair.client, server, port=pair.port)
            for stage in (Stage.DNS, Stage.CLIENT_FILTER):
                alone = stage_steps(facts, pair.client, server, stage, port=pair.port)
                if alone is None:
                    continue
                told += 1
                whole = [s for part in path.parts for s in part.steps if s.stage is stage]
                assert [s for s in alone if s not in whole] == []
                assert [s for s in whole if s not in alone] == []
                assert alone[0] == whole[0]
    assert told


def test_other_stages_are_left_to_the_trace() -> None:
    facts = Facts(load_files([SNAPSHOTS / "contoso/snapshot.json"]).topology)
    pair = next(p for s in facts.topology.all(FlexibleServer) for p in pairs_to(facts, s))
    assert stage_steps(facts, pair.client, pair.server, Stage.RETURN_ROUTE) is None
