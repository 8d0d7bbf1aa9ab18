"""What takes a deleted link or route back, and what makes half a peering anew, loses no setting."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Fail
from pgtopo.checks.remedies import links, peerings
from pgtopo.checks.remedies.routes import drop_route, route_again
from pgtopo.model.dns import ZoneLink
from pgtopo.model.network import Peering
from pgtopo.model.routing import Route, RouteTable
from tests.checks.homes import injected
from tests.estates.world import World, route

_BLANK = Fail(message="", evidence=())


def _broken(**said: object) -> tuple[Facts, Peering]:
    """A peering whose halves are both Disconnected; the first has settings of its own."""
    world = World()
    one, other = world.vnet("vnet-a", "10.1.0.0/16"), world.vnet("vnet-b", "10.2.0.0/16")
    down = {"state": "Disconnected"}
    world.peer(one, other, down | said, down)
    facts = Facts(world.topology())
    (half,) = facts.topology.peerings_of(next(iter(facts.topology.all(Peering))).network)
    return facts, half


def test_a_link_comes_back_with_registration_and_policy() -> None:
    home = injected()
    home.world.properties(home.link)["registrationEnabled"] = True
    home.world.properties(home.link)["resolutionPolicy"] = "NxDomainRedirect"
    facts = Facts(home.world.topology())
    (link,) = facts.topology.all(ZoneLink)
    (fix,) = links.unlink(facts, link)
    (again,) = fix.roll_back
    assert "--registration-enabled true" in again
    assert "--resolution-policy NxDomainRedirect" in again


def test_a_route_comes_back_and_one_with_several_next_hops_is_not_made_up() -> None:
    world = World()
    world.route_table("rt", route("out", "10.9.0.0/16", "VirtualAppliance", "10.0.1.4"))
    facts = Facts(world.topology())
    (table,) = facts.topology.all(RouteTable)
    (again,) = drop_route(facts, table, table.routes[0]).roll_back
    assert "--next-hop-ip-address 10.0.1.4" in again
    many = Route(
        id=table.id,
        name="many",
        prefix="10.9.0.0/16",
        hop_type="VirtualApplianceEcmp",
        hop_ips=("10.0.1.4", "10.0.1.5"),
    )
    assert route_again(str(table.id), many) == ()


def test_a_half_without_access_is_made_again_without_it() -> None:
    facts, half = _broken(allowVirtualNetworkAccess=False)
    (fix,) = peerings.connect(facts, half, _BLANK)
    made = [one for one in fix.commands if " peering create " in one]
    told = [one.split("--allow-vnet-access ")[1].split()[0] for one in made]
    assert sorted(told) == ["false", "true"]


def test_a_half_that_joins_listed_subnets_says_what_is_lost() -> None:
    facts, half = _broken(peerCompleteVnets=False, localSubnetNames=["a"], remoteSubnetNames=["b"])
    (fix,) = peerings.connect(facts, half, _BLANK)
    assert "made again it joins all" in fix.risk
    facts, half = _broken()
    (fix,) = peerings.connect(facts, half, _BLANK)
    assert "joins all" not in fix.risk
