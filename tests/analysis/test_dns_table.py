"""The table of networks and names agrees with every single answer."""

from __future__ import annotations

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.classes import NameClasses
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.table import NameWord, dns_table, in_short, parts_of
from pgtopo.analysis.verdict import Verdict, folded
from pgtopo.model.server import FlexibleServer
from tests.estates.rows import hex_label
from tests.estates.world import World
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene

SUFFIX = "postgres.database.azure.com"


def _estate() -> World:
    """Networks with different links and rulesets, servers of every mode."""
    world = Scene().spokes()
    endpoint_subnet = world.subnet(world.b, "snet-pe", "10.2.9.0/24")
    endpoint_zone = world.zone(PRIVATE_LINK)
    for number in range(4):
        server = world.public_server(f"pe{number}", "Disabled" if number % 2 else "Enabled")
        status = "Pending" if number == 3 else "Approved"
        world.endpoint(f"pe-{number}", endpoint_subnet, server, f"10.2.9.{number + 4}", status)
        if number != 2:
            world.a_record(endpoint_zone, f"pe{number}", f"10.2.9.{number + 4}")
    world.public_server("open")
    world.public_server("odd", None)
    twin = world.zone(ZONE, rg="rg-twin")
    second = world.zone(f"two.{SUFFIX}")
    pg = world.subnet(world.b, "snet-pg2", "10.2.2.0/28", delegation="pg")
    world.a_record(second, hex_label("pg2"), "10.2.2.4")
    world.server("pg2", pg, second)
    ruleset = world.ruleset("frs")
    world.forwarding_rule(ruleset, "away", f"pg2.{SUFFIX}.", "192.168.7.7")
    zones = [world.z, endpoint_zone, twin, second, world.zone(SUFFIX)]
    for number in range(12):
        network = world.vnet(f"vnet-{number:02}", f"10.{100 + number}.0.0/16")
        world.subnet(network, "snet-app", f"10.{100 + number}.1.0/24")
        for place, zone in enumerate(zones):
            if (number + place) % (place + 3) == 0:
                world.link(zone, network)
        if number % 5 == 4:
            world.ruleset_link(ruleset, network)
    world.vnet("vnet-empty", "10.99.0.0/16", dns=["192.168.7.7"])
    return world


def test_table_agrees_with_single_answers() -> None:
    facts = Facts(_estate().topology())
    table = dns_table(facts)
    fresh = Facts(facts.topology)
    seen = set()
    for place, network in enumerate(table.networks):
        for number, server in enumerate(table.servers):
            answers = [resolve(fresh, part, server) for part in parts_of(fresh, network)]
            cell = table.cell(place, number)
            assert cell.verdict is folded([one.verdict for one in answers])
            assert {cell.code} <= {one.code for one in answers}
            if len(answers) == 1:
                (one,) = answers
                assert (cell.answers, cell.zone, cell.kind) == (one.answers, one.zone, one.kind)
            seen.add(cell.code)
    assert len(seen) > 6
    assert sum(1 for _ in table.cells()) == len(table.networks) * len(table.servers)


def test_zones_of_one_domain_answer_by_what_they_hold() -> None:
    world = Scene()
    subnet = world.subnet(world.b, "snet-pe", "10.2.9.0/24")
    for number in range(3):
        server = world.public_server(f"pe{number}", "Disabled" if number else "Enabled")
        world.endpoint(f"pe-{number}", subnet, server, f"10.2.9.{number + 4}")
    for number, label in enumerate(("", "", "pe1", "*", "", "pe0")):
        zone = world.zone(PRIVATE_LINK, rg=f"rg-{number}")
        if label:
            world.a_record(zone, label, "10.2.9.4")
        spoke = world.vnet(f"spoke-{number}", f"10.{number + 20}.0.0/16")
        world.subnet(spoke, "snet", f"10.{number + 20}.1.0/24")
        policy = {"resolutionPolicy": "NxDomainRedirect"} if number == 4 else {}
        world.link(zone, spoke, **policy)
    table = dns_table(Facts(world.topology()))
    fresh = Facts(world.topology())
    found = set()
    for place, network in enumerate(table.networks):
        for number, one in enumerate(table.servers):
            (part, *_) = parts_of(fresh, network)
            answer, cell = resolve(fresh, part, one), table.cell(place, number)
            told = (cell.verdict, cell.code, cell.answers, cell.zone, cell.kind)
            assert told == (answer.verdict, answer.code, answer.answers, answer.zone, answer.kind)
            found.add((cell.code, cell.zone))
    assert sum(code == "RECORD_MISSING" for code, _ in found) >= 3
    assert {"OK", "PUBLIC_ANSWER", "WRONG_ADDRESS"} <= {code for code, _ in found}


def test_networks_that_see_the_same_share_a_class() -> None:
    world = Scene()
    for number in range(30):
        network = world.vnet(f"spoke-{number:02}", f"10.{number + 20}.0.0/16")
        world.subnet(network, "snet", f"10.{number + 20}.1.0/24")
        world.link(world.zone("privatelink.blob.core.windows.net", rg=f"rg-{number}"), network)
        if number % 2:
            world.linked(network)
    facts = Facts(world.topology())
    table = dns_table(facts)
    assert len(table.rows) == 2
    classes = NameClasses(facts, facts.topology.all(FlexibleServer))
    for held in table.networks:
        for part in parts_of(facts, held):
            classes.class_of(part)
    assert len(classes) == 2


def test_r29_replica_pair_with_a_zone_each() -> None:
    world = Scene().peered()
    second = world.zone(f"two.{SUFFIX}")
    pg = world.subnet(world.a, "snet-pg2", "10.1.9.0/28", delegation="pg")
    world.a_record(second, hex_label("pg2"), "10.1.9.4")
    world.replica("pg2", world.pg1, pg, second)
    world.link(second, world.a)
    world.linked(world.b)
    table = dns_table(Facts(world.topology()))
    names = [network.name for network in table.networks]
    found = {
        (names[network], table.servers[server].name): cell.verdict
        for network, server, cell in table.cells()
    }
    assert found["vnet-a", "pg2"] is Verdict.ALLOWED
    assert found["vnet-a", "pg1"] is Verdict.BLOCKED
    assert found["vnet-b", "pg1"] is Verdict.ALLOWED
    assert found["vnet-b", "pg2"] is Verdict.BLOCKED


def test_words_of_the_grid() -> None:
    table = dns_table(Facts(_estate().topology()))
    words = {in_short(cell) for _, _, cell in table.cells()}
    assert {
        *(NameWord.PRIVATE, NameWord.PUBLIC, NameWord.NONE, NameWord.WRONG),
        *(NameWord.DEPENDS, NameWord.UNKNOWN),
    } <= words


def test_estate_without_servers_has_an_empty_table() -> None:
    world = World()
    world.vnet("vnet", "10.1.0.0/16")
    table = dns_table(Facts(world.topology()))
    assert table.servers == ()
    assert list(table.cells()) == []
