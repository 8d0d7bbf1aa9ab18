"""The request that the settings file states as the usual one."""

from collections.abc import Mapping
from typing import Any

import msgspec

from pgtopo.errors import UsageError
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import Auth, Request, checked


class _Scope(msgspec.Struct, forbid_unknown_fields=True):
    subscriptions: list[str] = msgspec.field(default_factory=list)
    management_groups: list[str] = msgspec.field(default_factory=list)
    auth: Auth = Auth.DEFAULT
    cloud: Cloud = Cloud.PUBLIC
    tenant: str = ""


def preset(scope: Mapping[str, Any]) -> Request:
    """The request of a `[scope]` table; everything the login can read where it is empty.

    Raises:
        UsageError: the table does not fit.
    """
    try:
        found = msgspec.convert(dict(scope), _Scope)
    except msgspec.ValidationError as failure:
        names = ", ".join(_Scope.__struct_fields__)
        raise UsageError(f"[scope] in the settings: {failure}", f"it takes {names}") from None
    return checked(
        Request(
            subscriptions=tuple(found.subscriptions),
            management_groups=tuple(found.management_groups),
            auth=found.auth,
            cloud=found.cloud,
            tenant=found.tenant,
        )
    )
