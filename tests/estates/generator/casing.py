"""References that are spelled otherwise than what they refer to, as Azure often has them."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.estates.rows import Row

_TEXT_REFERENCES = (
    "delegatedSubnetResourceId",
    "privateDnsZoneArmResourceId",
    "privateDnsZoneId",
    "privateLinkServiceId",
    "sourceServerResourceId",
)


class Respeller:
    """Changes the letter case of a share of all references."""

    def __init__(self, random: Random, share: float = 0.02) -> None:
        """`share` of the references of every row are changed."""
        self._random = random
        self._share = share
        self.changed = 0

    def row(self, row: Row) -> Row:
        """The row, changed in place."""
        self._visit(row["properties"])
        return row

    def _visit(self, value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                self._visit(item)
            return
        if not isinstance(value, dict):
            return
        if "name" not in value and isinstance(value.get("id"), str):
            self._change(value, "id")
        for item in value.values():
            if isinstance(item, dict | list):
                self._visit(item)
        for key in _TEXT_REFERENCES:
            if key in value:
                self._change(value, key)

    def _change(self, holder: Row, key: str) -> None:
        if self._random.random() >= self._share:
            return
        text = holder[key]
        way = self._random.randrange(3)
        if way == 0:
            holder[key] = text.upper()
        elif way == 1:
            holder[key] = text.lower()
        else:
            holder[key] = text.replace("/resourceGroups/", "/resourcegroups/")
        self.changed += 1
