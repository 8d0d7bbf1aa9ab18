"""What is said about live data: names, ages, progress, differences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pgtopo.model.moments import age
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import DeviceCode, Progress, Request, Stage
from pgtopo.sources.load import load_rows
from pgtopo.views.lines import Line, Piece
from pgtopo.views.live import progress as telling
from pgtopo.views.live.badge import live_badge
from pgtopo.views.live.naming import label
from pgtopo.views.live.since import since
from tests.estates.world import World

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ONE = "0a1b2c3d-0000-0000-0000-000000000001"
CODE = DeviceCode("https://microsoft.com/devicelogin", "ABCD-EFGH", "")
MIDWAY = Progress(
    stage=Stage.GRAPH,
    query="networks",
    page=3,
    parts_done=4,
    parts_total=12,
    rows=2134,
    bytes=8_100_000,
    requests=9,
    elapsed=12.34,
    quota_left=11,
)


def text(lines: tuple[Line, ...]) -> str:
    return "\n".join("".join(p.text for p in line.pieces) for line in lines)


def flat(pieces: tuple[Piece, ...]) -> str:
    return "".join(one.text for one in pieces)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(), "all subscriptions in Azure"),
        (Request(subscriptions=(ONE,)), "subscription 0a1b2c3d in Azure"),
        (Request(subscriptions=(ONE, ONE)), "2 subscriptions in Azure"),
        (Request(management_groups=("mg-prod",)), "group mg-prod in Azure"),
        (
            Request(subscriptions=(ONE,), management_groups=("a", "b"), cloud=Cloud.USGOV),
            "subscription 0a1b2c3d and 2 groups in Azure Government",
        ),
        (
            Request(tenant="t.cn", cloud=Cloud.CHINA),
            "all subscriptions in Azure China of tenant t.cn",
        ),
        (
            Request(arm_endpoint="http://127.0.0.1:8899"),
            "all subscriptions in the stand-in at 127.0.0.1:8899",
        ),
        (Request(tenant="evil\x1b[31m"), "all subscriptions in Azure of tenant evil"),
    ],
)
def test_scopes_have_names(request_: Request, expected: str) -> None:
    assert label(request_).startswith(expected)
    assert "\x1b" not in label(request_)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "now"),
        (-900, "now"),
        (59, "now"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86_399, "23 h"),
        (200_000, "2 d"),
    ],
)
def test_ages(seconds: int, expected: str) -> None:
    stamp = (NOW - timedelta(seconds=seconds)).isoformat()
    assert age(stamp, NOW) == expected


def test_an_age_nobody_knows_is_not_told() -> None:
    assert age("", NOW) == age("yesterday", NOW) == ""
    assert age("2026-11-22T11:00:00", NOW) == "1 h"


def test_the_badge_tells_age_staleness_and_gaps() -> None:
    world = World()
    denied = {"kind": FlexibleServer.KIND, "scope": "/", "status": "denied"}
    topology = load_rows(world.snapshot()["rows"], [denied], created_at="2026-11-22T11:00:00Z")
    badge = live_badge(topology, topology.created_at, NOW, is_stale=True)
    assert badge.text == "LIVE 1 h STALE"
    assert "flexible servers" in badge.partial
    assert live_badge(topology, topology.created_at, NOW, is_stale=False).text == "LIVE 1 h"


def test_progress_tells_the_whole_truth() -> None:
    shown = text(telling.asking("all subscriptions in Azure", MIDWAY))
    for word in (
        "Asking all subscriptions in Azure",
        "networks, page 3",
        "2,134 rows",
        "8.1 MB",
        "9 requests",
        "12.3 s",
        "quota left 11",
        "4 of 12 parts",
        "esc stops",
    ):
        assert word in shown
    short = flat(telling.in_short(MIDWAY))
    assert "networks" in short
    assert "2,134 rows" in short
    assert "quota left 11" in short


def test_waiting_failing_and_notes_are_told() -> None:
    waiting = Progress(stage=Stage.GRAPH, waiting=4.2, failed=2, note="Azure asks to slow down")
    shown = text(telling.asking("x", waiting))
    assert "4 s to wait" in shown
    assert "2 parts could not be read" in shown
    assert "waiting 4 s" in flat(telling.in_short(waiting))
    noted = Progress(stage=Stage.ARM, note="odd \x1b[2J note", failed=1)
    assert "odd" in text(telling.asking("x", noted))
    assert "\x1b" not in text(telling.asking("x", noted))
    assert "1 could not be read" in flat(telling.in_short(noted))


def test_a_device_code_is_shown_until_somebody_is_logged_in() -> None:
    for progress in (None, Progress(stage=Stage.LOGIN)):
        assert "ABCD-EFGH" in text(telling.asking("x", progress, CODE))
        assert "ABCD-EFGH" in flat(telling.in_short(progress, CODE))
    assert "ABCD-EFGH" not in text(telling.asking("x", MIDWAY, CODE))
    assert "ABCD-EFGH" not in flat(telling.in_short(MIDWAY, CODE))
    copied = {line.copies for line in telling.device(CODE)}
    assert {"ABCD-EFGH", "https://microsoft.com/devicelogin"} <= copied


def test_every_ending_says_what_next() -> None:
    for lines in (
        telling.failed("x", "not logged in", "run az login"),
        telling.stopped("x"),
        telling.stopping("x", MIDWAY),
        telling.stopping("x", None),
    ):
        assert "esc goes to the start screen" in text(lines)
    assert "2,134 rows came in" in text(telling.stopping("x", MIDWAY))


# -- differences ------------------------------------------------------------------------------


def estate(*servers: str, version: str = "16", status: str = "read") -> Topology:
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    zone = world.zone("shop.private.postgres.database.azure.com")
    for name in servers:
        world.server(name, subnet, zone, version=version)
    rows = world.snapshot()["rows"]
    kinds = {row["type"].lower() for row in rows} | {FlexibleServer.KIND}
    stated = [
        {"kind": kind, "scope": "/", "status": status if kind == FlexibleServer.KIND else "read"}
        for kind in kinds
    ]
    return load_rows(rows, stated, created_at="2026-11-22T11:00:00Z")


def test_nothing_changed() -> None:
    found = since(estate("a"), estate("a"))
    assert not found
    assert found.text == "Nothing changed since 2026-11-22 11:00Z"


def test_what_came_went_and_changed_is_told_servers_first() -> None:
    found = since(estate("a", "b"), estate("b", "c", version="17"))
    assert [one.rpartition("/")[2] for one in found.added] == ["c"]
    assert [one.rpartition("/")[2] for one in found.removed] == ["a"]
    assert [one.rpartition("/")[2] for one in found.changed] == ["b"]
    assert found.text.startswith("Changed since 2026-11-22 11:00Z: 1 flexible server")


@pytest.mark.parametrize("status", ["denied", "failed", "partial"])
def test_what_one_look_could_not_read_is_neither_new_nor_gone(status: str) -> None:
    whole, short = estate("a", "b"), estate("a", status=status)
    assert not since(whole, short)
    found = since(short, whole)
    assert not found
    assert found.text == "Nothing changed since 2026-11-22 11:00Z; 1 more resource could be read"
