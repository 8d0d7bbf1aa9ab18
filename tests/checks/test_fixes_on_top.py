"""What is said of a fix whose proof rests on a change that is not proved, or is less than whole."""

import json
from pathlib import Path

import msgspec
import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks import path_fixes
from pgtopo.checks.fix import Fix
from pgtopo.reports.trace import as_text
from pgtopo.reports.trace.document import build
from pgtopo.reports.triage import as_html, as_markdown
from pgtopo.reports.triage import as_text as triage_text
from pgtopo.reports.triage.report import report
from pgtopo.session import open_files
from pgtopo.triage.case import Case
from pgtopo.views.fixing import laid_out
from pgtopo.views.remedy import fix_item
from pgtopo.views.style import Style
from tests.checks.homes import injected
from tests.checks.proving import changed
from tests.checks.test_fixes_paths import opened
from tests.estates.world import World, rule

CLIENT, SERVER = "snet-app", "psql-orders"


def half_peered(*, at_client: bool) -> World:
    """A half of a peering is missing, and making it brings a new fault; a rule denies as well.

    Making it lends the server's network a gateway that it does not use.
    """
    world = World()
    inside = (rule("no-spokes", 300, "Deny", "Inbound", src="VirtualNetwork"),)
    home = injected(world=world, nsg=world.nsg("nsg-pg", *(() if at_client else inside)))
    network = world.vnet("vnet-app", "10.9.0.0/16")
    outside = world.nsg("nsg-app", rule("no-pg", 200, "Deny", "Outbound", ports="5432"))
    world.subnet(network, CLIENT, "10.9.1.0/24", nsg=outside if at_client else None)
    world.gateway("vpngw", world.subnet(network, "GatewaySubnet", "10.9.255.0/27"))
    world.link(home.zone, network)
    world.peer(network, home.network, {"allowGatewayTransit": True})
    world.properties(home.network)["virtualNetworkPeerings"].clear()
    (half,) = world.properties(network)["virtualNetworkPeerings"]
    half["properties"]["peeringState"] = "Initiated"
    return world


def _shown(world: World, fix: Fix) -> str:
    lines = laid_out(world.topology(), [fix])
    return "\n".join("".join(piece.text for piece in line.pieces) for line in lines)


def test_an_upstream_change_that_brings_a_fault_is_not_proved() -> None:
    world = half_peered(at_client=True)
    _, found = opened(world, CLIENT, SERVER)
    first = found.fixes[0]
    assert not first.is_verified
    assert "Mind what comes to light then" in first.text
    assert not fix_item(world.topology(), first).commands
    assert "NOT PROVED" in _shown(world, first)
    assert found.verdict is None


def test_a_fix_after_it_is_proved_where_it_stands_without_it() -> None:
    world = half_peered(at_client=True)
    path, found = opened(world, CLIENT, SERVER)
    fix = found.fixes[1]
    assert fix.is_verified
    assert not fix.rests_on
    assert not fix.proof
    facts = Facts(changed(world, fix.ops))
    target = find_target(facts, SERVER).server
    now = trace(facts, find_client(facts, CLIENT), target)
    left = {one.code for one in now.steps if one.verdict is Verdict.BLOCKED}
    assert "NSG_DENY" in {one.code for one in path.steps}
    assert "NSG_DENY" not in left
    assert left


def test_a_fix_that_works_after_it_alone_is_not_called_proved() -> None:
    world = half_peered(at_client=False)
    _, found = opened(world, CLIENT, SERVER)
    first, second = found.fixes
    assert first.ops
    assert (second.is_verified, bool(second.rests_on)) == (False, True)
    item = fix_item(world.topology(), second)
    assert item.verified is False
    assert item.patch is None
    assert item.commands
    assert item.rests_on == [first.text.split(" Mind what")[0]]
    assert item.rests_on[0] in item.proof
    assert "Trace again once that is made." in item.proof
    shown = _shown(world, second)
    assert "PROVED WITH OTHERS ONLY" in shown
    assert item.proof in shown


def test_the_text_of_a_trace_says_what_a_proof_rests_on() -> None:
    world = half_peered(at_client=False)
    path, found = opened(world, CLIENT, SERVER)
    facts = Facts(world.topology())
    text = as_text.render(build(facts, find_target(facts, SERVER), path, found), Style()).decode()
    told = " ".join(text.split())
    assert "(proved only together with what is not proved)" in told
    assert "proof: It could not be proved by itself." in told
    assert "Mind what comes to light then" in told
    assert "(proved on a copy)" not in told


def test_a_proof_by_the_path_alone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    home = injected(world=world)
    nsg = world.nsg("nsg-app", rule("no-pg", 200, "Deny", "Outbound", ports="5432"))
    world.subnet(home.network, CLIENT, "10.1.9.0/24", nsg=nsg)
    whole = opened(world, CLIENT, SERVER)[1].fixes[0]
    assert (whole.is_verified, whole.proof) == (True, "")
    monkeypatch.setattr(path_fixes, "_SMALL", 0)
    path, found = opened(world, CLIENT, SERVER)
    (fix,) = found.fixes
    assert fix.is_verified
    assert msgspec.structs.replace(fix, is_retraced_only=False, clears=whole.clears) == whole
    item = fix_item(world.topology(), fix)
    assert "The checks were not run there" in item.proof
    assert item.how == "proved on a copy for this path alone"
    assert item.proof in _shown(world, fix)
    facts = Facts(world.topology())
    text = as_text.render(build(facts, find_target(facts, SERVER), path, found), Style()).decode()
    told = " ".join(text.split())
    assert "(proved on a copy for this path alone)" in told
    assert "a new fault elsewhere would not show" in told


def test_a_report_of_an_incident_says_it_too(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(half_peered(at_client=False).snapshot()), encoding="utf-8")
    session = open_files([str(path)])
    found = session.triage(Case(client=CLIENT, server=SERVER, error="timeout expired"))
    made = report(session.facts, found, [])
    said = "roved only together with what is not proved"
    told = "It could not be proved by itself."
    for shown in (as_markdown, as_html, triage_text):
        text = " ".join(shown.render(made, Style()).decode().split())
        assert said in text
        assert told in text
