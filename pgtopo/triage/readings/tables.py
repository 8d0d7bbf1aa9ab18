"""Reads what Azure's own diagnostics print as JSON: flows, next hops, rules and routes in force."""

from collections.abc import Iterator, Mapping
from typing import Any

from pgtopo.model.net import parse_address, parse_ports, parse_prefix
from pgtopo.triage.readings.reading import Around, Outcome, Reading

Object = Mapping[str, Any]


def from_json(data: object, around: Around) -> list[Reading]:
    """What a JSON answer shows; empty where it is of no known form."""
    if isinstance(data, dict):
        folded = {str(key).lower(): value for key, value in data.items()}
        if "access" in folded and "rulename" in folded:
            return [_flow(folded)]
        if "nexthoptype" in folded and "addressprefix" not in folded:
            return [_hop(folded)]
        for name in ("value", "networksecuritygroups"):
            if isinstance(folded.get(name), list):
                return _from_list(folded[name], around)
    return _from_list(data, around) if isinstance(data, list) else []


def _from_list(items: list[Any], around: Around) -> list[Reading]:
    rows = [
        {str(key).lower(): value for key, value in one.items()}
        for one in items
        if isinstance(one, dict)
    ]
    if any("effectivesecurityrules" in row for row in rows):
        return list(_rules(rows, around))
    if any("nexthoptype" in row and "addressprefix" in row for row in rows):
        return list(_routes(rows, around))
    return []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _flow(row: Object) -> Reading:
    access, rule = _text(row["access"]), _text(row["rulename"])
    name = rule.rsplit("/", 1)[-1].removeprefix("UserRule_").removeprefix("DefaultRule_")
    is_allowed = access.lower() == "allow"
    word = "admits" if is_allowed else "denies"
    return Reading(
        tool="test-ip-flow",
        outcome=Outcome.RULE_ALLOWS if is_allowed else Outcome.RULE_DENIES,
        says=f"Azure's own flow check: rule {name or '(none)'} {word} it.",
        rule=name,
    )


def _hop(row: Object) -> Reading:
    return _next_hop(
        "show-next-hop",
        _text(row["nexthoptype"]),
        _text(row.get("nexthopipaddress")),
        _text(row.get("routetableid")),
    )


def _next_hop(tool: str, kind: str, address: str, table: str, prefix: str = "") -> Reading:
    over = f" {address}" if address else ""
    by = f" (route {prefix})" if prefix else ""
    return Reading(
        tool=tool,
        outcome=Outcome.NEXT_HOP,
        says=f"The next hop to the server is {kind}{over}{by}.",
        hop=kind,
        hop_address=address,
        group="" if table == "System Route" else table,
        prefix=prefix,
    )


# -- routes in force ------------------------------------------------------------------------------


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _routes(rows: list[dict[str, Any]], around: Around) -> Iterator[Reading]:
    """The route that the server's address meets: longest prefix, user routes before others.

    Azure rule: "How Azure selects a route" (Virtual network traffic routing, Microsoft Learn).
    """
    wanted = parse_address(around[1]) if around[1] else None
    if wanted is None:
        says = "The table of routes cannot be read without the server's address."
        yield Reading(tool="show-effective-route-table", outcome=Outcome.UNREADABLE, says=says)
        return
    best: tuple[int, int, dict[str, Any], str] | None = None
    for row in rows:
        if _text(row.get("state")).lower() not in ("active", ""):
            continue
        for text in _texts(row.get("addressprefix")):
            span = parse_prefix(text)
            if span is None or not span[0] <= wanted <= span[1]:
                continue
            rank = {"user": 0, "virtualnetworkgateway": 1}.get(_text(row.get("source")).lower(), 2)
            size = span[1] - span[0]
            if best is None or (size, rank) < best[:2]:
                best = (size, rank, row, text)
    if best is None:
        yield _next_hop("show-effective-route-table", "None", "", "", "no route fits")
        return
    _, _, row, prefix = best
    addresses = _texts(row.get("nexthopipaddress"))
    yield _next_hop(
        "show-effective-route-table",
        _text(row.get("nexthoptype")),
        addresses[0] if addresses else "",
        _text(row.get("name")),
        prefix,
    )


# -- rules in force -------------------------------------------------------------------------------


def _rules(groups: list[dict[str, Any]], around: Around) -> Iterator[Reading]:
    """What each group's rules say to the flow, outbound where the client is the machine.

    Azure rule: rules are tried by priority, the first that fits decides ("Network security
    groups", Microsoft Learn).
    """
    here, there = (parse_address(one) if one else None for one in around[:2])
    if here is None or there is None:
        says = "The rules cannot be read without both ends' addresses."
        yield Reading(tool="list-effective-nsg", outcome=Outcome.UNREADABLE, says=says)
        return
    for group in groups:
        held = group.get("effectivesecurityrules")
        shown = group.get("networksecuritygroup")
        name = _text(shown.get("id")) if isinstance(shown, dict) else ""
        rules = [
            {str(key).lower(): value for key, value in one.items()}
            for one in (held if isinstance(held, list) else [])
            if isinstance(one, dict) and _text(one.get("direction")).lower() == "outbound"
        ]
        rules.sort(key=_priority)
        decided = next((one for one in rules if _fits(one, here, there, around[2])), None)
        if decided is not None:
            yield _decided(decided, name)


def _priority(rule: Object) -> int:
    value = rule.get("priority")
    return value if isinstance(value, int) else 65_536


def _decided(rule: Object, group: str) -> Reading:
    name = _text(rule.get("name")).rsplit("/", 1)[-1]
    is_allowed = _text(rule.get("access")).lower() == "allow"
    word = "admits" if is_allowed else "denies"
    of = f" of {group.rsplit('/', 1)[-1]}" if group else ""
    return Reading(
        tool="list-effective-nsg",
        outcome=Outcome.RULE_ALLOWS if is_allowed else Outcome.RULE_DENIES,
        says=f"In force at the client: rule {name}{of} {word} what it sends to the server.",
        direction="Outbound",
        rule=name,
        group=group,
    )


def _fits(rule: Object, here: int, there: int, port: int) -> bool:
    protocol = _text(rule.get("protocol")).lower()
    return (
        protocol in ("tcp", "all", "*", "")
        and _holds(rule, "source", here)
        and _holds(rule, "destination", there)
        and _has_port(rule, port)
    )


def _holds(rule: Object, side: str, address: int) -> bool:
    texts = [
        text
        for key in (
            f"expanded{side}addressprefix",
            f"{side}addressprefixes",
            f"{side}addressprefix",
        )
        for text in _texts(rule.get(key))
    ]
    for text in texts:
        if text in ("*", "0.0.0.0/0", "Any"):
            return True
        span = parse_prefix(text)
        if span is not None and span[0] <= address <= span[1]:
            return True
    return False


def _has_port(rule: Object, port: int) -> bool:
    texts = _texts(rule.get("destinationportranges")) or _texts(rule.get("destinationportrange"))
    for text in texts:
        span = parse_ports(text)
        if span is not None and span.low <= port <= span.high:
            return True
    return not texts
