"""The part of the app that offers live data on the start screen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from pgtopo.tui.panes.start import StartList
from pgtopo.tui.reception import Reception
from pgtopo.views.live.naming import label
from pgtopo.views.start import Offer, start_rows

if TYPE_CHECKING:
    from pgtopo.sources.azure.pacing import Timing
    from pgtopo.sources.azure.request import Request
    from pgtopo.sources.cache.store import Store


class Setup(NamedTuple):
    """What the app is told about live data when it starts."""

    first: Request | None = None
    """What to ask at once."""
    usual: Request | None = None
    """What the start screen offers to ask."""
    store: Store | None = None
    """Where results are kept; nothing outlasts the run where there is none."""
    timing: Timing | None = None
    """How patiently Azure is asked; as usual where nothing is said."""


class Offered(Message):
    """Scopes that were asked for before."""

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        super().__init__()
        self.offers = offers


class LiveStart(Reception):
    """Offers the usual scope, and those whose last result is kept."""

    live: Setup
    kept_scopes: tuple[Offer, ...] = ()

    def ask_azure(self, request: Request) -> None:
        """Ask Azure behind the screen."""
        raise NotImplementedError

    def show_start(self) -> None:
        """The start screen, with what can be asked of Azure."""
        super().show_start()
        self._show_offers()
        # What it takes to import would keep the first frame waiting.
        self.call_after_refresh(self._look_for_scopes)

    def _show_offers(self) -> None:
        usual = self.live.usual
        known = [one.request for one in self.kept_scopes]
        first = () if usual is None or usual in known else (Offer(label(usual), "", usual),)
        rows = start_rows(*self.offers, (*first, *self.kept_scopes))
        self.query_one("#start", StartList).show(rows)

    def _look_for_scopes(self) -> None:
        """List, behind the screen, what was asked for before."""
        store = self.live.store
        if store is not None:
            threading.Thread(target=self._list, args=(store,), name="scopes", daemon=True).start()

    def _list(self, store: Store) -> None:
        from pgtopo.model.moments import age

        now = datetime.now(UTC)
        found = tuple(
            Offer(one.label, f"{one.rows:,} rows, {age(one.created_at, now)}", one.request)
            for one in store.entries()
        )
        self.post_message(Offered(found))

    def on_offered(self, message: Offered) -> None:
        """Offer what was asked for before."""
        self.kept_scopes = message.offers
        if self.bench is None and self.query_one("#start", StartList).has_focus:
            self._show_offers()

    def on_start_list_asked(self, message: StartList.Asked) -> None:
        """Ask Azure for a scope."""
        self.ask_azure(message.request)
