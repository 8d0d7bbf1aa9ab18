"""Textual bindings made of the key table."""

from textual.binding import Binding, BindingType

from pgtopo.tui.keys import Where, of


def bindings(*places: Where) -> list[BindingType]:
    """The bindings of what works in these places."""
    return [
        Binding(
            ",".join(action.keys),
            action.name,
            action.word or action.text,
            show=False,
            id=f"{place.name.lower()}.{action.name}",
        )
        for place in places
        for action in of(place)
    ]
