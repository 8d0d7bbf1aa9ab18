"""Sentences at the reader's width."""

import textwrap

from pgtopo.model.ids import owned_name
from pgtopo.views.literal import printable
from pgtopo.views.style import Style


def paragraph(text: str, style: Style, indent: str = "", first: str | None = None) -> list[str]:
    """A text from data or code as lines, wrapped where the reader's width is known."""
    clean = printable(" ".join(text.split()))
    head = indent if first is None else first
    if style.width is None:
        return [head + clean]
    return textwrap.wrap(
        clean,
        max(style.width, 40),
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [head]


def value_text(value: object) -> str:
    """A value from data in words: nothing is `absent`, lists are joined."""
    if value is None:
        return "absent"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | frozenset | set):
        return ", ".join(value_text(one) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}={value_text(one)}" for key, one in value.items()) or "none"
    return str(value)


def brief(text: str) -> str:
    """A resource id as its last type and name, where there is no room for all of it.

    A child comes after the name of what owns it, as names of children repeat.
    """
    if not text.startswith("/subscriptions/"):
        return text
    kind, name = text.rstrip("/").rsplit("/", 2)[-2:]
    owner, found, _ = owned_name(text).rpartition("/")
    return f"{owner}/{kind}/{name}" if found else f"{kind}/{name}"
