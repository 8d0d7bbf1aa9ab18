"""Names, tags and texts from data never act: no control, escape or bidi character gets through."""

import shlex
import subprocess

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import fold
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.reports.drawing.document import of_scene
from pgtopo.reports.registry import formats, renderer
from pgtopo.views import copies, naming, passage
from pgtopo.views.detail import detail
from pgtopo.views.groupings import Grouping
from pgtopo.views.lines import plain
from pgtopo.views.map.around import around
from pgtopo.views.map.caption import caption
from pgtopo.views.map.whole import whole
from pgtopo.views.overview.server import connection
from pgtopo.views.state import Place, Tab, View
from pgtopo.views.style import PLAIN
from pgtopo.views.workbench import Workbench
from tests.estates.world import World, route, rule
from tests.views.small import desk

NASTY = "[red]evil[bold] \x1b[2J\x07\u202egnp.exe\u200b\n\x9b31m"


def hostile() -> World:
    made = World()
    vnet = made.vnet(NASTY, "10.0.0.0/16")
    subnet = made.subnet(vnet, NASTY, "10.0.1.0/28", delegation="pg", nsg=made.nsg(NASTY))
    zone = made.zone(NASTY + ".private.postgres.database.azure.com")
    made.link(zone, vnet, NASTY)
    made.a_record(zone, NASTY, "10.0.1.4", NASTY)
    made.server(NASTY, subnet, zone, fullyQualifiedDomainName=NASTY, state=NASTY)
    public = made.public_server("psql-public", tags={NASTY: NASTY})
    made.firewall_rule(public, NASTY, NASTY, NASTY)
    made.nic(NASTY, subnet, "10.0.1.5")
    made.nsg("nsg-odd", rule(NASTY, 100, NASTY, src=NASTY, ports=NASTY))
    made.route_table("rt-odd", route(NASTY, NASTY, NASTY, NASTY))
    made.denied("microsoft.authorization/locks", detail=NASTY)
    return made


def assert_safe(text: str) -> None:
    active = [letter for letter in text if not letter.isprintable() and letter != "\n"]
    assert not active, (text, active)


@pytest.mark.parametrize("grouping", list(Grouping))
def test_trees_and_pages_are_printable(grouping: Grouping) -> None:
    table = desk(hostile())
    forest = table.forest(grouping)
    for at, node in enumerate(forest.nodes):
        label = table.label(node)
        assert_safe(label.word + label.name + label.note)
        for tab in Tab:
            view = detail(table, grouping, at, Place(View.ESTATE, node.id, node.kind), tab)
            lines = view.work.make() if view.work else view.lines
            assert_safe(view.title + plain(lines))
            assert_safe("".join(line.copies for line in lines))


def test_findings_frame_and_clipboard_are_printable() -> None:
    table = desk(hostile())
    made = Workbench(table)
    made.list_problems()
    for at in range(len(made.findings.rows)):
        made.moved_in_problems(at)
        row = made.findings.rows[at]
        assert_safe(row.text + row.note + plain(made.page().lines))
        for text in (
            *made.path(),
            copies.name(table, made.state.place),
            copies.arm_id(table, made.state.place),
        ):
            assert_safe(text)
            assert "\n" not in text


def test_markup_stays_text() -> None:
    table = desk(hostile())
    names = {table.label(node).name for node in table.forest(Grouping.NETWORK).nodes}
    assert any(name.startswith("[red]evil[bold]") for name in names)


def test_a_command_with_a_name_from_data_is_one_word_of_the_shell() -> None:
    made = World()
    made.public_server("psql-odd", fullyQualifiedDomainName='x"; echo $(id) #')
    (server,) = made.topology().all(FlexibleServer)
    words = shlex.split(connection(server), comments=True)
    assert words[0] == "psql"
    assert len(words) == 2
    shell = subprocess.run(
        ["/bin/sh", "-c", f"set -- {connection(server)}; echo $#"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shell.stdout == "2\n"


def test_a_machine_that_names_itself_as_its_interface_is_told_all_the_same() -> None:
    made = World()
    subnet = made.subnet(made.vnet("vnet", "10.0.0.0/16"), "snet", "10.0.1.0/24")
    machine = made.vm("vm-odd", made.nic("nic-odd", subnet, "10.0.1.4"))
    held = made.properties(machine)["networkProfile"]["networkInterfaces"]
    held.append({"id": machine})
    facts = Facts(made.topology())
    arm_id = fold(machine)
    assert "snet" in plain(passage.routes(facts, arm_id))
    assert "nic-odd" in plain(passage.filters(facts, arm_id))
    assert "vnet" in plain(naming.names(facts, arm_id))


@pytest.mark.parametrize("form", formats("drawing"))
def test_drawings_are_printable_in_every_format(form: str) -> None:
    made = hostile()
    one, other = made.vnet("vnet-one", "10.5.0.0/16"), made.vnet(NASTY + "2", "10.6.0.0/16")
    made.peering(one, other, state=NASTY)
    made.peering(other, one, state=NASTY)
    table = desk(made)
    networks = [held.id for held in table.topology.all(VirtualNetwork)]
    for scene in (whole(table), *(around(table, network) for network in networks)):
        picture = of_scene(table, scene, 100)
        assert_safe(renderer("drawing", form).render(picture, PLAIN).decode())
        for card in scene.cards:
            assert_safe("".join(piece.text for piece in caption(scene, card.key)))
