"""One path as a drawing: every step is there, the blocked place is marked, nothing overflows."""

from functools import cache
from xml.etree import ElementTree

import pytest

from pgtopo.session import Session, open_files
from pgtopo.views.map.as_text import text_of
from pgtopo.views.map.drawing import Drawing
from pgtopo.views.map.path_drawing import leading, path_drawing
from pgtopo.views.map.stations import Station, crossed, way_of
from pgtopo.views.style import Style
from pgtopo.views.width import columns
from tests.tui.screen import CONTOSO

THROUGH_THE_FIREWALL = """\
✖ BLOCKED   name ✔ OPEN   network ✖ ASYMMETRIC_PATH
┌ client snet-app-portal ──────────────────────────────────────────────────┐
│ 10.21.112.0/24, vnet-portal-weu                                          │
└───┬──────────────────────────────────────────────────────────────────┬───┘
    │ ✔ name    10.21.98.4 by zone inventory.private.postgres.databa…  ▲
    │ ✔ filter  nsg-app-portal-weu: AllowVnetOutBound                  ┆
    │ ✔ route   rt-app-portal-weu: to-inventory 10.21.96.0/20 → 10.2…  ┆
    ▼ ✔ peering vnet-portal-weu → vnet-hub-weu                         ┆
┌ Azure Firewall afw-weu ──────────────────────────────────────────┐   ┆
│ 10.20.0.4, vnet-hub-weu                                          │   ┆
│ ✔ way on  rule allow-spokes-to-postgres                          │   ┆
└───┬──────────────────────────────────────────────────────────────┘   ┆
    │ ✔ way on  to peered vnet-inventory-weu                           ┆
    │ ✔ peering vnet-hub-weu → vnet-inventory-weu                      ┆
    │ ✔ filter  nsg-pg-inventory-weu: allow-postgres-from-apps         ┆
    │       ✖ back    The two directions differ: only the way there    ✖
    │                 passes Azure Firewall afw-weu, which keeps state ┆
    ▼                 and drops the rest.                              ┆
┌ server psql-inventory-prod-weu ──────────────────────────────────────┴───┐
│ 10.21.98.4, port 5432, snet-pg-inventory, vnet-inventory-weu             │
│ ✔ state   Ready                                                          │
│ ✔ access  in its network, no firewall rules of its own                   │
└──────────────────────────────────────────────────────────────────────────┘
"""

PATHS = [
    ("snet-app-portal", "psql-inventory-prod-weu"),
    ("snet-etl-reports", "psql-reports-prod-neu"),
    ("vnet-shop-neu", "psql-crm-prod-neu"),
    ("vnet-partner-neu", "psql-shop-prod-neu"),
    ("onprem:192.168.0.0/17", "psql-orders-prod-weu"),
    ("internet", "psql-survey-test-weu"),
    ("snet-app-portal", "psql-web-prod-weu"),
    ("vnet-reports-neu", "psql-reports-prod-neu"),
]


@cache
def contoso() -> Session:
    return open_files([CONTOSO])


def drawn(client: str, server: str, width: int = 76) -> Drawing:
    _, found = contoso().trace(client, server)
    return path_drawing(contoso().facts, found, width=width)


def test_the_way_through_a_firewall_and_back() -> None:
    assert text_of(drawn(*PATHS[0])) + "\n" == THROUGH_THE_FIREWALL


@pytest.mark.parametrize("ends", PATHS, ids=lambda p: f"{p[0]}>{p[1]}")
def test_every_step_is_told_where_it_happens(ends: tuple[str, str]) -> None:
    _, found = contoso().trace(*ends)
    part = leading(found)
    assert part is not None
    way = way_of(contoso().facts, found, part)
    placed = [one for one in way.stops if not isinstance(one, Station)]
    placed += [step for station in way.stations for step in station.steps]
    placed += way.back
    assert len(placed) == len(set(map(id, placed)))
    left_out = [one for one in part.steps if one not in placed]
    assert all(one.decided_by is None and one.verdict.value == "allowed" for one in left_out)
    names = [crossing.network for crossing in crossed(contoso().topology, way)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("width", [40, 76, 120])
@pytest.mark.parametrize("ends", PATHS, ids=lambda p: f"{p[0]}>{p[1]}")
def test_nothing_is_wider_than_asked_for(ends: tuple[str, str], width: int) -> None:
    rows = text_of(drawn(*ends, width)).split("\n")
    assert max(map(columns, rows)) <= width
    assert rows[1].startswith("┌ client")


def test_what_blocks_is_marked_on_the_way_and_dashed_behind() -> None:
    rows = text_of(drawn("vnet-partner-neu", "psql-shop-prod-neu")).split("\n")
    at = next(number for number, row in enumerate(rows) if row.startswith("    ✖"))
    assert "has no route to" in rows[at]
    assert all(row[4] == "│" for row in rows[4:at])
    assert all(
        row[4] in "┆▼" for row in rows[at + 1 : rows.index("", at) if "" in rows else at + 4]
    )


def test_the_drawing_in_ascii() -> None:
    _, found = contoso().trace(*PATHS[0])
    text = text_of(path_drawing(contoso().facts, found), Style(is_ascii=True))
    assert text.isascii()
    assert "+ client snet-app-portal" in text


def test_parts_beside_the_one_drawn_are_named() -> None:
    text = text_of(drawn("vnet-reports-neu", "psql-reports-prod-neu"))
    assert "drawn for 10.41.33.0/24; beside it:" in text
    assert text.rstrip().endswith("✔ OPEN  10.41.32.0/24")


def test_the_same_drawing_as_svg() -> None:
    from pgtopo.reports.drawing.svg import svg

    text = svg(drawn(*PATHS[0]), "portal to <inventory> & back")
    root = ElementTree.fromstring(text)
    said = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "afw-weu" in said
    assert any("drops the rest" in one for one in said)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
