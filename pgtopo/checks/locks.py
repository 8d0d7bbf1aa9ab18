"""The locks that cover a resource, from its own scope up to its subscription."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.governance import Lock
from pgtopo.model.ids import TENANT, ArmId, ancestor, group_of, subscription_scope


def locks_over(facts: Facts, resource: ArmId) -> Iterator[Lock]:
    """The locks on a resource, on what holds it, on its resource group and subscription."""
    for scope in _scopes(resource):
        yield from facts.topology.locks_at(scope)


def locks_inside(facts: Facts, zone: ArmId) -> list[Lock]:
    """The locks on record sets of a zone."""
    inside = facts.topology.index("locks inside zones", Lock, lambda lock: (_zone_around(lock),))
    return inside.get(zone, [])


def _zone_around(lock: Lock) -> ArmId | None:
    zone = ancestor(lock.scope, "privatednszones")
    is_record = zone is not None and lock.scope != zone
    return zone if is_record and "/virtualnetworklinks/" not in lock.scope else None


def _scopes(resource: ArmId) -> Iterator[ArmId]:
    yield resource
    network = ancestor(resource, "virtualnetworks")
    if network is not None and network != resource:
        yield network
    subscription, group = subscription_scope(resource), group_of(resource)
    if subscription != TENANT:
        if group:
            yield ArmId(f"{subscription}/resourcegroups/{group}")
        yield subscription


def lock_evidence(lock: Lock) -> Evidence:
    """The level of a lock."""
    return Evidence(lock.id, "properties.level", lock.level)
