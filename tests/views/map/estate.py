"""A small estate with every way two networks can be joined, for the tests of the map."""

from functools import cache

from pgtopo.analysis.facts import Facts
from pgtopo.checks import registry, runner
from pgtopo.views.desk import Desk
from pgtopo.views.judgement import judge
from tests.estates.world import World, hex_label

SELECTED = ("PGT103", "PGT501", "PGT801")
FORWARDS = {"allowForwardedTraffic": True}


def world() -> World:
    """A hub with all that hubs hold, spokes in every state, and what stands aside."""
    made = World()
    hub = _hub(made)
    spokes = {
        name: made.vnet(f"vnet-{name}", f"10.{at}.0.0/16")
        for at, name in enumerate(("fine", "half", "cut", "deaf", "barred", "silent"), start=1)
    }
    made.peer(hub, spokes["fine"], FORWARDS, FORWARDS)
    made.peering(hub, spokes["half"], state="Initiated")
    made.peer(hub, spokes["cut"], FORWARDS, {"state": "Disconnected"})
    made.peer(hub, spokes["deaf"], FORWARDS)
    made.peer(hub, spokes["barred"], FORWARDS, FORWARDS | {"allowVirtualNetworkAccess": False})
    made.peer(hub, spokes["silent"], {"state": ""}, {"state": ""})
    made.peer(spokes["fine"], spokes["deaf"], FORWARDS, FORWARDS)
    made.peering(hub, hub.replace("vnet-hub", "vnet-elsewhere"))
    _servers(made, hub, spokes["fine"])
    _aside(made)
    return made


def _hub(made: World) -> str:
    hub = made.vnet("vnet-hub", "10.0.0.0/16")
    walls = made.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
    made.azure_firewall("afw-hub", walls, "10.0.1.4")
    gateway = made.gateway("vgw-hub", made.subnet(hub, "GatewaySubnet", "10.0.255.0/27"))
    office = made.local_gateway("lgw-office", "192.168.0.0/16")
    made.connection("con-office", gateway, office)
    resolver = made.resolver("dnspr-hub", hub)
    made.inbound(resolver, made.subnet(hub, "snet-in", "10.0.2.0/28", delegation="dns"), "10.0.2.4")
    return hub


def _servers(made: World, hub: str, spoke: str) -> None:
    subnet = made.subnet(spoke, "snet-pg", "10.1.1.0/28", delegation="pg")
    made.subnet(spoke, "snet-app", "10.1.2.0/24")
    zone = made.zone("orders.private.postgres.database.azure.com")
    made.link(zone, hub)
    made.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    made.server("psql-orders", subnet, zone)
    survey = made.public_server("psql-survey")
    made.firewall_rule(survey, "everyone", "0.0.0.0", "255.255.255.255")
    web = made.public_server("psql-web")
    ends = made.subnet(hub, "snet-pe", "10.0.3.0/27")
    made.endpoint("pe-web", ends, web, "10.0.3.4")


def _aside(made: World) -> None:
    made.vnet("vnet-alone", "10.90.0.0/16")
    wan = made.virtual_hub("hub-wan", made.virtual_wan("wan"), "10.70.0.0/24")
    made.hub_connection(wan, made.vnet("vnet-branch", "10.71.0.0/16"))
    for name, prefix in (("vnet-mesh-a", "10.80.0.0/16"), ("vnet-mesh-b", "10.81.0.0/16")):
        made.connectivity(made.vnet(name, prefix), group="mesh-group")


def desk(made: World | None = None) -> Desk:
    """The desk of an estate with the findings of the selected checks."""
    return _settled(made) if made is not None else _usual()


@cache
def _usual() -> Desk:
    return _settled(world())


def _settled(made: World) -> Desk:
    table = Desk(Facts(made.topology()), files=("estate.json",))
    checks = [check for check in registry.catalogue() if check.id in SELECTED]
    table.settle(*judge(table, runner.run(table.facts, checks).findings))
    return table


def many(number: int) -> World:
    """A hub with a firewall and so many spokes, each with a server but every tenth; two faults."""
    made = World()
    hub = made.vnet("vnet-hub", "10.0.0.0/16")
    walls = made.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
    made.azure_firewall("afw-hub", walls, "10.0.1.4")
    zone = made.zone("all.private.postgres.database.azure.com")
    for at in range(number):
        front = f"10.{1 + at // 200}.{at % 200}"
        spoke = made.vnet(f"vnet-{at:04d}", f"{front}.0/24")
        state = {"state": "Disconnected"} if at in (3, 33) else FORWARDS
        made.peer(hub, spoke, FORWARDS, state)
        if at % 10:
            subnet = made.subnet(spoke, "snet-pg", f"{front}.0/28", delegation="pg")
            made.link(zone, spoke)
            made.server(f"psql-{at:04d}", subnet, zone)
    return made
