"""Finds places inside a row by JSON pointer, elements of lists by name as well as by place."""

from typing import Any

from pgtopo.errors import UsageError
from pgtopo.model.digits import whole_number
from pgtopo.model.ids import name_of


def put(row: Any, steps: tuple[str, ...], value: Any, place: str) -> None:
    """Set what a pointer leads to; a missing last key or named element is added.

    Raises:
        UsageError: what should hold it does not exist.
    """
    holder, last = _holder(row, steps, place)
    if isinstance(holder, dict):
        holder[_key(holder, last) or last] = value
        return
    at = _at(holder, last)
    if at is not None:
        holder[at] = value
    elif last == "-" or whole_number(last) is None:
        holder.append(_named(value, last))
    else:
        raise UsageError(f"{place}: the list has no element {last}", _HINT)


def take(row: Any, steps: tuple[str, ...], place: str) -> None:
    """Take out what a pointer leads to.

    Raises:
        UsageError: it does not exist.
    """
    holder, last = _holder(row, steps, place)
    found = _key(holder, last) if isinstance(holder, dict) else _at(holder, last)
    if found is None:
        raise UsageError(f"{place}: there is no {last!r}", _HINT)
    del holder[found]


def has(row: Any, steps: tuple[str, ...]) -> bool:
    """Whether a pointer leads anywhere."""
    here = row
    for step in steps:
        found = _key(here, step) if isinstance(here, dict) else _at(here, step)
        if found is None:
            return False
        here = here[found]
    return True


_HINT = "'pgtopo list' and the row's raw JSON show what is there; names are matched in any case"


def _holder(row: Any, steps: tuple[str, ...], place: str) -> tuple[Any, str]:
    """The object or list around the last step."""
    here = row
    for count, step in enumerate(steps[:-1], 1):
        found = _key(here, step) if isinstance(here, dict) else _at(here, step)
        if found is None:
            raise UsageError(f"{place}: there is no {'/' + '/'.join(steps[:count])}", _HINT)
        here = here[found]
    if not isinstance(here, dict | list):
        raise UsageError(f"{place}: /{'/'.join(steps[:-1])} holds a plain value", _HINT)
    return here, steps[-1]


def _key(holder: dict[str, Any], step: str) -> str | None:
    """The key as it is written in the row."""
    if step in holder:
        return step
    folded = step.lower()
    return next((key for key in holder if key.lower() == folded), None)


def _at(holder: Any, step: str) -> int | None:
    """The place of a list's element, by place, by its name, or by its own text."""
    if not isinstance(holder, list):
        return None
    place = whole_number(step)
    if place is not None and place < len(holder):
        return place
    folded = step.lower()
    return next((at for at, one in enumerate(holder) if name_in_list(one) == folded), None)


def name_in_list(element: Any) -> str:
    """The name an element of a list goes by, in lower case; empty where it has none."""
    if isinstance(element, str):
        return element.lower()
    if not isinstance(element, dict):
        return ""
    for key in ("name", "id"):
        found = element.get(key)
        if isinstance(found, str) and found:
            return name_of(found).lower()
    return ""


def _named(value: Any, name: str) -> Any:
    """A new element, with its name where it has none."""
    if name == "-" or not isinstance(value, dict) or "name" in value:
        return value
    return {"name": name, **value}
