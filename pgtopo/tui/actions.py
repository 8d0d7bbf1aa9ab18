"""Every action that works anywhere, as steps of the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.model.ids import ArmId
from pgtopo.tui import layout
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.views import state
from pgtopo.views.lines import to_resource
from pgtopo.views.literal import printable
from pgtopo.views.state import Tab, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.timer import Timer

    from pgtopo.tui.background import Background
    from pgtopo.views.mask import Mask
    from pgtopo.views.workbench import Workbench

    Part = App[None]
else:
    # Textual looks through every class made of its own: only the app itself is worth that time.
    Part = object

NOTE_S = 6.0
"""How long the status line says what was copied."""
_WAIT_S = 1.0
"""How often the seconds of long work are shown anew."""


class Actions(Part):
    """The part of the app that answers keys."""

    bench: Workbench | None = None
    front: str = layout.LEFT
    """The pane that has, or would have, focus."""
    is_zoomed: bool = False
    zoomed_from: str = layout.LEFT
    """The pane that was in front when one was zoomed."""
    note: str = ""
    _unsaying: Timer | None = None
    """Runs while a note is to be taken away again."""
    grid_background: Background
    """Works out lists and drawings behind the screen."""
    rest: Timer | None = None
    """Runs while the details have yet to follow the cursor."""
    mask: Mask | None = None
    """Takes real names and addresses off the screen; None until first asked for."""
    is_veiled: bool = False

    @property
    def is_up(self) -> bool:
        """Whether there is a screen: some messages come while the app is being left."""
        return bool(self.screen_stack) and bool(self.screen_stack[0].query("#live"))

    def veiled(self, text: str) -> str:
        """The text as it may be shown and copied."""
        return self.mask.text(text) if self.is_veiled and self.mask is not None else text

    def paint(self) -> None:
        """Show what the workbench says."""
        raise NotImplementedError

    def paint_around(self) -> None:
        """Bring frame and details up to a cursor that moved."""
        raise NotImplementedError

    def paint_awaited(self) -> None:
        """Show at once what the list was waiting for."""
        raise NotImplementedError

    def paint_rest(self) -> None:
        """Bring everything up that followed the cursor later."""
        raise NotImplementedError

    def paint_while_waiting(self) -> None:
        """Show in a while how long the work behind the screen has taken."""
        if self.rest is None:
            self.rest = self.set_timer(_WAIT_S, self.paint_rest)

    def focus_front(self) -> None:
        """Give focus to the pane in front."""
        raise NotImplementedError

    def ask(
        self,
        question: str,
        value: str,
        take: Callable[[str], None],
        complain: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Open a line that asks something; an answer without complaint goes to `take`."""
        raise NotImplementedError

    def estate_shown(self) -> None:
        """An estate was put on the screen."""

    def take_back(self) -> bool:
        """Stop what is under way or take away what was said; False where there is neither."""
        return False

    def front_list(self) -> LineList:
        """The list at the left of the screen one is on."""
        raise NotImplementedError

    @property
    def place(self) -> Where:
        """Which keys work where the focus is."""
        focused = self.focused
        known: Where | None = getattr(focused, "PLACE", None)
        if known is not None:
            return known
        return Where.LIST if focused is None else Where.FILTER

    def say(self, text: str) -> None:
        """Put a note into the status line for a while."""
        text = printable(text)
        self.note = text
        self.paint()
        if self._unsaying is not None:
            self._unsaying.stop()
        self._unsaying = self.set_timer(NOTE_S, lambda: self._unsay(text))

    def _unsay(self, text: str) -> None:
        if self.note == text:
            self.note = ""
            self.paint()

    # -- views and history --------------------------------------------------------------------

    def action_view_estate(self) -> None:
        """The estate as a tree."""
        self._go(View.ESTATE)

    def action_view_findings(self) -> None:
        """All findings."""
        self._go(View.FINDINGS)

    def action_view_reach(self) -> None:
        """Client subnets against servers."""
        self._go(View.REACH)

    def action_view_names(self) -> None:
        """Networks against server names."""
        self._go(View.NAMES)

    def action_last_view(self) -> None:
        """The view before this one."""
        if self.bench is not None:
            self._go(self.bench.state.last_view)

    def _go(self, view: View) -> None:
        if self.bench is not None and view is not self.bench.view:
            # What was said belongs to the screen that is left.
            self.note = ""
            self.bench.go(view)
            self.to_front(layout.LEFT)

    def action_history_back(self) -> None:
        """One jump back."""
        if self.bench is not None:
            self.note = ""
            self.bench.step_back()
            self.to_front(layout.LEFT)

    def action_history_forward(self) -> None:
        """One jump forward."""
        if self.bench is not None:
            self.note = ""
            self.bench.step_forward()
            self.to_front(layout.LEFT)

    def go_to(self, arm_id: ArmId) -> None:
        """Select a resource in the estate."""
        if self.bench is not None:
            self.bench.follow(to_resource(arm_id))
            self.to_front(layout.LEFT)

    # -- tabs ---------------------------------------------------------------------------------

    def action_next_tab(self) -> None:
        """The next tab."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """The previous tab."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.bench is not None:
            self.bench.state = state.turned(self.bench.state, step)
            self.paint()

    def action_tab(self, name: str) -> None:
        """A tab by name."""
        if self.bench is not None:
            self.bench.state = state.on_tab(self.bench.state, Tab[name])
            self.paint()

    def action_describe(self) -> None:
        """The overview of what is selected."""
        self._show_tab(Tab.OVERVIEW)

    def action_raw(self) -> None:
        """The row of what is selected."""
        self._show_tab(Tab.JSON)

    def action_used_by(self) -> None:
        """Who refers to what is selected."""
        self._show_tab(Tab.USED_BY)

    def _show_tab(self, tab: Tab) -> None:
        bench = self.bench
        if bench is None:
            return
        if bench.view is View.FINDINGS and bench.state.place.id:
            bench.follow(to_resource(bench.state.place.id))
        bench.state = state.on_tab(bench.state, tab)
        self.to_front(layout.RIGHT)

    # -- panes --------------------------------------------------------------------------------

    def to_front(self, front: str) -> None:
        """Put a pane in front, paint, and give it focus."""
        self.front = front
        self.paint()
        self.focus_front()

    def action_next_pane(self) -> None:
        """The next pane."""
        self._cycle(1)

    def action_previous_pane(self) -> None:
        """The previous pane."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        if self.bench is None:
            return
        size = self.size
        is_map = self.bench.view is View.MAP
        every = layout.panes(size.width, 99, layout.RIGHT, is_zoomed=False, is_map=is_map)
        if len(every) == 1:
            every = (layout.LEFT, layout.RIGHT)
        here = every.index(self.front) if self.front in every else 0
        self.to_front(every[(here + step) % len(every)])

    def action_zoom(self) -> None:
        """One pane alone, or all."""
        if self.bench is not None:
            self.is_zoomed = not self.is_zoomed
            self.zoomed_from = self.front
            self.to_front(self.front)

    # -- finding and regrouping ---------------------------------------------------------------

    def action_regroup(self) -> None:
        """Arrange the list in the next way."""
        if self.bench is None:
            return
        if self.bench.view is View.ESTATE:
            self.bench.regroup()
        elif self.bench.view is View.FINDINGS:
            self.bench.rearrange("bundle")
        self.paint()

    def action_faults(self) -> None:
        """Faults only, or everything."""
        if self.bench is None:
            return
        self.bench.toggle_faults()
        is_on = self.bench.sieve.is_faults_only
        self.say("faults only: f shows everything again" if is_on else "everything is shown")

    def action_next_hit(self) -> None:
        """The next hit or fault."""
        self._hit(1)

    def action_previous_hit(self) -> None:
        """The previous hit or fault."""
        self._hit(-1)

    def _hit(self, step: int) -> None:
        if self.bench is None:
            return
        if self.bench.next_hit(step):
            self.paint()
        else:
            self.say("no hit" if self.bench.sieve else "no fault to go to")

    # -- paths --------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark what is selected as one end of a path."""
        if self.bench is not None:
            self.say(self.bench.mark())

    def action_trace(self) -> None:
        """Trace the path between the two ends."""
        if self.bench is None:
            return
        lacking = self.bench.trace()
        if lacking:
            self.say(lacking)
        else:
            self.note = ""
            self.to_front(layout.LEFT if self.bench.view is View.MAP else layout.RIGHT)

    # -- the rest -----------------------------------------------------------------------------

    def action_palette(self) -> None:
        """Every command by name."""
        from pgtopo.tui.command_palette import AnySizeCommandPalette

        if not isinstance(self.screen, AnySizeCommandPalette):
            self.push_screen(
                AnySizeCommandPalette(
                    placeholder="words of a command, or of a name", id="--command-palette"
                )
            )

    def action_help(self) -> None:
        """What the keys do here."""
        from pgtopo.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.place))

    def put_on(self, theme: str) -> None:
        """Wear a theme."""
        self.theme = theme
