"""Where the user is: view, selection, tab, and the way back; changed only by pure steps."""

from enum import Enum

import msgspec

from pgtopo.model.ids import ArmId


class View(Enum):
    """The screens one can be on, with the key that leads there."""

    ESTATE = "1"
    FINDINGS = "2"
    REACH = "3"
    NAMES = "4"
    MAP = "5"
    TRIAGE = "6"
    CHANGES = "7"

    @property
    def is_grid(self) -> bool:
        """Whether the screen is a grid."""
        return self in (View.REACH, View.NAMES)

    @property
    def is_drawn_behind(self) -> bool:
        """Whether the screen is worked out behind what is shown."""
        return self.is_grid or self in (View.MAP, View.TRIAGE, View.CHANGES)

    @property
    def label(self) -> str:
        """The name on the screen."""
        return self.name.capitalize()


class Tab(Enum):
    """The pages about one selected thing."""

    OVERVIEW = "Overview"
    PATH = "Path"
    NAMES = "Names"
    FILTERS = "Filters"
    ROUTES = "Routes"
    ADDRESSES = "Addresses"
    FINDINGS = "Findings"
    CHANGES = "Changes"
    USED_BY = "Used by"
    JSON = "JSON"


class Place(msgspec.Struct, frozen=True):
    """A place one can come back to."""

    view: View = View.ESTATE
    id: ArmId = ArmId("")
    """The selected resource; empty for the estate as a whole."""
    kind: str = ""
    problem: str = ""
    """The selected finding's key."""
    client: str = ""
    """In a grid: the row under the cursor; `id` is the server then."""
    focus: str = ""
    """On the map: what is looked at; empty for the whole estate."""


class State(msgspec.Struct, frozen=True):
    """Everything the interface remembers about where the user is."""

    place: Place = Place()
    tab: Tab = Tab.OVERVIEW
    before: tuple[Place, ...] = ()
    after: tuple[Place, ...] = ()
    last_view: View = View.FINDINGS


_MOST = 200


def moved(state: State, place: Place) -> State:
    """The state after the cursor moved: no step in the history."""
    return msgspec.structs.replace(state, place=place)


def went(state: State, place: Place) -> State:
    """The state after a jump, which can be taken back."""
    if place == state.place:
        return state
    last = state.place.view if place.view is not state.place.view else state.last_view
    before = (*state.before, state.place)[-_MOST:]
    return msgspec.structs.replace(state, place=place, before=before, after=(), last_view=last)


def back(state: State) -> State:
    """The state one jump earlier; the same where there is none."""
    if not state.before:
        return state
    return msgspec.structs.replace(
        state,
        place=state.before[-1],
        before=state.before[:-1],
        after=(state.place, *state.after),
        last_view=state.place.view,
    )


def forward(state: State) -> State:
    """The state one jump later; the same where there is none."""
    if not state.after:
        return state
    return msgspec.structs.replace(
        state,
        place=state.after[0],
        before=(*state.before, state.place),
        after=state.after[1:],
        last_view=state.place.view,
    )


def turned(state: State, step: int) -> State:
    """The state with the next or previous tab."""
    every = list(Tab)
    tab = every[(every.index(state.tab) + step) % len(every)]
    return msgspec.structs.replace(state, tab=tab)


def on_tab(state: State, tab: Tab) -> State:
    """The state with that tab."""
    return msgspec.structs.replace(state, tab=tab)
