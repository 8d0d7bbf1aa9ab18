"""One change that can be tried: as operations on a copy, and as the commands that do the same."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pgtopo.errors import UsageError
from pgtopo.model.digits import whole_number
from pgtopo.model.net import parse_address, parse_prefix
from pgtopo.model.patch import Op


class Option(NamedTuple):
    """A change ready to be tried."""

    text: str
    ops: tuple[Op, ...]
    commands: tuple[str, ...] = ()
    """The same change for Azure; empty where no one command does it."""
    back: tuple[str, ...] = ()
    """What takes it back."""


class Edit(NamedTuple):
    """A value one types before the change can be tried."""

    text: str
    value: str
    """What stands there now."""
    make: Callable[[str], Option]
    """Raises `UsageError` where the text makes no sense."""


Choice = Option | Edit


def words_of(text: str) -> list[str]:
    """Typed values, by commas or blanks.

    Raises:
        UsageError: there is none.
    """
    found = [word for word in text.replace(",", " ").split() if word]
    if not found:
        raise UsageError("nothing was typed", "type one value, or several with commas")
    return found


def prefixes_of(text: str) -> list[str]:
    """Typed addresses, prefixes and service tags.

    Raises:
        UsageError: one begins like an address and is none.
    """
    found = words_of(text)
    for word in found:
        looks_meant = word[0].isdigit() or "/" in word
        if looks_meant and parse_prefix(word) is None and parse_address(word) is None:
            raise UsageError(f"{word!r} is no address or prefix")
    return found


def fresh(name: str, taken: Iterable[str]) -> str:
    """A name for something new that nothing else in its list has, whatever the letter case."""
    known = {one.lower() for one in taken}
    while name.lower() in known:
        name += "-x"
    return name


def number_of(text: str, low: int, high: int) -> int:
    """A typed number.

    Raises:
        UsageError: it is none, or too small or too big.
    """
    clean = text.strip()
    found = whole_number(clean)
    if found is None or not low <= found <= high:
        raise UsageError(f"{clean!r} is no number from {low} to {high}")
    return found
