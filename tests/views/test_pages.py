"""Overviews, findings, addresses and rows in plain words."""

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import Origin, Resource
from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.sources.load import load_rows
from pgtopo.views import naming, problem_page, raw
from pgtopo.views.desk import Desk
from pgtopo.views.detail import detail
from pgtopo.views.groupings import Grouping
from pgtopo.views.ledger import BAR, addresses
from pgtopo.views.lines import Line, TargetKind, plain
from pgtopo.views.overview import overview
from pgtopo.views.overview.estate import write_estate
from pgtopo.views.passage import filters, routes
from pgtopo.views.state import Place, Tab, View
from tests.estates.world import route, rule
from tests.views.small import desk, world


def named(table: Desk, kind: type[Resource], name: str) -> ArmId:
    return next(one.id for one in table.topology.all(kind) if one.name == name)


def has(lines: tuple[Line, ...], text: str) -> bool:
    return text in " ".join(plain(lines).split())


def test_a_server_in_plain_words_r02() -> None:
    table = desk()
    lines = overview(table.topology, named(table, FlexibleServer, "psql-orders"))
    for text in (
        "State Ready",
        "injected into a subnet",
        "Subnet snet-pg 10.1.1.0/28",
        "Zone orders.private.postgres.database.azure.com",
        "FQDN psql-orders.postgres.database.azure.com",
        'psql "host=psql-orders.postgres.database.azure.com port=5432',
        "Use the name, never the address",
        "Replicas psql-orders-copy",
    ):
        assert has(lines, text), text
    targets = {line.target.id for line in lines if line.target}
    assert named(table, Subnet, "snet-pg") in targets


def test_a_server_whose_subnet_is_missing_says_so() -> None:
    table = desk()
    lines = overview(table.topology, named(table, FlexibleServer, "psql-lost"))
    assert has(lines, "Network vnet-gone (missing)")


def test_firewall_rules_that_were_not_read_are_unknown_not_none() -> None:
    made = world()
    survey = named(desk(), FlexibleServer, "psql-survey")
    made.rows = [row for row in made.rows if "firewallrules" not in row["type"]]
    assert has(overview(desk(made).topology, survey), "none: nobody may connect")
    made.unread("microsoft.dbforpostgresql/flexibleservers/firewallrules")
    assert has(overview(desk(made).topology, survey), "Firewall not in this data")


def test_networks_subnets_and_peerings() -> None:
    table = desk()
    network = overview(table.topology, named(table, VirtualNetwork, "vnet-app"))
    for text in (
        "its own servers: 10.0.0.4",
        "snet-pg 10.1.1.0/28 2 servers",
        "vnet-hub Connected",
    ):
        assert has(network, text), text
    subnet = overview(table.topology, named(table, Subnet, "snet-pg"))
    for text in ("Filter (NSG) nsg-pg", "none: Azure's own routes apply", "Servers psql-orders"):
        assert has(subnet, text), text
    peering = overview(table.topology, table.topology.all(Peering)[0].id)
    assert has(peering, "State Connected")
    assert has(peering, "Other half")


def test_every_resource_of_the_estate_has_an_overview() -> None:
    table = desk()
    for resource in table.topology.resources():
        lines = overview(table.topology, resource.id)
        assert has(lines, "In Azure"), resource.id


def test_what_was_never_read_is_explained() -> None:
    made = world()
    made.denied("microsoft.network/privatednszones", detail="AuthorizationFailed")
    table = desk(made)
    wanted = ArmId(
        "/subscriptions/x/resourcegroups/g/providers/microsoft.network/privatednszones/z"
    )
    assert has(overview(table.topology, wanted), "ended denied (AuthorizationFailed)")


def test_the_estate_page_names_causes_first_then_what_is_here() -> None:
    lines = write_estate(desk())
    text = plain(lines)
    assert text.index("trouble") < text.index("What is here")
    assert has(lines, "Servers 4: 3 in a network, 1 public")
    assert any(line.target and line.target.kind is TargetKind.PROBLEM for line in lines)


def test_the_estate_page_says_what_was_not_read() -> None:
    made = world()
    made.denied("microsoft.authorization/locks", f"/subscriptions/{made.sub}", "no permission")
    assert has(write_estate(desk(made)), "denied locks of contoso-prod: no permission")


def test_a_finding_in_full_has_why_evidence_fix_and_confirm() -> None:
    table = desk()
    problem = next(p for p in table.problems.all if p.check.id == "PGT801")
    lines = problem_page.page(problem, table.topology) + problem_page.texts(problem)
    for heading in ("Evidence", "Why it matters", "How to mend it", "How to confirm it", "Sources"):
        assert has(lines, heading), heading
    assert has(lines, '255.255.255.255"')
    assert any(line.copies for line in lines), "the confirm command can be copied"


def test_addresses_of_a_subnet_add_up() -> None:
    table = desk()
    lines = addresses(table.facts, named(table, Subnet, "snet-pg"))
    assert has(lines, "16 addresses, 5 kept by Azure")
    bar = next(line for line in lines if line.pieces and line.pieces[0].text.startswith("▒"))
    assert sum(len(p.text) for p in bar.pieces[:4]) == BAR
    same = addresses(table.facts, named(table, FlexibleServer, "psql-orders"))
    assert has(same, "Subnet snet-pg")
    network = addresses(table.facts, named(table, VirtualNetwork, "vnet-app"))
    assert has(network, "snet-web")


def test_rows_are_laid_out_with_ids_that_lead_on() -> None:
    table = desk()
    subnet = named(table, Subnet, "snet-pg")
    lines = raw.laid_out({"properties": {"subnet": {"id": table.spelled(subnet)}, "n": 1}}, table)
    assert plain(lines).splitlines()[0] == "{"
    target = next(line.target for line in lines if line.target)
    assert target.id == subnet
    assert has(lines, '"n": 1')


def test_a_row_that_cannot_be_read_again_says_why() -> None:
    from pgtopo.errors import SnapshotError

    def gone(_origin: Origin) -> object:
        raise SnapshotError("estate.json has changed since it was loaded", "load it again")

    topology = world().topology()
    table = Desk(Facts(topology), raw=gone)
    server = topology.all(FlexibleServer)[0]
    assert has(raw.row(table, server.id), "has changed since it was loaded")


@pytest.mark.parametrize("tab", list(Tab))
@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_node_has_a_page_on_every_tab(tab: Tab, grouping: Grouping) -> None:
    table = desk()
    for at, node in enumerate(table.forest(grouping).nodes):
        view = detail(table, grouping, at, Place(View.ESTATE, node.id, node.kind), tab)
        assert view.title
        lines = view.work.make() if view.work else view.lines
        assert lines, (node, tab)


def test_names_of_a_server_put_networks_with_equal_answers_together() -> None:
    table = desk()
    lines = naming.names(table.facts, named(table, FlexibleServer, "psql-orders"))
    assert has(lines, "psql-orders.postgres.database.azure.com")
    assert has(lines, "What networks are told")
    assert has(lines, "1 network")
    client = naming.names(table.facts, named(table, Subnet, "snet-web"))
    assert has(client, "In network vnet-app")
    assert has(client, "psql-survey")
    zone = naming.names(
        table.facts, named(table, PrivateZone, "orders.private.postgres.database.azure.com")
    )
    assert has(zone, "psql-orders-copy")


def test_filters_say_who_gets_in_and_which_rule_is_never_reached() -> None:
    made = world()
    deny = rule("deny-all", 200, "Deny", protocol="*")
    late = rule("late", 300, "Allow", ports="5432", src="10.1.2.0/24")
    nsg = made.nsg("nsg-shadow", rule("web", 100, "Allow", ports="5432"), deny, late)
    network = made.vnet("vnet-far", "10.9.0.0/16")
    subnet = made.subnet(network, "snet-far", "10.9.1.0/24", nsg=nsg)
    table = desk(made)
    lines = filters(table.facts, fold(subnet))
    assert has(lines, "as evaluated")
    assert has(lines, "everyone")
    assert has(lines, "never reached: web covers it")
    assert has(lines, "never reached: deny-all covers it")


def test_routes_say_which_lose_to_which() -> None:
    made = world()
    network = made.vnet("vnet-far", "10.9.0.0/16")
    home = route("home", "10.9.0.0/16", "VirtualAppliance", "10.0.0.4")
    table_id = made.route_table("rt-far", home)
    subnet = made.subnet(network, "snet-far", "10.9.1.0/24", route_table=table_id)
    table = desk(made)
    lines = routes(table.facts, fold(subnet))
    assert has(lines, "VirtualAppliance 10.0.0.4")
    assert has(lines, "loses to home of the same prefix")


def test_rows_set_aside_are_listed_by_reason() -> None:
    from pgtopo.views import set_aside

    document = world().snapshot()
    document["rows"] += [{"id": 5}, {"type": "x"}, "no row"]
    topology = load_rows(document["rows"])
    lines = set_aside.page(topology, ("a note",))
    assert has(lines, "row")
    assert has(lines, "a note")
    assert has(set_aside.page(world().topology()), "Every row was read")
