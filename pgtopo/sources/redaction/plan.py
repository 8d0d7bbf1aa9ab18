"""What has to be known of all rows before the first address can be renumbered."""

import ipaddress
from collections.abc import Iterable, Iterator
from typing import Any

from pgtopo.sources.redaction.addresses import Tree

_RANGE_FIELDS = ("startipaddress", "endipaddress")


def constrain(rows: Iterable[Any], four: Tree, six: Tree) -> None:
    """Note subnets and ranges, inside which order has a meaning."""
    maps = {4: four, 6: six}
    for row in rows:
        for body in _subnets(row):
            _note_subnet(body, maps)
        for found in _objects(row):
            _note_ranges(found, maps)


def _subnets(row: Any) -> Iterator[dict[str, Any]]:
    """The properties of the subnets in a row."""
    body = row.get("properties") if isinstance(row, dict) else None
    if not isinstance(body, dict):
        return
    kind = str(row.get("type") or "").lower()
    if kind.endswith("/virtualnetworks/subnets"):
        yield body
    nested = body.get("subnets")
    for one in nested if isinstance(nested, list) else ():
        inner = one.get("properties") if isinstance(one, dict) else None
        if isinstance(inner, dict):
            yield inner


def _note_subnet(body: dict[str, Any], maps: dict[int, Tree]) -> None:
    for text in _texts(body.get("addressPrefix")) + _texts(body.get("addressPrefixes")):
        network = _network(text)
        if network is not None:
            maps[network.version].freeze(int(network.network_address), network.prefixlen)


def _note_ranges(found: dict[str, Any], maps: dict[int, Tree]) -> None:
    folded = {key.lower(): value for key, value in found.items()}
    ends = [_address(folded.get(key)) for key in _RANGE_FIELDS]
    if ends[0] is not None and ends[1] is not None:
        maps[4].keep_range(*sorted((int(ends[0]), int(ends[1]))))
    for value in found.values():
        for text in _texts(value):
            low, dash, high = text.partition("-")
            pair = [_address(low.strip()), _address(high.strip())] if dash else []
            if len(pair) == 2 and pair[0] is not None and pair[1] is not None:
                maps[4].keep_range(int(pair[0]), int(pair[1]))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    if isinstance(value, list):
        return [part for one in value if isinstance(one, str) for part in _texts(one)]
    return []


def _network(text: Any) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False) if isinstance(text, str) else None
    except ValueError:
        return None


def _address(text: Any) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(text) if isinstance(text, str) else None
    except ValueError:
        return None
