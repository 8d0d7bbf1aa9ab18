"""Azure Resource Manager ids: folded once at the edge, taken apart by scope.

Azure changes the letter case of one id over time, so an id is compared in lower case only. The
text that was first seen is kept beside it for display.

Azure rule: resource ids are case-insensitive ("Resource naming and tagging", Microsoft Learn).
"""

from collections.abc import Callable
from typing import NewType

ArmId = NewType("ArmId", str)
"""An ARM id in lower case, with a leading and without a trailing slash."""

TENANT = ArmId("/")
"""The scope that contains everything."""


def fold(text: str) -> ArmId:
    """The comparable form of an id as found in data."""
    folded = text.strip().lower()
    while folded.endswith("/"):
        folded = folded.rstrip("/").rstrip()
    if not folded.startswith("/"):
        folded = "/" + folded
    return ArmId(folded)


class IdTable:
    """Folds ids and remembers the text each was first written with."""

    __slots__ = ("_folded", "fold")

    fold: Callable[[str], ArmId]
    """Gives the folded id; the first spelling met is kept for display."""

    def __init__(self) -> None:
        self._folded = _Folded()
        # Most ids are met more than once; so this is the look-up itself, without a call around it.
        self.fold = self._folded.__getitem__

    def shown(self, arm_id: ArmId) -> str:
        """The spelling to show for an id; the folded one where no other is known."""
        found = self._folded
        if found.shown is None:
            # Backwards, so that of several spellings the first one met stays.
            found.shown = {folded: text.strip() for text, folded in reversed(found.items())}
        return found.shown.get(arm_id, arm_id)


class _Folded(dict[str, ArmId]):
    """The folded ids by text, in the order in which texts were met."""

    shown: dict[ArmId, str] | None = None
    """Made when first asked for: most ids of a big estate are never shown."""

    def __missing__(self, text: str) -> ArmId:
        folded = ArmId(text.strip().lower())
        # Nearly every id is plain, and there are hundreds of thousands of them.
        if folded[:1] != "/" or folded[-1:] == "/":
            folded = fold(text)
        if self.shown is not None:
            self.shown.setdefault(folded, text.strip())
        self[text] = folded
        return folded


def name_of(arm_id: str) -> str:
    """The last segment of an id."""
    return arm_id.rstrip("/").rsplit("/", 1)[-1]


def owned_name(arm_id: str) -> str:
    """The last segment of an id; of a child resource, after the name of what owns it.

    Names of children repeat: every spoke may have a peering `to-hub`.
    """
    parts = arm_id.rstrip("/")[arm_id.lower().rfind("/providers/") + 1 :].split("/")
    is_child = len(parts) > 5 and parts[0].lower() == "providers"
    return f"{parts[-3]}/{parts[-1]}" if is_child else parts[-1]


def parent_of(arm_id: ArmId) -> ArmId:
    """The id two segments up: the resource that owns a child resource.

    The parent of `.../virtualnetworks/v/subnets/s` is `.../virtualnetworks/v`.
    """
    return ArmId(arm_id.rsplit("/", 2)[0]) if arm_id.count("/") > 2 else TENANT


def ancestor(arm_id: ArmId, segment: str) -> ArmId | None:
    """The part of an id up to the resource of the given (lower-case) segment, or None."""
    marker = f"/{segment}/"
    at = arm_id.rfind(marker)
    if at < 0:
        return None
    end = arm_id.find("/", at + len(marker))
    return ArmId(arm_id[:end]) if end > 0 else arm_id


def subscription_of(arm_id: str) -> str:
    """The subscription id inside an id, or an empty text."""
    parts = arm_id.split("/", 3)
    return parts[2] if len(parts) > 2 and parts[1] == "subscriptions" else ""


def subscription_scope(arm_id: ArmId) -> ArmId:
    """The id of the subscription that holds a resource; the tenant where it has none."""
    name = subscription_of(arm_id)
    return ArmId(f"/subscriptions/{name}") if name else TENANT


def group_of(arm_id: str) -> str:
    """The resource group name inside an id, or an empty text."""
    parts = arm_id.split("/", 5)
    return parts[4] if len(parts) > 4 and parts[3] == "resourcegroups" else ""


def type_of(arm_id: ArmId) -> str:
    """The lower-case ARM type an id stands for, taken from its last provider segment."""
    _, found, tail = arm_id.rpartition("/providers/")
    if not found:
        return _container_type(arm_id)
    parts = tail.split("/")
    return "/".join(parts[:1] + parts[1::2])


def _container_type(arm_id: ArmId) -> str:
    parts = arm_id.split("/")
    if len(parts) == 3 and parts[1] == "subscriptions":
        return "microsoft.resources/subscriptions"
    if len(parts) == 5 and parts[3] == "resourcegroups":
        return "microsoft.resources/subscriptions/resourcegroups"
    return ""


def is_within(arm_id: ArmId, scope: ArmId) -> bool:
    """Whether a resource is the scope itself or lies below it."""
    if scope == TENANT:
        return True
    return arm_id == scope or arm_id.startswith(scope + "/")
