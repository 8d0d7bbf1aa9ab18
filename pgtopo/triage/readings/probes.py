"""Reads the document that `pgtopo probe --format json` writes."""

from collections.abc import Iterator, Mapping
from typing import Any

from pgtopo.triage.readings.reading import Outcome, Reading

SCHEMA = "pgtopo.probe/"
_TOOL = "pgtopo probe"
_TCP = {
    "ok": Outcome.OPEN,
    "refused": Outcome.REFUSED,
    "timeout": Outcome.TIMED_OUT,
    "unreachable": Outcome.UNREACHABLE,
}


def is_probe(data: object) -> bool:
    """Whether a JSON value is the document of a probe."""
    return isinstance(data, dict) and _text(data.get("schema")).startswith(SCHEMA)


def from_probe(data: Mapping[str, Any]) -> list[Reading]:
    """What a probe saw: the name, each connection, the server's refusal."""
    host = _text(data.get("host"))
    return [*_names(data.get("dns"), host), *_connections(data.get("tcp"), host), *_end(data)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _rows(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict))


def _names(dns: object, host: str) -> Iterator[Reading]:
    for one in _rows(dns.get("lookups") if isinstance(dns, dict) else None):
        addresses = tuple(_text(text) for text in one.get("addresses") or () if _text(text))
        chain = tuple(_text(text) for text in one.get("chain") or () if _text(text))
        resolver = _text(one.get("resolver"))
        asked = "" if resolver == "system" else resolver
        is_found = one.get("outcome") == "ok" and bool(addresses)
        is_silent = one.get("outcome") in ("timeout", "unreachable", "refused")
        outcome = Outcome.NAME_FAILED if is_silent else Outcome.NAME_MISSING
        told = f"to {', '.join(addresses)}" if is_found else "to nothing"
        yield Reading(
            tool=_TOOL,
            outcome=Outcome.NAME_FOUND if is_found else outcome,
            says=f"{host} was resolved by {resolver or 'the system'} {told}.",
            host=host,
            addresses=addresses,
            aliases=chain,
            asked=asked,
        )


def _connections(tcp: object, host: str) -> Iterator[Reading]:
    for one in _rows(tcp):
        outcome = _TCP.get(_text(one.get("outcome")))
        address = _text(one.get("address"))
        if outcome is not None:
            says = f"A TCP connection to {address} came to: {_text(one.get('outcome'))}."
            yield Reading(tool=_TOOL, outcome=outcome, says=says, host=host, addresses=(address,))


def _end(data: Mapping[str, Any]) -> Iterator[Reading]:
    startup = data.get("startup")
    message = _text(startup.get("message")) if isinstance(startup, dict) else ""
    told = message or _text(data.get("text"))
    if told:
        is_error = bool(message)
        yield Reading(
            tool=_TOOL,
            outcome=Outcome.ERROR if is_error else Outcome.NOTED,
            says=f"The probe says: {told}",
            text=message,
        )
