"""The part of the app that answers the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.tui import layout
from pgtopo.tui.actions import Actions
from pgtopo.tui.benches import has_map
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.tui.panes.map import MapPane
    from pgtopo.views.map.bench import MapBench


class Mapping(Actions):
    """Steps of the map, and its painting."""

    def action_view_map(self) -> None:
        """The topology as a drawing."""
        self._go(View.MAP)

    def paint_map(self, bench: MapBench) -> None:
        """Draw the map, or say that it is being worked out."""
        from pgtopo.tui.panes.map import MapPane

        self.query_one("#map", MapPane).show(bench, self.grid_background.seconds)
        work = bench.map_work()
        if work is not None:
            self.grid_background.want(bench.desk, work)
            self.paint_while_waiting()

    def on_map_pane_moved(self, _message: MapPane.Moved) -> None:
        """Another box is selected."""
        self.paint_around()

    def on_map_pane_opened(self, _message: MapPane.Opened) -> None:
        """Go into the details."""
        self.to_front(layout.RIGHT)

    def on_map_pane_asked(self, message: MapPane.Asked) -> None:
        """Take a step of the map."""
        bench = self.bench
        if not has_map(bench) or not bench.is_on_map:
            return
        if message.step == "estate":
            bench.show_in_estate()
            self.to_front(layout.LEFT)
            return
        steps = {"turn": bench.turn_map, "unfold": bench.open_box, "magnify": bench.magnify}
        step = steps.get(message.step)
        told = step() if step is not None else ""
        if told:
            self.say(told)
        else:
            self.paint()
