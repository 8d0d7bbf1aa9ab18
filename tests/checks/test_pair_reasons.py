"""The subnets of one finding: each is told under what stops it, not under what stops the first."""

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks import pair_reasons
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from tests.checks.homes import injected
from tests.estates.world import World, route, rule


def _denied(*places: tuple[str, str | None], is_declared: bool = False) -> Finding:
    """What is said of a network whose subnets are denied by the server's NSG, rule by rule."""
    world = World()
    rules = {name: prefix for name, prefix in places if prefix}
    denies = [
        rule(f"no-{name}", 300 + at, "Deny", src=prefix)
        for at, (name, prefix) in enumerate(rules.items())
    ]
    home = injected(world=world, nsg=world.nsg("nsg-pg", *denies))
    network = world.vnet("vnet-app", "10.9.0.0/16")
    for at, (name, _) in enumerate(places):
        world.subnet(network, name, f"10.9.{at}.0/24")
    world.link(home.zone, network)
    world.peer(network, home.network)
    if is_declared:
        world.declare("vnet-app", "psql-orders")
    report = run(Facts(world.topology(), world.settings()), catalogue())
    (found,) = [one for one in report.findings if one.slug == "nsg-denies-clients"]
    return found


@pytest.mark.parametrize("is_declared", [False, True])
def test_what_else_stops_other_subnets_is_told(is_declared: bool) -> None:
    found = _denied(("a", "10.9.0.0/24"), ("b", "10.9.1.0/24"), is_declared=is_declared)
    first, second = found.message.split("Subnet vnet-app/b: ")
    assert "rule no-a (priority 300) denies" in first
    assert "vnet-app/b" not in first
    assert "rule no-b (priority 301) denies" in second
    proofs = [one.resource.rsplit("/", 1)[-1] for one in found.evidence]
    assert {"no-a", "no-b"} <= set(proofs)


def test_what_one_thing_stops_is_told_once() -> None:
    found = _denied(("a", "10.9.0.0/23"), ("b", None))
    assert "Subnets vnet-app/a, vnet-app/b cannot reach" in found.message
    assert found.message.count("denies") == 1


def test_of_many_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_reasons, "MOST_LOOKED_INTO", 2)
    found = _denied(("a", "10.9.0.0/24"), ("b", "10.9.1.0/24"), ("c", "10.9.2.0/24"))
    assert "Subnet vnet-app/c: one of these reasons, or one of the kind." in found.message


def test_routes_of_subnets_that_differ_are_told_apart() -> None:
    world = World()
    home = injected(world=world)
    network = world.vnet("vnet-app", "10.9.0.0/16")
    for at, name in enumerate(("a", "b")):
        table = world.route_table(f"rt-{name}", route(f"lost-{name}", "10.1.0.0/16", "None"))
        world.subnet(network, name, f"10.9.{at}.0/24", route_table=table)
    world.link(home.zone, network)
    world.peer(network, home.network)
    report = run(Facts(world.topology()), catalogue())
    told = " ".join(one.message for one in report.findings if one.is_fail)
    assert "lost-a" in told
    assert "lost-b" in told
