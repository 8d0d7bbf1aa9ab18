"""`list changes`: the change history of resources, where it was collected."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.history import Change
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


def items(facts: Facts) -> list[ChangeItem]:
    """Every change that was collected, the latest first."""
    topology = facts.topology
    found = sorted(topology.all(Change), key=lambda one: one.id)
    found.sort(key=lambda one: one.time, reverse=True)
    return [
        ChangeItem(
            id=topology.display(one.id),
            resource=topology.display(one.target),
            time=one.time,
            kind=one.change_type.lower(),
            properties=list(one.properties),
            changed_by=one.changed_by or None,
        )
        for one in found
    ]


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
