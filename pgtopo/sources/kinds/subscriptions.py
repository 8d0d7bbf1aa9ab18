"""Subscriptions."""

from collections.abc import Iterable

from pgtopo.model.governance import Subscription
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class Ancestor(Wire, frozen=True):
    """A management group above the subscription."""

    name: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a subscription."""

    state: str | None = None
    management_group_ancestors_chain: list[Ancestor | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The subscription under its display name, which may contain any character."""
    found = row.properties or Properties()
    base = edge.base(row)
    if row.name:
        base["name"] = row.name
    yield Subscription(
        **base,
        state=found.state or "",
        management_groups=texts(
            one.name for one in present(found.management_group_ancestors_chain)
        ),
    )


KIND = Kind(
    arm_type=Subscription.KIND,
    shape=Row[Properties],
    build=build,
    table="resourcecontainers",
    permission="Microsoft.Resources/subscriptions/read",
    summary="display names, states, management groups",
    is_told_by_id=True,
)
