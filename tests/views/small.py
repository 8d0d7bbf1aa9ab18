"""A small estate that every view test can look at: good, broken, public, unseen."""

from functools import cache

from pgtopo.analysis.facts import Facts
from pgtopo.checks import registry, runner
from pgtopo.model.topology import Topology
from pgtopo.views.desk import Desk
from pgtopo.views.judgement import judge
from pgtopo.views.workbench import Workbench
from tests.estates.world import World, hex_label, rule

SELECTED = ("PGT101", "PGT107", "PGT501", "PGT603", "PGT801")
"""Checks that answer these tests; further checks must not disturb them."""


def world() -> World:
    """Two peered networks, a server each, one public server, one in a subnet nobody read."""
    made = World()
    made.subscription(made.sub, "contoso-prod")
    hub = made.vnet("vnet-hub", "10.0.0.0/16")
    made.subnet(hub, "GatewaySubnet", "10.0.255.0/27")
    app = made.vnet("vnet-app", "10.1.0.0/16", dns=("10.0.0.4",))
    clients = made.subnet(app, "snet-web", "10.1.2.0/24")
    made.nic("nic-web", clients, "10.1.2.4")
    nsg = made.nsg("nsg-pg", rule("allow-web", 100, "Allow", ports="5432"))
    databases = made.subnet(app, "snet-pg", "10.1.1.0/28", nsg=nsg, delegation="pg")
    made.peer(hub, app)
    zone = made.zone("orders.private.postgres.database.azure.com")
    made.link(zone, app)
    made.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    orders = made.server("psql-orders", databases, zone)
    made.replica("psql-orders-copy", orders, databases, zone)
    survey = made.public_server("psql-survey")
    made.firewall_rule(survey, "everyone", "0.0.0.0", "255.255.255.255")
    elsewhere = databases.replace("vnet-app", "vnet-gone")
    made.server("psql-lost", elsewhere, zone)
    return made


def desk(made: World | None = None) -> Desk:
    """The desk of an estate, with the findings of the selected checks taken in."""
    return _settled(made.topology()) if made else _usual()


@cache
def _usual() -> Desk:
    return _settled(world().topology())


def _settled(topology: Topology) -> Desk:
    table = Desk(Facts(topology), files=("estate.json",))
    checks = [check for check in registry.catalogue() if check.id in SELECTED]
    report = runner.run(table.facts, checks)
    found = judge(table, report.findings)
    table.settle(*found)
    return table


def bench(made: World | None = None) -> Workbench:
    """A workbench on an estate."""
    table = desk(made)
    made_bench = Workbench(table)
    made_bench.list_problems()
    return made_bench
