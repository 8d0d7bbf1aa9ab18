"""What lies upstream of several blocked steps comes first, and mending it changes the verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.patch import Op
from pgtopo.session import Session, open_files
from pgtopo.triage import probes
from pgtopo.triage.case import Case
from pgtopo.triage.causes.cause import Cause
from pgtopo.triage.diagnosis import diagnose
from tests.checks.homes import injected
from tests.checks.spokes import through_hub
from tests.cli.conftest import Cli
from tests.estates.world import World, network_rule, route, rule

CLIENT, SERVER = "vnet-app/snet-app", "psql-orders"
NO_NAME = f'could not translate host name "{SERVER}.postgres.database.azure.com" to address'
TIMED_OUT = "connection to server failed: timeout expired"
_FIREWALL, _RESOLVER = "10.0.1.4", "10.0.5.4"


class Estate(NamedTuple):
    """Two spokes of a hub with a firewall and a resolver; all is well until a case breaks it."""

    world: World
    hub: str
    network: str
    """The client's."""
    home: str
    """The server's."""
    zone: str


def estate(
    *,
    client_routes: tuple[dict[str, Any], ...] = (),
    client_rules: tuple[dict[str, Any], ...] = (),
    resolver_rules: tuple[dict[str, Any], ...] = (),
    is_peered: bool = True,
    is_linked: bool = True,
) -> Estate:
    """The estate, with what a case adds or leaves out."""
    world = World()
    ways = [route("all", "10.0.0.0/8", "VirtualAppliance", _FIREWALL)]
    table = world.route_table("rt-pg", *ways)
    made = injected(world=world, route_table=table)
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    place = world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
    policy = world.firewall_policy("afwp")
    world.rule_collections(policy, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.0.0.0/8"]))
    world.azure_firewall("afw", place, _FIREWALL, policy)
    guard = world.nsg("nsg-dns", *resolver_rules)
    inside = world.subnet(hub, "snet-dns-in", "10.0.5.0/28", delegation="dns", nsg=guard)
    world.inbound(world.resolver("dnspr", hub), inside, _RESOLVER)
    network = world.vnet("vnet-app", "10.3.0.0/16", dns=(_RESOLVER,))
    own = world.route_table("rt-app", route("pg", "10.1.0.0/16", "VirtualAppliance", _FIREWALL))
    for one in client_routes:
        world.properties(own)["routes"].append(one)
    nsg = world.nsg("nsg-app", *client_rules)
    world.subnet(network, "snet-app", "10.3.1.0/24", nsg=nsg, route_table=own)
    flags = {"allowForwardedTraffic": True}
    world.peer(made.network, hub, flags, flags)
    if is_peered:
        world.peer(network, hub, flags, flags)
    if is_linked:
        world.link(made.zone, hub)
    return Estate(world, hub, network, made.network, made.zone)


def _cut(found: Estate, network: str) -> None:
    """Both halves of the peering between a network and the hub become Disconnected."""
    for one, other in ((network, found.hub), (found.hub, network)):
        for half in found.world.properties(one)["virtualNetworkPeerings"]:
            if half["properties"]["remoteVirtualNetwork"]["id"] == other:
                half["properties"]["peeringState"] = "Disconnected"


def client_cut_off() -> World:
    found = estate()
    _cut(found, found.network)
    return found.world


def server_cut_off() -> World:
    found = estate()
    _cut(found, found.home)
    return found.world


def half_missing() -> World:
    found = estate()
    halves = found.world.properties(found.hub)["virtualNetworkPeerings"]
    halves[:] = [
        one for one in halves if one["properties"]["remoteVirtualNetwork"]["id"] != found.network
    ]
    for half in found.world.properties(found.network)["virtualNetworkPeerings"]:
        half["properties"]["peeringState"] = "Initiated"
    return found.world


def half_missing_of_a_gateway_user() -> World:
    world = half_missing()
    network = next(one["id"] for one in world.rows if one["name"] == "vnet-app")
    (half,) = world.properties(network)["virtualNetworkPeerings"]
    half["properties"]["useRemoteGateways"] = True
    return world


def never_peered() -> World:
    return estate(is_peered=False).world


def routed_nowhere() -> World:
    return estate(client_routes=(route("lost", "10.0.5.0/24", "None"),)).world


def resolver_denies() -> World:
    return estate(resolver_rules=(rule("no-dns", 100, "Deny", protocol="*", ports="53"),)).world


def client_denies() -> World:
    deny = rule("no-dns", 100, "Deny", "Outbound", protocol="*", ports="53")
    return estate(client_rules=(deny,)).world


def not_linked() -> World:
    return estate(is_linked=False).world


def cut_off_and_denied() -> World:
    deny = rule("no-dns", 100, "Deny", "Outbound", protocol="*", ports="53")
    found = estate(client_rules=(deny,))
    _cut(found, found.network)
    return found.world


_ALONE: list[tuple[Callable[[], World], str, str, str, str | None]] = [
    (client_cut_off, NO_NAME, "PEERING_NOT_CONNECTED", "peer-vnet-", "PGT501"),
    (client_cut_off, TIMED_OUT, "PEERING_NOT_CONNECTED", "peer-vnet-", "PGT501"),
    (half_missing, NO_NAME, "PEERING_NOT_CONNECTED", "peer-vnet-app-to-vnet-hub", "PGT502"),
    (server_cut_off, TIMED_OUT, "PEERING_NOT_CONNECTED", "peer-vnet-", "PGT501"),
    (never_peered, NO_NAME, "NETWORKS_NOT_PEERED", "vnet-app", None),
    (routed_nowhere, NO_NAME, "DNS_SERVER_UNREACHABLE", "lost", "PGT121"),
    (resolver_denies, NO_NAME, "DNS_SERVER_UNREACHABLE", "no-dns", "PGT121"),
    (client_denies, NO_NAME, "DNS_SERVER_UNREACHABLE", "no-dns", "PGT121"),
    (not_linked, NO_NAME, "ZONE_NOT_LINKED", "orders.private.", None),
]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[World], Session]:
    """Opens a world as a snapshot, so that its rows are at hand."""

    def open_one(world: World) -> Session:
        path = tmp_path / "snapshot.json"
        path.write_text(json.dumps(world.snapshot()), encoding="utf-8")
        return open_files([str(path)])

    return open_one


def _told(session: Session, error: str) -> tuple[Cause, ...]:
    return session.triage(Case(client=CLIENT, server=SERVER, error=error)).causes


def _verdict_with(session: Session, ops: tuple[Op, ...]) -> Verdict:
    """What the path comes to in a copy with some operations in it."""
    prover = session.prover()
    copy = prover.copy(ops)
    assert copy is not None
    facts = prover.facts_of(copy)
    client, target = find_client(facts, CLIENT), find_target(facts, SERVER)
    return trace(facts, client, target.server).verdict


def test_nothing_is_blocked_before_something_breaks(opened: Callable[[World], Session]) -> None:
    session = opened(estate().world)
    assert session.trace(CLIENT, SERVER)[1].verdict is Verdict.ALLOWED


@pytest.mark.parametrize(
    ("build", "error", "code", "name", "check"),
    _ALONE,
    ids=lambda one: getattr(one, "__name__", None),
)
def test_the_fault_whose_repair_opens_the_path_leads(
    opened: Callable[[World], Session],
    build: Callable[[], World],
    error: str,
    code: str,
    name: str,
    check: str | None,
) -> None:
    session = opened(build())
    first = _told(session, error)[0]
    assert (first.code, first.verdict) == (code, Verdict.BLOCKED)
    assert first.resource is not None
    assert first.resource.rsplit("/", 1)[-1].startswith(name)
    assert check is None or first.check == check
    fix = next(one for one in first.fixes if one.is_verified)
    assert _verdict_with(session, fix.ops) is Verdict.ALLOWED


def test_a_half_that_is_made_anew_lends_the_gateway_the_other_counts_on(
    opened: Callable[[World], Session],
) -> None:
    first = _told(opened(half_missing_of_a_gateway_user()), TIMED_OUT)[0]
    assert first.fixes[0].is_verified
    assert "--allow-gateway-transit true" in first.fixes[0].commands[-1]
    first = _told(opened(half_missing()), TIMED_OUT)[0]
    assert "--allow-gateway-transit" not in first.fixes[0].commands[-1]


def test_what_follows_from_it_comes_after_and_says_so(opened: Callable[[World], Session]) -> None:
    first, *others = _told(opened(client_cut_off()), NO_NAME)
    follows = [one for one in others if one.follows == first.resource]
    assert {one.code for one in follows} >= {"DNS_SERVER_UNREACHABLE"}
    assert all(not one.fixes for one in follows)
    assert all(any("It follows from" in clue.text for clue in one.against) for one in follows)
    blocked = [one for one in others if one.verdict is Verdict.BLOCKED]
    assert blocked == follows


def test_a_second_fault_behind_the_first_is_told_with_its_own_fix(
    opened: Callable[[World], Session],
) -> None:
    session = opened(cut_off_and_denied())
    causes = _told(session, NO_NAME)
    by_code = {one.code: one for one in causes if one.follows is None}
    peering, dns = by_code["PEERING_NOT_CONNECTED"], by_code["DNS_SERVER_UNREACHABLE"]
    assert {one.code for one in causes[:2]} == {peering.code, dns.code}
    ops = tuple(op for one in (peering, dns) for op in one.fixes[0].ops)
    assert all(one.fixes[0].is_verified for one in (peering, dns))
    assert _verdict_with(session, ops) is Verdict.ALLOWED


def test_who_else_is_counted_in_the_copy(opened: Callable[[World], Session]) -> None:
    world = client_cut_off()
    network = next(one["id"] for one in world.rows if one["name"] == "vnet-app")
    world.subnet(network, "snet-batch", "10.3.2.0/24")
    first = _told(opened(world), NO_NAME)[0]
    assert first.who_else.client_names == ("vnet-app/snet-batch",)


def test_json_ranks_the_consequences(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(client_cut_off().snapshot()), encoding="utf-8")
    ends = ("--from", CLIENT, "--to", SERVER, "--error", NO_NAME)
    causes = cli("triage", str(path), *ends, "--format", "json").json["causes"]
    assert causes[0]["check"] == "PGT501"
    assert causes[0]["follows_from"] is None
    assert [one["follows_from"] for one in causes if one["code"].startswith("DNS_")] == [1]
    text = cli("triage", str(path), *ends).text
    assert "It follows from cause 1: mend that first." in text


def test_words_of_the_error_are_held_against_the_kind_of_failure(
    opened: Callable[[World], Session],
) -> None:
    session = opened(client_denies())
    no_answer = "Temporary failure in name resolution"
    for tail, is_usual in ((no_answer, True), ("Name or service not known", False)):
        first = _told(session, f"{NO_NAME}: {tail}")[0]
        assert first.code == "DNS_SERVER_UNREACHABLE"
        assert any(no_answer in clue.text for clue in first.against) is not is_usual
        assert no_answer in first.text


def test_the_command_for_uneven_ways_asks_for_routes_not_for_the_peering() -> None:
    """Answers that go straight over a peering say nothing against that peering."""
    facts = Facts(through_hub(back=False).spoke.world.topology())
    server = find_target(facts, SERVER).server
    path = trace(facts, find_client(facts, CLIENT), server)
    step = next(one for one in path.steps if one.code == "ASYMMETRIC_PATH")
    assert server.subnet is not None
    assert probes.for_step(facts, path, step).command.startswith("az network vnet subnet show")


@pytest.mark.parametrize(
    ("build", "error", "code", "name", "check"),
    _ALONE,
    ids=lambda one: getattr(one, "__name__", None),
)
def test_it_leads_before_anything_was_tried_on_a_copy(
    build: Callable[[], World], error: str, code: str, name: str, check: str | None
) -> None:
    facts = Facts(build().topology())
    found = diagnose(facts, None, Case(client=CLIENT, server=SERVER, error=error))
    first = found.causes[0]
    assert (first.code, first.verdict) == (code, Verdict.BLOCKED)
    assert first.resource is not None
    assert first.resource.rsplit("/", 1)[-1].startswith(name)
    assert check is None or first.check in (check, None)
    is_peering = code in ("PEERING_NOT_CONNECTED", "NETWORKS_NOT_PEERED")
    assert any("not tried on a copy" in clue.text for clue in first.evidence) is is_peering
    assert not first.mended_by


def test_a_peering_beside_the_way_does_not_lead_before_it_is_tried() -> None:
    found = estate(resolver_rules=(rule("no-dns", 100, "Deny", protocol="*", ports="53"),))
    found.world.peer(found.network, found.home)
    for one, other in ((found.network, found.home), (found.home, found.network)):
        for half in found.world.properties(one)["virtualNetworkPeerings"]:
            if half["properties"]["remoteVirtualNetwork"]["id"] == other:
                half["properties"]["peeringState"] = "Disconnected"
    facts = Facts(found.world.topology())
    told = diagnose(facts, None, Case(client=CLIENT, server=SERVER, error=NO_NAME))
    assert told.causes[0].code == "DNS_SERVER_UNREACHABLE"
    assert all(one.code != "PEERING_NOT_CONNECTED" for one in told.causes)
