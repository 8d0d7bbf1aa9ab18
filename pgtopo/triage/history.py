"""What changed on the way of an incident, where the change history was collected.

Azure rule: Resource Graph keeps changes of the last fourteen days, with who made them where it is
known ("Get resource changes", Azure Resource Graph documentation).
"""

from collections.abc import Iterable

from pgtopo.analysis.facts import Facts
from pgtopo.model.history import Change
from pgtopo.model.ids import TENANT, ArmId, ancestor
from pgtopo.model.moments import minute

_HOLDERS = (
    *("networksecuritygroups", "routetables", "privatednszones", "flexibleservers"),
    *("virtualnetworks", "privateendpoints", "firewallpolicies", "dnsforwardingrulesets"),
)
MOST = 10
"""So many changes are told, the latest first."""


def is_read(facts: Facts) -> bool:
    """Whether the data holds a change history at all."""
    topology = facts.topology
    return bool(topology.all(Change)) or topology.coverage.is_read(Change.KIND, TENANT)


def changes_of(facts: Facts, resources: Iterable[ArmId]) -> tuple[Change, ...]:
    """The changes of resources, and of what holds them, the latest first."""
    wanted = {holder for one in resources for holder in (one, *_holders(one))}
    by_target = facts.topology.index("changes by target", Change, lambda one: (one.target,))
    found = [change for one in wanted for change in by_target.get(one, ())]
    found.sort(key=lambda one: one.id)
    found.sort(key=lambda one: one.time, reverse=True)
    return tuple(found[:MOST])


def _holders(arm_id: ArmId) -> list[ArmId]:
    return [one for segment in _HOLDERS if (one := ancestor(arm_id, segment)) is not None]


def in_words(change: Change) -> str:
    """A change in one sentence without its resource."""
    what = ", ".join(change.properties[:3])
    more = f" and {len(change.properties) - 3} more" if len(change.properties) > 3 else ""
    verb = {"create": "made", "delete": "deleted"}.get(change.change_type.lower(), "changed")
    who = f" by {change.changed_by}" if change.changed_by else ""
    return f"{verb}{who} at {minute(change.time)}" + (f": {what}{more}" if what else "")
