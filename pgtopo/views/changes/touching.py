"""Which changes touch one path: those of everything that has, or had, a part in it."""

from collections.abc import Iterable, Set

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.trace import trace
from pgtopo.errors import UsageError
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, ancestor, parent_of
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.subjects import on_path
from pgtopo.views.detail import Pair

_HOLDERS = ("networksecuritygroups", "routetables", "virtualnetworks", "privatednszones")


def touched(looks: Iterable[Facts], pair: Pair) -> frozenset[ArmId]:
    """What has a part in a path in any of the looks; a look without such ends adds nothing."""
    found: set[ArmId] = set()
    for facts in looks:
        around, decided = _of_path(facts, pair)
        known = around | decided
        found |= decided
        found |= {one for one in around if _leads_along(facts.topology.find(one), known)}
    return frozenset(found)


def _of_path(facts: Facts, pair: Pair) -> tuple[set[ArmId], set[ArmId]]:
    """What lies around a path, and what its steps rest on."""
    server = facts.topology.get(FlexibleServer, pair.server)
    if server is None:
        return set(), set()
    try:
        path = trace(facts, find_client(facts, pair.client), server)
    except UsageError:
        return set(), set()
    rests_on = [one for step in path.steps for one in (step.decided_by, *step.evidence)]
    decided = {one.resource for one in rests_on if one is not None}
    holders = {ancestor(one, segment) for one in decided for segment in _HOLDERS}
    return {*on_path(facts, path), *(one for one in holders if one is not None)}, decided


def _leads_along(held: Resource | None, path: Set[ArmId]) -> bool:
    """Whether a link or peering leads to something on the path; true for everything else."""
    leads = (getattr(held, field, None) for field in ("network", "remote"))
    return all(one is None or one in path for one in leads)


def is_on(path: frozenset[ArmId], arm_id: ArmId, looks: Iterable[Facts]) -> bool:
    """Whether a resource has a part in a path, or belongs to something that has.

    A subnet does not touch a path for being in a network on it, nor does a link or peering that
    leads elsewhere.
    """
    if arm_id in path:
        return True
    if parent_of(arm_id) not in path:
        return False
    held = next((one for facts in looks if (one := facts.topology.find(arm_id))), None)
    return not isinstance(held, Subnet) and _leads_along(held, path)
