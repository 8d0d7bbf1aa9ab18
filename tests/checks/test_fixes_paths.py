"""What opens a blocked path: each change is proved by tracing again."""

from pathlib import Path

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.opened import Opened
from pgtopo.checks.path_fixes import path_fixes
from pgtopo.model.network import VirtualNetwork
from pgtopo.session import open_files
from tests.checks.homes import Home, injected, public, reached
from tests.checks.proving import prover_of
from tests.estates.contoso.pairs import BLOCKED
from tests.estates.world import World, route, rule
from tests.thorough import some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"


def opened(world: World, client: str, server: str) -> tuple[PathVerdict, Opened]:
    prover = prover_of(world)

    def again(facts: Facts) -> PathVerdict:
        return trace(facts, find_client(facts, client), find_target(facts, server).server)

    path = again(prover.facts)
    return path, path_fixes(prover, path, again)


def spoke(*, is_peered: bool = True, is_linked: bool = True) -> Home:
    """A server, and a client in another network."""
    home = injected(nsg=None)
    world = home.world
    network = world.vnet("vnet-app", "10.9.0.0/16")
    world.subnet(network, "snet-app", "10.9.1.0/24")
    if is_peered:
        world.peer(network, home.network)
    if is_linked:
        world.link(home.zone, network)
    return home


def hold(world: World, client: str, server: str, code: str, *says: str) -> Opened:
    path, found = opened(world, client, server)
    assert path.verdict is Verdict.BLOCKED
    assert path.code == code
    assert found.verdict is Verdict.ALLOWED, [fix.text for fix in found.fixes]
    assert len(found.fixes) == len(says)
    for fix, text in zip(found.fixes, says, strict=True):
        assert fix.is_verified
        assert text in " ".join(fix.commands)
    return found


@pytest.mark.parametrize("priority", [0, 50, 99])
def test_a_priority_that_cannot_be_is_why_no_fix_is_offered(priority: int) -> None:
    home = injected(nsg=None)
    world = home.world
    network = world.vnet("vnet-app", "10.9.0.0/16")
    nsg = world.nsg("nsg-app", rule("no-pg", priority, "Deny", "Outbound"))
    world.subnet(network, "snet-app", "10.9.1.0/24", nsg=nsg)
    world.peer(network, home.network)
    world.link(home.zone, network)
    path, found = opened(world, "snet-app", "psql-orders")
    assert path.verdict is Verdict.BLOCKED
    (fix,) = found.fixes
    assert not fix.ops
    assert f"rule no-pg of NSG nsg-app has priority {priority}, and Azure takes 100 to" in fix.text
    (issue,) = prover_of(world).facts.topology.issues
    assert issue.path == "properties.securityRules.no-pg.properties.priority"
    assert issue.reason == f"{priority} is not from 100 to 4096"


def test_r06_peered_but_not_linked() -> None:
    home = spoke(is_linked=False)
    hold(home.world, "snet-app", "psql-orders", "ZONE_NOT_LINKED", "link vnet create")


def test_r06_linked_but_not_peered() -> None:
    home = spoke(is_peered=False)
    found = hold(home.world, "snet-app", "psql-orders", "NO_ROUTE", "peering create")
    assert len(found.fixes[0].commands) == 2


def test_a_link_that_captures_the_name_is_taken_away_from_a_network_that_is_there() -> None:
    home = spoke()
    zone = home.world.zone("postgres.database.azure.com")
    topology = home.world.topology()
    (network,) = (n for n in topology.all(VirtualNetwork) if n.name == "vnet-app")
    home.world.link(zone, topology.display(network.id))
    found = hold(home.world, "snet-app", "psql-orders", "NAME_CAPTURED", "link vnet delete")
    (fix,) = found.fixes
    assert "really gone" not in fix.text
    assert "vnet-app" in fix.effect
    assert "link vnet create" in " ".join(fix.roll_back)


def test_r06_neither_takes_two_changes() -> None:
    home = spoke(is_peered=False, is_linked=False)
    says = ("link vnet create", "peering create")
    hold(home.world, "snet-app", "psql-orders", "ZONE_NOT_LINKED", *says)


def test_denied_on_both_sides_takes_two_narrow_rules() -> None:
    world = World()
    inside = world.nsg("nsg-pg", rule("deny", 300, "Deny", "Inbound"))
    outside = world.nsg("nsg-app", rule("deny", 200, "Deny", "Outbound"))
    home = injected(world=world, nsg=inside)
    world.subnet(home.network, "snet-app", "10.1.9.0/24", nsg=outside)
    path, found = opened(world, "snet-app", "psql-orders")
    assert path.verdict is Verdict.BLOCKED
    assert found.verdict is Verdict.ALLOWED
    first, second = (fix.commands[0] for fix in found.fixes)
    assert "--priority 199 --direction Outbound" in first
    assert "--priority 299 --direction Inbound" in second
    for command in (first, second):
        assert "--source-address-prefixes 10.1.9.0/24 " in command
        assert "--destination-address-prefixes 10.1.1.0/27 " in command
        assert command.endswith("--destination-port-ranges 5432")


def test_a_route_to_nowhere_is_taken_away() -> None:
    world = World()
    table = world.route_table("rt-app", route("gone", "10.1.1.0/27", "None"))
    home = injected(world=world)
    world.subnet(home.network, "snet-app", "10.1.9.0/24", route_table=table)
    hold(world, "snet-app", "psql-orders", "ROUTE_NONE", "route delete")


def test_a_stopped_server_is_started() -> None:
    home = injected(state="Stopped")
    home.world.subnet(home.network, "snet-app", "10.1.9.0/24")
    found = hold(home.world, "snet-app", "psql-orders", "SERVER_NOT_RUNNING", "server start")
    assert any(key.startswith("PGT701:") for key in found.fixes[0].clears)


def test_r32_a_known_address_is_admitted_and_no_other() -> None:
    world, _ = public()
    found = hold(world, "internet:198.51.100.7", "psql-web", "FIREWALL_RULE_MISSING", "create")
    (command,) = found.fixes[0].commands
    assert "--start-ip-address 198.51.100.7 --end-ip-address 198.51.100.7" in command


def test_r32_all_of_the_internet_is_never_admitted() -> None:
    world, _ = public()
    path, found = opened(world, "internet", "psql-web")
    assert path.verdict is not Verdict.ALLOWED
    assert not any(fix.commands for fix in found.fixes)


def test_a_pending_endpoint_is_approved() -> None:
    home = reached(status="Pending")
    home.world.subnet(home.network, "snet-app", "10.2.9.0/24")
    _, found = opened(home.world, "snet-app", "psql-shop")
    assert any("approve" in " ".join(fix.commands) for fix in found.fixes)


def test_a_record_goes_into_the_zone_that_the_client_asks() -> None:
    home = reached(access="Disabled")
    world = home.world
    other = world.zone("privatelink.postgres.database.azure.com", rg="rg-branch")
    branch = world.vnet("vnet-branch", "10.9.0.0/16")
    world.subnet(branch, "snet-app", "10.9.1.0/24")
    world.link(other, branch)
    world.peer(branch, home.network)
    hold(world, "snet-app", "psql-shop", "RECORD_MISSING", "--resource-group rg-branch ")


def test_a_rule_for_the_dns_server_is_as_narrow_as_can_be() -> None:
    home = spoke()
    world = home.world
    dns = world.vnet("vnet-dns", "10.4.0.0/16")
    place = world.subnet(dns, "snet-dns-in", "10.4.1.0/28", delegation="dns")
    world.inbound(world.resolver("dnspr", dns), place, "10.4.1.4")
    world.link(home.zone, dns)
    network = next(one["id"] for one in world.rows if one["name"] == "vnet-app")
    world.properties(network)["dhcpOptions"] = {"dnsServers": ["10.4.1.4"]}
    world.peer(network, dns)
    nsg = world.nsg("nsg-app", rule("no-dns", 200, "Deny", "Outbound", protocol="*", ports="53"))
    (held,) = world.properties(network)["subnets"]
    held["properties"]["networkSecurityGroup"] = {"id": nsg}
    told = "--source-address-prefixes 10.9.1.0/24 --source-port-ranges '*'"
    found = hold(world, "snet-app", "psql-orders", "DNS_SERVER_UNREACHABLE", told)
    assert "--destination-address-prefixes 10.4.1.4/32" in found.fixes[0].commands[0]


def test_r08_no_fix_gives_an_injected_server_a_public_address() -> None:
    path, found = opened(injected().world, "internet:198.51.100.7", "psql-orders")
    assert path.verdict is Verdict.BLOCKED
    assert found.fixes
    assert not any(fix.commands for fix in found.fixes)


@pytest.mark.parametrize("pair", some(BLOCKED, 3), ids=lambda pair: f"{pair.client}-{pair.server}")
def test_contoso_pairs_say_what_opens_them(pair: object) -> None:
    session = open_files([CONTOSO])
    client, server = (str(getattr(pair, name)) for name in ("client", "server"))
    found = session.path_fixes(client, server)
    ops = tuple(op for fix in found.fixes if fix.is_verified for op in fix.ops)
    for fix in found.fixes:
        assert bool(fix.commands) is fix.is_verified
    if ops:
        from pgtopo.model.patch import Patch
        from pgtopo.session import Session

        copy = Session(session.patched(Patch(ops=ops)), settings=session.facts.settings)
        _, path = copy.trace(client, server)
        assert path.verdict is found.verdict
        assert path.verdict is not Verdict.BLOCKED
