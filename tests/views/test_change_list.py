"""`list changes`: what was collected of the change history."""

from __future__ import annotations

from pgtopo.analysis.facts import Facts
from pgtopo.views.tables import changes
from tests.estates.world import World


def test_changes_are_listed_with_the_latest_first() -> None:
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    world.change(network, "2026-11-18T08:00:00Z", "properties.b", "properties.a", by="ops@x.org")
    world.change(network, "2026-11-19T08:00:00Z", kind="Create")
    late, early = changes.items(Facts(world.topology(), world.settings()))
    assert (late.time, late.kind, late.properties, late.changed_by) == (
        "2026-11-19T08:00:00Z",
        "create",
        [],
        None,
    )
    assert (early.kind, early.properties, early.changed_by) == (
        "update",
        ["properties.a", "properties.b"],
        "ops@x.org",
    )
    assert early.resource == late.resource == network
