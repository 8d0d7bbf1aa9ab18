"""Azure itself, where it was asked: which login works, and what it sees."""

from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.sources.azure.reached import Attempt, Reached
from pgtopo.views.signs import count

_SHOWN = 5


def section(found: Reached) -> Section:
    """Every login that was tried, and what came of asking with the one that works."""
    items = [_attempt(one, found) for one in found.attempts]
    if found.cause:
        hint = next((one.hint for one in found.attempts if one.cause == found.cause), "")
        items.append(Item(name="asking", state=State.ERROR, text=found.cause, hint=hint))
    else:
        items.append(_seen(found))
    if found.missing:
        items.append(
            Item(
                name="missing",
                state=State.ERROR,
                text=f"not visible to this login: {', '.join(found.missing)}",
                hint="give it Reader there, or log in as somebody who has it",
            )
        )
    facts = {
        "endpoint": found.endpoint,
        "logged_in_by": next((one.name for one in found.attempts if not one.cause), None),
        "subscriptions": list(found.subscriptions),
        "missing": list(found.missing),
        "quota_left": found.quota_left,
    }
    return Section(name="azure", items=tuple(items), facts=facts)


def _attempt(one: Attempt, found: Reached) -> Item:
    """A login that fails matters only where none works."""
    if not one.cause:
        return Item(name="login", state=State.OK, text=one.name)
    state = State.ERROR if found.cause else State.NOTE
    return Item(name="login", state=state, text=f"{one.name}: {one.cause}", hint=one.hint)


def _seen(found: Reached) -> Item:
    if not found.subscriptions:
        return Item(
            name="asking",
            state=State.ERROR,
            text="the login sees no subscription",
            hint="give it Reader on one; a fresh grant may need a fresh login",
        )
    names = ", ".join(found.subscriptions[:_SHOWN])
    rest = len(found.subscriptions) - _SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    quota = f"; quota left {found.quota_left}" if found.quota_left is not None else ""
    text = f"{count(len(found.subscriptions), 'subscription')}: {names}{more}{quota}"
    return Item(name="asking", state=State.OK, text=text)
