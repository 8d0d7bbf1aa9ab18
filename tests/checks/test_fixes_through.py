"""A proved fix says where it lets nobody through, and which half of a peering it makes."""

from __future__ import annotations

from pgtopo.checks.causes import Depth, fixes
from pgtopo.checks.fix import Fix
from pgtopo.checks.registry import catalogue
from pgtopo.reports.findings.as_text import fix_lines
from pgtopo.views.fixing import laid_out
from pgtopo.views.remedy import fix_item
from pgtopo.views.style import Style
from tests.checks.homes import injected
from tests.checks.proving import in_full, prover_of
from tests.checks.spokes import spoke, through_hub
from tests.estates.world import World, rule


def proved(world: World, check: str) -> Fix:
    prover = prover_of(world)
    finding = next(f for f in prover.baseline.findings() if f.check == check and f.is_fail)
    (fix, *_) = fixes(prover, (finding,), Depth.ALL)[finding.key]
    assert fix.is_verified
    copy = prover.copy(fix.ops)
    assert copy is not None
    assert finding.key not in in_full(copy)
    return fix


def halves(*, is_shut: bool = False, other: str = "Connected", **a_to_b: object) -> World:
    """A client network peered with a server's, of which one half says something else."""
    world = World()
    deny = rule("no-pg", 200, "Deny", "Outbound")
    made = spoke(world=world, is_peered=False, nsg=world.nsg("nsg-app", deny) if is_shut else None)
    back = {"peeringState": other}
    made.world.peer(made.network, made.server_network, a_to_b=a_to_b, b_to_a=back)
    return made.world


def test_a_fix_that_opens_a_pair_says_no_more() -> None:
    assert not proved(halves(peeringState="Disconnected"), "PGT501").note


def test_a_fix_that_opens_nothing_says_so_and_what_else_is_in_the_way() -> None:
    world = halves(is_shut=True, peeringState="Disconnected")
    fix = proved(world, "PGT501")
    assert not fix.gained
    assert "lets no client through by itself" in fix.note
    assert "from vnet-app/snet-app to psql-orders" in fix.note
    assert "nsg-app" in fix.note
    topology = world.topology()
    assert fix_item(topology, fix).note == fix.note
    text = " ".join(" ".join(fix_lines(fix_item(topology, fix), Style(), "")).split())
    assert "but: It clears the condition" in text
    shown = " ".join(piece.text for line in laid_out(topology, [fix]) for piece in line.pieces)
    assert fix.note in shown


def test_a_fix_that_nobody_waits_for_says_so() -> None:
    world = injected().world
    near = world.vnet("vnet-a", "10.3.0.0/16")
    home = next(row["id"] for row in world.rows if row["name"] == "vnet-data")
    world.peer(near, home, a_to_b={"peeringState": "Disconnected"})
    assert "no pair of a client and a server" in proved(world, "PGT501").note


def test_an_initiated_half_stays_and_the_other_is_made() -> None:
    fix = proved(halves(peeringState="Initiated"), "PGT501")
    assert not any(" delete " in one for one in fix.commands)
    (command,) = fix.commands
    assert "--vnet-name vnet-data" in command


def test_a_disconnected_half_is_deleted_and_made_where_the_other_waits() -> None:
    fix = proved(halves(peeringState="Initiated", other="Disconnected"), "PGT501")
    deleted = [one for one in fix.commands if " delete " in one]
    assert len(deleted) == 1
    assert "--vnet-name vnet-data" in deleted[0]


def test_both_halves_are_made_anew_where_one_is_disconnected_and_none_waits() -> None:
    fix = proved(halves(peeringState="Disconnected"), "PGT501")
    assert sum(" delete " in one for one in fix.commands) == 2


def test_what_a_subnet_without_a_way_out_lacks_is_what_its_fix_gives() -> None:
    props = {"defaultOutboundAccess": False, "serviceEndpoints": []}
    world = injected(entra=False, subnet_props=props).world
    prover = prover_of(world)
    finding = next(f for f in prover.baseline.findings() if f.check == "PGT611")
    assert "service endpoint for Storage" in finding.message
    assert "Entra" not in finding.message
    assert "endpoint for Storage is enough" in prover.advice(finding)


def test_a_server_that_is_started_opens_the_pairs_that_wait_for_it() -> None:
    world = spoke().world
    server = next(row for row in world.rows if row["name"] == "psql-orders")
    server["properties"]["state"] = "Stopped"
    assert not proved(world, "PGT701").note


def test_what_fares_as_before_is_not_said_to_be_in_the_way() -> None:
    """The server's own network lacks the link; that another one lacks it too is its own matter."""
    made = spoke(is_linked=False)
    for row in made.world.rows:
        if row["type"].lower() == "microsoft.network/privatednszones/virtualnetworklinks":
            row["properties"]["virtualNetwork"]["id"] = made.world.vnet("vnet-b", "10.4.0.0/16")
            break
    assert "vnet-app" not in proved(made.world, "PGT103").note


def test_two_flows_that_the_first_rule_there_can_be_denies_are_both_opened() -> None:
    world = World()
    nsg = world.nsg("nsg-pg", rule("no-pg", 100, "Deny"))
    prover = prover_of(spoke(world=world, server={"nsg": nsg}).world)
    held = [f for f in prover.baseline.findings() if f.check in ("PGT301", "PGT302")]
    found = fixes(prover, held, Depth.CAUSES)
    assert {f.check for f in held} == {"PGT301", "PGT302"}
    assert all(fix.is_verified for proofs in found.values() for fix in proofs)
    copy = prover.copy([op for proofs in found.values() for fix in proofs for op in fix.ops])
    assert copy is not None
    assert not {f.check for f in in_full(copy).values()} & {"PGT301", "PGT302", "PGT314"}


def test_advice_is_whole_without_its_commands() -> None:
    """Neither a condition that waits for a command nor a line of the settings file stands alone."""
    prover = prover_of(through_hub(back=False, is_firewall=False).spoke.world)
    finding = next(f for f in prover.baseline.findings() if f.check == "PGT412" and f.is_fail)
    assert "snat" not in prover.advice(finding)
    for check in catalogue():
        for line in check.fix.splitlines():
            is_open = line.startswith(("If ", "When ", "In ", "On ")) and "," not in line
            assert not (line.endswith(":") and is_open), check.id
            assert not line.endswith(", then:"), check.id
