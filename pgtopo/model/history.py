"""What changed, as Azure's change history tells it."""

from typing import ClassVar

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class Change(Resource, frozen=True, kw_only=True):
    """One change of one resource."""

    KIND: ClassVar[str] = "microsoft.resources/changes"

    target: ArmId
    time: str = ""
    """As written, in UTC."""
    change_type: str = ""
    """Create, Update or Delete, as written."""
    properties: tuple[str, ...] = ()
    """Paths of the properties that changed."""
    changed_by: str = ""
    """A user or an application; empty where Azure does not say."""
    operation: str = ""
    """The operation that made the change, such as `microsoft.network/routetables/write`."""
