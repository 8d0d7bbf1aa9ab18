"""The four groupings of one estate: everything is there, ghosts say why, signs roll up."""

import pytest

from pgtopo.model.server import FlexibleServer
from pgtopo.views.desk import Desk
from pgtopo.views.forest import Role
from pgtopo.views.groupings import Grouping
from pgtopo.views.rollup import Rollup
from pgtopo.views.signs import Sign
from pgtopo.views.tree import Tree
from pgtopo.views.tree_order import Order, Ordering, arranged
from pgtopo.views.tree_row import Fold
from tests.views.small import desk, world


def lines(table: Desk, grouping: Grouping) -> list[str]:
    forest = table.forest(grouping)
    shown = []
    for node in forest.nodes:
        label = table.label(node)
        shown.append("  " * node.depth + " ".join(filter(None, (label.word, label.name))))
    return shown


def test_by_network_shows_subnets_servers_ghosts_and_outsiders() -> None:
    assert lines(desk(), Grouping.NETWORK) == [
        "the whole estate",
        "net vnet-app",
        "  subnet snet-pg",
        "    server psql-orders",
        "    server psql-orders-copy",
        "    nsg nsg-pg",
        "  subnet snet-web",
        "    1 interface",
        "      nic nic-web",
        "  peer vnet-hub",
        "  link orders.private.postgres.database.azure.com",
        "net vnet-hub",
        "  subnet GatewaySubnet",
        "  peer vnet-app",
        "net vnet-gone",
        "  subnet snet-pg",
        "    server psql-lost",
        "servers outside every network",
        "  server psql-survey",
        "    allows everyone",
    ]


@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_grouping_holds_every_server(grouping: Grouping) -> None:
    table = desk()
    held = {n.id for n in table.forest(grouping).nodes if n.role is Role.SERVER}
    assert held == {s.id for s in table.topology.all(FlexibleServer)}


def test_a_ghost_says_whether_it_is_missing_or_was_not_read() -> None:
    table = desk()
    ghosts = [table.label(n) for n in table.forest(Grouping.NETWORK).nodes if n.id]
    assert [g.note for g in ghosts if g.is_ghost] == ["(missing)", "(missing)"]
    made = world()
    made.denied("microsoft.network/virtualnetworks")
    made.denied("microsoft.network/virtualnetworks/subnets")
    table = desk(made)
    ghosts = [table.label(n) for n in table.forest(Grouping.NETWORK).nodes if n.id]
    assert {g.note for g in ghosts if g.is_ghost} == {"(not read: denied)"}


def test_signs_roll_up_worst_first_with_distinct_counts() -> None:
    table = desk()
    forest, rollup = table.forest(Grouping.NETWORK), table.rollup(Grouping.NETWORK)
    root = next(
        at for at, n in enumerate(forest.nodes) if n.text == "servers outside every network"
    )
    assert rollup.worst[root] is Sign.BAD
    assert rollup.tally(root).errors == 1, "one finding about rule and server counts once"
    assert rollup.worst[0] is Sign.BAD, "the estate carries the worst of all"
    app = next(at for at, n in enumerate(forest.nodes) if table.label(n).name == "vnet-app")
    assert rollup.worst[app] is Sign.GOOD


def test_nothing_is_called_fine_while_checks_run() -> None:
    topology = world().topology()
    from pgtopo.analysis.facts import Facts

    table = Desk(Facts(topology))
    assert set(table.rollup(Grouping.NETWORK).worst) == {Sign.NONE}


def test_rows_know_their_fold() -> None:
    tree = Tree(desk(), Grouping.NETWORK)
    folds = {tree.row(at).label.name: tree.row(at).fold for at in range(len(tree.outline.rows))}
    assert folds["vnet-app"] is Fold.OPEN
    assert folds["psql-orders"] is Fold.LEAF
    assert folds["snet-web"] is Fold.CLOSED


def test_the_path_leads_from_subscription_to_server() -> None:
    tree = Tree(desk(), Grouping.NETWORK)
    server = next(s for s in tree.desk.topology.all(FlexibleServer) if s.name == "psql-orders")
    assert tree.select(server.id)
    assert tree.path() == ("contoso-prod", "vnet-app", "snet-pg", "psql-orders")


def test_worst_first_is_by_the_worst_sign_then_by_how_many_findings_there_are() -> None:
    made = world()
    server = made.public_server("psql-wide")
    for name in ("everyone", "all", "any"):
        made.firewall_rule(server, name, "0.0.0.0", "255.255.255.255")
    table = desk(made)
    grown = table.forest(Grouping.NETWORK)
    forest = arranged(table.topology, grown, table.rollup(Grouping.NETWORK), Ordering(Order.FAULTS))
    rollup = Rollup(forest, table.problems)
    groups: dict[int, list[int]] = {}
    for at, parent in enumerate(forest.parents):
        if forest.nodes[at].role is not Role.ESTATE:
            groups.setdefault(parent, []).append(at)
    ranks = [
        [(rollup.worst[at], *(-n for n in rollup.tally(at))) for at in group]
        for group in groups.values()
    ]
    assert all(rank == sorted(rank) for rank in ranks)
    assert any(len(set(rank)) > len({worst for worst, *_ in rank}) for rank in ranks), (
        "some siblings differ by the number of findings alone"
    )
