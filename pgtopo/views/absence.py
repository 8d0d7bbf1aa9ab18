"""Why something that is referred to is not shown: it does not exist, or was not read."""

from pgtopo.model.base import RefState
from pgtopo.model.coverage import Status
from pgtopo.model.ids import ArmId, subscription_of, type_of
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import plural_of


def short_reason(topology: Topology, arm_id: ArmId, kind: str = "") -> str:
    """A few words for a tree: `missing`, `not read`, `not read: denied`."""
    if topology.ref(arm_id, kind) is RefState.DANGLING:
        return "missing"
    status = topology.coverage.status(kind or type_of(arm_id), arm_id)
    return "not read" if status in _SILENT else f"not read: {status.value}"


def reason(topology: Topology, arm_id: ArmId, kind: str = "") -> str:
    """One sentence on why a reference leads nowhere."""
    asked = kind or type_of(arm_id)
    many = plural_of(asked)
    where = _place(topology, arm_id)
    if topology.ref(arm_id, kind) is RefState.DANGLING:
        return f"It does not exist: the {many} of {where} were read, and it is not among them."
    entry = topology.coverage.entry(asked, arm_id)
    if entry is None or entry.status is Status.NOT_READ:
        return f"Nothing is known: the {many} of {where} are not in this data."
    detail = f" ({entry.detail})" if entry.detail else ""
    if entry.status is Status.READ:
        return f"Nothing is known: this data has no {many} of {where}."
    return f"Nothing is known: reading the {many} of {where} ended {entry.status.value}{detail}."


_SILENT = (Status.READ, Status.NOT_READ)


def _place(topology: Topology, arm_id: ArmId) -> str:
    subscription = subscription_of(arm_id)
    if not subscription:
        return "the tenant"
    held = topology.find(ArmId(f"/subscriptions/{subscription}"))
    return held.name if held is not None and held.name else f"subscription {subscription}"
