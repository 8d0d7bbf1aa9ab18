"""`list changes`: the change history of resources, where it was collected."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.views.tables.base import Column, Table, short


class ChangeItem(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one resource."""

    id: str
    resource: str
    time: str
    kind: str
    """`create`, `update` or `delete`."""
    properties: list[str]
    """Paths of the properties that changed."""
    changed_by: str | None


def items(_facts: Facts) -> list[ChangeItem]:
    """No change: an estate holds resources as they were at one time, and no history of them."""
    return []


TABLE = Table(
    kind="changes",
    title="change history",
    item=ChangeItem,
    items=items,
    columns=(
        Column("TIME", lambda i: i.time),
        Column("RESOURCE", lambda i: short(i.resource)),
        Column("KIND", lambda i: i.kind),
        Column("PROPERTIES", lambda i: i.properties),
        Column("BY", lambda i: i.changed_by),
    ),
    if_empty="no change history was collected in these files",
)
