"""What to collect, how far a collection has come, and what came of it."""

import re
from collections.abc import Callable
from enum import Enum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pgtopo.errors import UsageError
from pgtopo.sources.azure.clouds import Cloud

_SUBSCRIPTION = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_GROUP = re.compile(r"[\w.()-]{1,90}")
_TENANT = re.compile(r"[A-Za-z0-9.-]{1,253}")


class Auth(Enum):
    """How to log in."""

    DEFAULT = "default"
    """Whatever works of environment, workload identity and the developer tools."""
    CLI = "cli"
    DEVICE = "device"
    ENV = "env"
    MI = "mi"
    WORKLOAD = "workload"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What to collect and as whom; without subscriptions or groups, all the login can read."""

    subscriptions: tuple[str, ...] = ()
    """Subscription ids, in lower case."""
    management_groups: tuple[str, ...] = ()
    auth: Auth = Auth.DEFAULT
    cloud: Cloud = Cloud.PUBLIC
    tenant: str = ""
    arm_endpoint: str = ""
    """A stand-in for Azure on this machine; then nobody logs in."""
    has_arm_reads: bool = True
    """Also read from Resource Manager what Resource Graph lacks."""
    has_effective: bool = False
    """Also ask for effective routes and rules, which takes more than reading rights."""
    has_changes: bool = False
    """Also collect the change history."""
    has_health: bool = False
    """Also collect resource health."""
    resume: str = ""
    """A snapshot of which only the parts that were not read are asked for again."""

    @property
    def scope_key(self) -> str:
        """The same text for requests whose results may stand for one another."""
        shape = (
            self.cloud.value,
            self.tenant.lower(),
            self.arm_endpoint,
            sorted(set(self.subscriptions)),
            sorted({name.lower() for name in self.management_groups}),
            [self.has_arm_reads, self.has_effective, self.has_changes, self.has_health],
        )
        return msgspec.json.encode(shape).decode()


def checked(request: Request) -> Request:
    """The request with its names in one form.

    Raises:
        UsageError: a subscription, group, tenant or endpoint that cannot be one.
    """
    for text in request.subscriptions:
        if not is_subscription(text):
            raise UsageError(
                f"{text!r} is not a subscription id",
                "give the id, not the name: az account list --query '[].{name:name, id:id}'",
            )
    for text in request.management_groups:
        if not _GROUP.fullmatch(text):
            raise UsageError(
                f"{text!r} is not a management group id",
                "give its id, not its display name: az account management-group list",
            )
    if request.tenant and not _TENANT.fullmatch(request.tenant):
        raise UsageError(
            f"{request.tenant!r} is not a tenant", "give the tenant's id or one of its domains"
        )
    return msgspec.structs.replace(
        request,
        subscriptions=tuple(dict.fromkeys(text.lower() for text in request.subscriptions)),
        management_groups=tuple(dict.fromkeys(request.management_groups)),
        arm_endpoint=_loopback(request.arm_endpoint) if request.arm_endpoint else "",
    )


def is_subscription(text: str) -> bool:
    """Whether a text has the form of a subscription id."""
    return _SUBSCRIPTION.fullmatch(text) is not None


def _loopback(text: str) -> str:
    """The endpoint without a trailing slash, where it is on this machine.

    Raises:
        UsageError: it is anywhere else, for a dummy token and plain http must not leave it.
    """
    hint = "it stands in for Azure on this machine: --arm-endpoint http://127.0.0.1:8899"
    try:
        found = urlsplit(text.strip())
        port = found.port
    except ValueError:
        raise UsageError(f"--arm-endpoint: {text!r} is not an address", hint) from None
    host = found.hostname or ""
    if found.scheme not in ("http", "https") or not _is_loopback(host):
        raise UsageError(f"--arm-endpoint: {text!r} is not a loopback address", hint)
    if found.username or found.query or found.fragment or found.path.strip("/"):
        raise UsageError(f"--arm-endpoint: {text!r} is more than scheme, host and port", hint)
    shown = f"[{host}]" if ":" in host else host
    return f"{found.scheme}://{shown}" + (f":{port}" if port else "")


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Stage(Enum):
    """What a collection is busy with."""

    LOGIN = "login"
    GRAPH = "resource graph"
    ARM = "resource manager"
    EFFECTIVE = "effective routes and rules"
    DONE = "done"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a collection has come; each event tells the whole of it."""

    stage: Stage
    query: str = ""
    """The query or read that last came forward."""
    page: int = 0
    """Its page."""
    parts_done: int = 0
    parts_total: int = 0
    """Queries and reads; grows where parents turn up whose children are read."""
    rows: int = 0
    bytes: int = 0
    """What came over the wire, unpacked."""
    requests: int = 0
    elapsed: float = 0.0
    quota_left: int | None = None
    """Queries Resource Graph still allows in its present window, where it said so."""
    waiting: float = 0.0
    """Seconds for which Azure asked to wait; 0 where nothing waits."""
    failed: int = 0
    """Parts that could not be read."""
    note: str = ""
    """One line about something that went wrong, told once."""


Listener = Callable[[Progress], None]
"""Is called from the thread that collects, at every step and at least twice a second."""


class DeviceCode(msgspec.Struct, frozen=True):
    """What a user has to type where, to log in on another device."""

    url: str
    code: str
    expires_at: str
    """In UTC, as ISO 8601."""


class Gap(msgspec.Struct, frozen=True):
    """Something that was asked for and could not be read."""

    kind: str
    scope: str
    status: str
    detail: str
    is_lasting: bool = False
    """Asking again would not mend it: a read that is denied or refused, a parent that is gone."""


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a snapshot holds, whole or in part."""

    rows: list[bytes]
    """JSON texts, one per row and in a stable order."""
    coverage: list[dict[str, Any]]
    """The statements of a snapshot: every kind and scope, with how its reading ended."""
    scope: dict[str, Any]
    created_at: str
    gaps: tuple[Gap, ...] = ()
    """What is missing, each cause once."""
    notes: tuple[str, ...] = ()
    is_cancelled: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for was read."""
        return not self.gaps and not self.is_cancelled
