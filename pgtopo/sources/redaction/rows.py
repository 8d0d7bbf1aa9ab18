"""Rows under their rules, property by property."""

from typing import Any

from pgtopo.sources.redaction.fields import Rule, rule_of
from pgtopo.sources.redaction.values import Values

_DEEPEST = 40


def redacted_row(row: Any, values: Values) -> Any:
    """A row without what nobody reads, everything else renamed; what is no object is emptied."""
    return _walk(row, Rule.INSIDE, values, _DEEPEST)


def _walk(value: Any, rule: Rule, values: Values, depth: int) -> Any:
    if isinstance(value, str):
        return values.redacted(value, rule)
    if depth == 0:
        return None
    if isinstance(value, list):
        return [_walk(one, rule, values, depth - 1) for one in value]
    if isinstance(value, dict):
        return _object(value, rule, values, depth)
    return value


def _object(found: dict[str, Any], rule: Rule, values: Values, depth: int) -> dict[str, Any]:
    made = {}
    is_named_by_azure = rule is Rule.TAGS or "/configurations/" in str(found.get("id")).lower()
    for key, inner in found.items():
        inner_rule = rule_of(key)
        if inner_rule is None:
            continue
        if rule is Rule.SKU or (inner_rule is Rule.NAME and is_named_by_azure):
            inner_rule = Rule.WORD
        made[key] = _walk(inner, inner_rule, values, depth - 1)
    return made
