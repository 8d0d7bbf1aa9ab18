"""Subscriptions, resource groups and locks."""

from typing import ClassVar

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class Subscription(Resource, frozen=True, kw_only=True):
    """One subscription; `name` is its display name."""

    KIND: ClassVar[str] = "microsoft.resources/subscriptions"

    state: str = ""
    management_groups: tuple[str, ...] = ()


class ResourceGroup(Resource, frozen=True, kw_only=True):
    """One resource group."""

    KIND: ClassVar[str] = "microsoft.resources/subscriptions/resourcegroups"


class Lock(Resource, frozen=True, kw_only=True):
    """A management lock; it covers its scope and everything below."""

    KIND: ClassVar[str] = "microsoft.authorization/locks"

    scope: ArmId
    level: str = ""
    """CanNotDelete or ReadOnly, as written."""
    notes: str = ""
