"""The flows a server itself needs, judged by rules and routes."""

from __future__ import annotations

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.service_needs import NeedFlow, needs
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import fold
from pgtopo.model.server import FlexibleServer
from tests.estates.rows import Row, route, rule
from tests.estates.world import World


def _flows(*rules: Row, routes: tuple[Row, ...] = (), entra: bool = True) -> dict[str, NeedFlow]:
    world = World()
    network = world.vnet("vnet-b", "10.2.0.0/16")
    nsg = world.nsg("nsg-pg", *rules)
    table = world.route_table("rt-pg", *routes) if routes else None
    subnet = world.subnet(
        network, "snet-pg", "10.2.1.0/28", nsg=nsg, route_table=table, delegation="pg"
    )
    zone = world.zone("pg.private.postgres.database.azure.com")
    server = fold(world.server("pg1", subnet, zone, entra=entra))
    facts = Facts(world.topology())
    found = facts.topology.get(FlexibleServer, server)
    assert found is not None
    return {flow.name: flow for flow in needs(facts, found)}


def test_defaults_satisfy_every_need() -> None:
    """R17: default rules and system routes let everything through."""
    flows = _flows()
    assert {f.verdict for f in flows.values()} == {Verdict.ALLOWED}
    assert len(flows) == 4


def test_deny_all_breaks_traffic_within_the_subnet() -> None:
    """R17: the rule that blocks each missing flow is named."""
    flows = _flows(rule("deny-all", 4000, "Deny", protocol="*"))
    inbound = flows["5432 within the subnet, inbound"]
    assert inbound.verdict is Verdict.BLOCKED
    assert inbound.decided_by is not None
    assert inbound.decided_by.resource.endswith("/securityrules/deny-all")
    assert flows["5432 within the subnet, outbound"].verdict is Verdict.ALLOWED


def test_default_route_to_an_appliance_takes_entra_but_not_the_subnet() -> None:
    """R12: only what has no longer prefix follows the default route."""
    flows = _flows(routes=(route("all", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"),))
    assert flows["443 to AzureActiveDirectory"].code == "ROUTED_TO_APPLIANCE"
    assert flows["5432 within the subnet, inbound"].verdict is Verdict.ALLOWED


def test_tag_route_to_the_internet_frees_entra() -> None:
    """R12: the route the documentation asks for settles it."""
    flows = _flows(
        routes=(
            route("all", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"),
            route("entra", "AzureActiveDirectory", "Internet"),
        )
    )
    assert flows["443 to AzureActiveDirectory"].verdict is Verdict.ALLOWED


def test_range_route_diverts_the_subnet_unless_it_keeps_its_own() -> None:
    """R12: the subnet's own range must stay inside where a wider route is steered."""
    wide = route("wide", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4")
    keep = route("keep", "10.2.1.0/28", "VnetLocal")
    within = "5432 within the subnet, outbound"
    assert _flows(routes=(wide,))[within].code == "ROUTED_TO_APPLIANCE"
    assert _flows(routes=(wide, keep))[within].verdict is Verdict.ALLOWED
