"""Textual bindings made of the key table."""

from textual.binding import Binding, BindingType

from pgtopo.tui.keys import Where, of

OPENS_A_LINE = frozenset({"filter", "type_client"})
"""Actions taken before any widget sees the key, so that what is typed ahead lands in the line."""


def bindings(*places: Where) -> list[BindingType]:
    """The bindings of what works in these places."""
    return [
        Binding(
            ",".join(action.keys),
            action.name,
            action.word or action.text,
            show=False,
            id=f"{place.name.lower()}.{action.name}",
            priority=action.name in OPENS_A_LINE,
        )
        for place in places
        for action in of(place)
    ]
