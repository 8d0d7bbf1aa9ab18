"""Steps of a trace put together for reading: alike ones once, what is wrong first."""

import re
from collections.abc import Iterable

import msgspec

from pgtopo.model.net import SpanSet, parse_prefix, union
from pgtopo.reports.trace.document import PartItem, StepItem, TraceDocument

_ORDER = {"blocked": 0, "unknown": 1}
_SHOWN = 3


class Group(msgspec.Struct, frozen=True):
    """Steps that speak for the same addresses."""

    addresses: list[str]
    steps: list[StepItem]


def groups(document: TraceDocument) -> list[Group]:
    """The steps by the addresses they speak for: those with a fault first, then open questions."""
    found: dict[tuple[str, ...], list[StepItem]] = {}
    for step in _merged(document.steps):
        found.setdefault(tuple(step.addresses), []).append(step)
    made = [Group(list(addresses), steps) for addresses, steps in found.items()]
    return sorted(made, key=lambda one: min(_ORDER.get(step.verdict, 2) for step in one.steps))


def parts(document: TraceDocument) -> list[PartItem]:
    """The parts of the client, those that are blocked first."""
    return sorted(document.parts, key=lambda one: _ORDER.get(one.verdict, 2))


def cause(document: TraceDocument) -> str:
    """The text of the first step that blocks, else of the first that is open; empty for none."""
    for wanted in _ORDER:
        for step in document.steps:
            if step.verdict == wanted:
                return step.text
    return ""


def some(addresses: list[str]) -> str:
    """The first addresses, and how many more there are."""
    if len(addresses) <= _SHOWN + 1:
        return ", ".join(addresses) or "no IPv4 address"
    return f"{', '.join(addresses[:_SHOWN])} and {len(addresses) - _SHOWN} more"


def _merged(steps: Iterable[StepItem]) -> list[StepItem]:
    """Steps that differ in nothing but the addresses they speak for, as one step."""
    alike: dict[tuple[str, str, str, str], list[StepItem]] = {}
    for step in steps:
        alike.setdefault((step.stage, step.verdict, step.code, _general(step)), []).append(step)
    return [
        same[0] if len(same) == 1 else _joined(same, text)
        for (_, _, _, text), same in alike.items()
    ]


def _joined(same: list[StepItem], text: str) -> StepItem:
    addresses = union(_space(step.addresses) for step in same).cidrs()
    return msgspec.structs.replace(same[0], text=text, addresses=addresses)


def _general(step: StepItem) -> str:
    """The text without the addresses that the step speaks for."""
    text = step.text
    for address in step.addresses[:_SHOWN]:
        plain = re.escape(address.removesuffix("/32"))
        text = re.sub(rf"^{plain}: ", "", text)
        text = re.sub(rf"(?<![\w./]){plain}(?![\w/]|\.\d)", "these addresses", text)
    return text[:1].upper() + text[1:]


def _space(addresses: list[str]) -> SpanSet:
    return SpanSet(span for text in addresses if (span := parse_prefix(text)) is not None)
