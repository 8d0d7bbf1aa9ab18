"""Traces as data: partition, order, folding, settings, what a verdict rests on."""

from __future__ import annotations

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, part_verdict
from pgtopo.analysis.path.server_access import admits_nobody, state_step
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_server
from pgtopo.analysis.shares import ORDER
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.model.settings import ApplianceFact, Settings
from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, TO_FIREWALL, Scene


def _trace(
    world: World, client: str, server: str = "pg1", settings: Settings | None = None
) -> PathVerdict:
    facts = Facts(world.topology(), settings)
    return trace(facts, find_client(facts, client), find_server(facts, server))


def test_every_stage_speaks_in_order_for_an_open_path() -> None:
    scene = Scene(pg_nsg=[]).peered()
    scene.linked(scene.a)
    found = _trace(scene, "vm-a")
    (part,) = found.parts
    stages = [step.stage for step in part.steps]
    assert stages == sorted(stages, key=ORDER.__getitem__)
    assert set(stages) == set(Stage)
    assert found.verdict is Verdict.ALLOWED
    assert found.code == "OK"


def test_all_blockers_are_listed_not_only_the_first() -> None:
    """R06: name and network are judged apart, and each fault of both is shown."""
    deny = rule("deny-out", 100, "Deny", "Outbound", ports="5432")
    scene = Scene(app_nsg=[deny], pg_nsg=[rule("deny-in", 100, "Deny", ports="5432")])
    found = _trace(scene, "vm-a")
    blocked = {step.stage for step in found.steps if step.verdict is Verdict.BLOCKED}
    assert blocked == {
        Stage.DNS,
        Stage.CLIENT_FILTER,
        Stage.FORWARD_ROUTE,
        Stage.SERVER_FILTER,
        Stage.RETURN_ROUTE,
    }
    assert found.code == next(s.code for s in found.steps if s.stage is Stage.DNS)


def test_parts_are_an_exact_partition_and_fold_to_mixed() -> None:
    deny = rule("some", 100, "Deny", src="10.1.2.16/28", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    found = _trace(scene, "snet-app")
    assert found.verdict is Verdict.MIXED
    assert sum(len(part.addresses) for part in found.parts) == 256
    union = found.parts[0].addresses
    for part in found.parts[1:]:
        assert not union.overlaps(part.addresses)
        union |= part.addresses
    assert union.cidrs() == ["10.1.2.0/24"]
    assert found.code == "NSG_DENY"


def test_rule_for_addresses_azure_keeps_makes_no_part() -> None:
    """J56: nobody can have the first four addresses of a subnet."""
    deny = rule("kept", 100, "Deny", src="10.1.2.0/30", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    found = _trace(scene, "snet-app")
    assert [(p.addresses.cidrs(), part_verdict(p)) for p in found.parts] == [
        (["10.1.2.0/24"], Verdict.ALLOWED)
    ]


def test_several_candidate_addresses_that_fare_differently_are_open() -> None:
    """J21: a rule that treats the candidates differently leaves the answer open."""
    deny = rule("one", 100, "Deny", dst="10.2.1.5", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.a_record(scene.z, "another", "10.2.1.6")
    scene.linked(scene.a)
    found = _trace(scene, "vm-a")
    assert found.network is Verdict.UNKNOWN
    assert found.network_code == "SUBNET_ADDRESS_CHOICE"


def test_settings_settle_an_open_question() -> None:
    default = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[default], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    assert _trace(scene, "vm-a").network is Verdict.UNKNOWN
    for word, verdict in (("allowed", Verdict.ALLOWED), ("blocked", Verdict.BLOCKED)):
        said = Settings(assumptions={"TAG_WITH_DEFAULT_ROUTE": word})
        found = _trace(scene, "vm-a", settings=said)
        assert found.network is verdict
        assert "TAG_WITH_DEFAULT_ROUTE" not in {note.code for note in found.assumptions}


def test_stated_appliance_that_admits_half_of_a_subnet() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    fact = ApplianceFact(address=TO_FIREWALL, snat=False, allows=("10.1.2.0/25",))
    found = _trace(scene, "snet-app", settings=Settings(appliances=(fact,)))
    parts = {verdict: addresses.cidrs() for addresses, verdict in found.verdict_parts}
    assert parts == {Verdict.ALLOWED: ["10.1.2.0/25"], Verdict.BLOCKED: ["10.1.2.128/25"]}


@pytest.mark.parametrize(
    ("snat", "source", "verdict"),
    [
        (False, "10.1.2.4", Verdict.BLOCKED),
        (False, TO_FIREWALL, Verdict.ALLOWED),
        (True, TO_FIREWALL, Verdict.BLOCKED),
        (True, "10.1.2.4", Verdict.ALLOWED),
        (None, "10.1.2.4", Verdict.UNKNOWN),
        (None, "*", Verdict.BLOCKED),
    ],
)
def test_stated_appliance_sends_through_the_filters_of_its_own_subnet(
    snat: bool | None, source: str, verdict: Verdict
) -> None:
    """Forwarded packets pass a group twice; on the way out under the source they show then."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    deny = rule("no-db", 100, "Deny", "Outbound", src=source, dst="10.2.0.0/16", ports="5432")
    subnet = scene.subnet(scene.hub, "snet-nva", "10.0.1.0/26", nsg=scene.nsg("nsg-nva", deny))
    scene.vm("vm-nva", scene.nic("nic-nva", subnet, TO_FIREWALL, forwarding=True))
    scene.linked(scene.a)
    fact = ApplianceFact(address=TO_FIREWALL, snat=snat, allows=("10.1.0.0/16",))
    found = _trace(scene, "vm-a", settings=Settings(appliances=(fact,)))
    assert found.network is verdict
    told = {step.code for step in found.steps if step.stage is Stage.TRANSIT}
    assert ("NSG_DENY" in told) is (verdict is not Verdict.ALLOWED)


def test_firewall_that_always_translates_needs_no_route_back_to_the_client() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[]).spokes()
    scene.firewall(snat=["255.255.255.255/32"])
    scene.linked(scene.a)
    assert _trace(scene, "vm-a").network is Verdict.ALLOWED
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    assert _trace(scene, "vm-a").network is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("start", "end", "client", "verdict"),
    [
        ("0.0.0.0", "0.0.0.0", "vm-a", Verdict.ALLOWED),
        ("0.0.0.0", "0.0.0.0", "internet:8.8.4.4", Verdict.BLOCKED),
        ("0.0.0.0", "255.255.255.255", "internet:8.8.4.4", Verdict.ALLOWED),
        ("10.1.0.0", "10.1.255.255", "vm-a", Verdict.BLOCKED),
        ("20.1.1.0", "20.1.1.9", "vm-a", Verdict.ALLOWED),
    ],
)
def test_public_server_admits_by_outgoing_address(
    start: str, end: str, client: str, verdict: Verdict
) -> None:
    """R32, R33: only firewall rules admit, and 0.0.0.0 admits all of Azure."""
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    nat = world.nat("nat-a", world.public_ip("pip", "20.1.1.1"))
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=nat)
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    world.firewall_rule(world.public_server("pg1"), "rule", start, end)
    assert _trace(world, client).network is verdict


def test_internet_as_a_whole_is_split_by_the_rules() -> None:
    world = World()
    world.firewall_rule(world.public_server("pg1"), "office", "20.1.1.1", "20.1.1.1")
    found = _trace(world, "internet")
    parts = {verdict: addresses for addresses, verdict in found.verdict_parts}
    assert parts[Verdict.ALLOWED].cidrs() == ["20.1.1.1/32"]
    assert found.verdict is Verdict.MIXED


def test_rules_of_a_server_that_were_not_read_leave_it_open() -> None:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    nat = world.nat("nat-a", world.public_ip("pip", "20.1.1.1"))
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=nat)
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    world.public_server("pg1")
    world.unread("microsoft.dbforpostgresql/flexibleservers/firewallrules")
    found = _trace(world, "vm-a")
    assert found.network_code == "FIREWALL_RULES_UNSEEN"
    assert any(note.settle_with for note in found.assumptions)


def test_injected_server_has_no_way_in_from_the_internet() -> None:
    """R08: an injected server has no public endpoint."""
    scene = Scene()
    found = _trace(scene, "internet:8.8.4.4")
    assert found.network is Verdict.BLOCKED
    assert found.network_code == "NO_PUBLIC_ENDPOINT"


def test_server_without_rules_admits_nobody() -> None:
    world = World()
    world.public_server("pg1")
    facts = Facts(world.topology())
    server = find_server(facts, "pg1")
    assert admits_nobody(facts, server)
    assert state_step(server).verdict is Verdict.ALLOWED
