"""Runs the app against the stand-in for Azure, which can be told to hold its breath."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.request import Request
from pgtopo.sources.cache.store import Store
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.live import Setup
from pgtopo.views.desk import Desk
from pgtopo.views.groupings import Grouping
from tests.estates.world import World, hex_label
from tests.stand_in.estate import Estate, subscription_of
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import Call, StandIn, running
from tests.tui.screen import CONTOSO, rested, until

SELECT = ("PGT101",)


class Azure:
    """The stand-in with the demo estate behind it; holds a call where it is told to."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.hold_from: int | None = None
        """The number of the first call, counted from now, that is not answered yet."""
        self.is_locked = False
        """Whether nobody's login counts any more."""
        self.is_held = threading.Event()
        self.go_on = threading.Event()
        self._seen = 0
        self._lock = threading.Lock()
        stand_in.fault = self._fault

    @property
    def request(self) -> Request:
        return Request(arm_endpoint=self.stand_in.url)

    def hold(self, first: int) -> None:
        """Hold every call from this one on, until `release`."""
        self.is_held.clear()
        self.go_on.clear()
        self._seen = 0
        self.hold_from = first

    def release(self) -> None:
        self.hold_from = None
        self.go_on.set()

    def _fault(self, call: Call) -> Reply | None:
        with self._lock:
            self._seen += 1
            is_held = self.hold_from is not None and self._seen >= self.hold_from
        if is_held:
            self.is_held.set()
            self.go_on.wait(30)
        if self.is_locked:
            return error(401, "ExpiredAuthenticationToken", "The access token has expired.")
        return None


def small() -> list[dict[str, Any]]:
    """Two servers in a network of one subscription, one of them stopped by nothing."""
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    zone = world.zone("shop.private.postgres.database.azure.com")
    world.link(zone, network)
    for name in ("psql-orders", "psql-stock"):
        world.a_record(zone, hex_label(name), "10.1.1.4")
        world.server(name, subnet, zone)
    rows: list[dict[str, Any]] = world.snapshot()["rows"]
    scope = subscription_of(rows[0]["id"])
    row = {
        "id": f"/subscriptions/{scope}",
        "name": "shop",
        "type": "microsoft.resources/subscriptions",
        "subscriptionId": scope,
        "properties": {"state": "Enabled"},
    }
    return [one for one in rows if "/providers/" in one["id"]] + [row]


@contextmanager
def azure(rows: list[dict[str, Any]] | None = None) -> Iterator[Azure]:
    """The stand-in over some rows; over the demo estate where none are given."""
    estate = Estate.read(CONTOSO) if rows is None else Estate(rows)
    stand_in = StandIn(estate)
    stand_in.graph.quota = None
    with running(stand_in):
        made = Azure(stand_in)
        try:
            yield made
        finally:
            made.release()


@asynccontextmanager
async def live(
    request: Request | None = None,
    *,
    folder: Path | None = None,
    usual: Request | None = None,
    size: tuple[int, int] = (120, 40),
) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    """The app, asking at once where there is a request."""
    timing = Timing(second=0.01, tries=2)
    setup = Setup(first=request, usual=usual, store=Store(folder), timing=timing)
    app = PgtopoApp(select=SELECT, live=setup)
    async with app.run_test(size=size) as pilot:
        yield app, pilot


async def answered(app: PgtopoApp, pilot: Pilot[None]) -> None:
    """Wait until the asking is over and what came of it is on the screen."""
    await until(pilot, lambda: app.opening is not None and not app.opening.is_running)
    await rested(app, pilot)


def drawn(desk: Desk) -> list[tuple[int, str, str, str]]:
    """Every row of every tree."""
    found: list[tuple[int, str, str, str]] = []
    for grouping in Grouping:
        for node in desk.forest(grouping).nodes:
            shown = desk.label(node)
            found.append((node.depth, node.id, shown.word, shown.name))
    return found


def desk_of(app: PgtopoApp) -> Desk:
    assert app.bench is not None
    return app.bench.desk


def change(cloud: Azure, arm_id: str, **properties: str) -> None:
    """Give a resource other properties in Azure."""
    row = next(one for one in cloud.stand_in.estate.all() if one["id"].lower() == arm_id)
    cloud.stand_in.estate.put({**row, "properties": {**row["properties"], **properties}})
