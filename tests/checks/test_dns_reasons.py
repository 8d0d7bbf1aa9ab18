"""A network whose subnets lose their DNS server for different reasons."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from tests.checks.spokes import spoke
from tests.estates.world import World, route, rule

_ADDRESS = "10.4.1.4"


def _found(world: World) -> Finding:
    topology = world.topology()
    (check,) = (one for one in catalogue() if one.id == "PGT121")
    (finding,) = run(Facts(topology, world.settings()), [check]).findings
    return finding


def _asking(state: str = "Connected") -> tuple[World, str]:
    """A client network with two subnets that asks a DNS server in a peered network."""
    world = World()
    made = spoke(world=world, dns=(_ADDRESS,), nsg=world.nsg("nsg-app", *_rules(state)))
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    world.vm("vm-dc", world.nic("nic-dc", place, _ADDRESS))
    world.link(made.zone, identity)
    world.peer(made.network, identity, {"state": state}, {"state": state})
    table = world.route_table("rt-batch", route("lost", "10.4.0.0/16", "None"))
    is_up = state == "Connected"
    nsg = None if is_up else world.nsg("nsg-batch")
    range_, held = "10.3.2.0/24", table if is_up else None
    world.subnet(made.network, "snet-batch", range_, nsg=nsg, route_table=held)
    return world, made.network


def _rules(state: str) -> list[dict[str, object]]:
    if state != "Connected":
        return []
    return [rule("no-dns", 100, "Deny", "Outbound", protocol="*", ports="53")]


def test_each_subnet_is_told_under_its_own_reason() -> None:
    world, _ = _asking()
    told = _found(world).message
    app, batch = told.index("vnet-app/snet-app: "), told.index("vnet-app/snet-batch: ")
    assert app < told.index("NSG nsg-app does not let it out: rule no-dns") < batch
    assert batch < told.index("Route lost on subnet vnet-app/snet-batch drops it")


def test_every_reason_is_proved() -> None:
    world, _ = _asking()
    named = {one.resource.rsplit("/", 1)[-1] for one in _found(world).evidence}
    assert {"no-dns", "lost", "vnet-app"} <= named


def test_a_peering_that_is_down_is_the_one_reason_for_all() -> None:
    world, network = _asking("Disconnected")
    finding = _found(world)
    assert finding.message.count("cannot be reached on port 53") == 1
    assert "vnet-app/snet-app, vnet-app/snet-batch: " in finding.message
    assert "from vnet-app to vnet-identity is Disconnected" in finding.message
    assert (
        finding.cause == f"{network}/virtualNetworkPeerings/peer-vnet-app-to-vnet-identity".lower()
    )
