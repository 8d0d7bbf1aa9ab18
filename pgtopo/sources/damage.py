"""What damaged rows leave open: kinds of which something could not be read, and where.

A row that cannot be read may say anything. So its kind counts as read in part, in the narrowest
place that is known of the row, and nobody takes its silence for "there is none".
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pgtopo.model.coverage import Coverage, CoverageEntry, Status
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import (
    TENANT,
    ArmId,
    ancestor,
    fold,
    parent_of,
    subscription_of,
    subscription_scope,
    type_of,
)
from pgtopo.model.network import LoadBalancer, NetworkInterface, Peering, Subnet, VirtualNetwork
from pgtopo.model.routing import VirtualNetworkGateway
from pgtopo.model.server import EndpointConnection, FlexibleServer
from pgtopo.sources import scan
from pgtopo.sources.coverage import NESTED_IN
from pgtopo.sources.kind import Kind
from pgtopo.sources.lenient import Unreadable, untyped

KindOf = Callable[[str], Kind | None]
"""Gives the kind of an ARM type in any case; None for types that are not read."""

_TELLING = {
    name: re.compile(rb'"' + name.encode() + rb'"\s*:\s*"([^"\\]*)"')
    for name in ("id", "type", "subscriptionId")
}
_WHOLE = "properties"
_NESTED = {
    VirtualNetwork.KIND: (
        ("properties.subnets", Subnet.KIND),
        ("properties.virtualNetworkPeerings", Peering.KIND),
    ),
    FlexibleServer.KIND: (("properties.privateEndpointConnections", EndpointConnection.KIND),),
}
"""Of each kind that lists children: below which path, and their kind."""

_REFERRING = {
    AzureFirewall.KIND: ("properties.ipConfigurations", "properties.hubIPAddresses"),
    LoadBalancer.KIND: ("properties.frontendIPConfigurations",),
    VirtualNetworkGateway.KIND: ("properties.ipConfigurations",),
    NetworkInterface.KIND: (
        "properties.ipConfigurations",
        "properties.networkSecurityGroup",
        "properties.privateEndpoint",
        "properties.virtualMachine",
    ),
    PrivateEndpoint.KIND: (
        "properties.subnet",
        "properties.networkInterfaces",
        "properties.privateLinkServiceConnections",
        "properties.manualPrivateLinkServiceConnections",
    ),
}
"""Of each kind that is found by what it refers to or by its addresses: below which paths these
stand."""


class Gap(NamedTuple):
    """Something of a kind that could not be read."""

    kind: str
    scope: ArmId
    """The narrowest place it is known to be in."""
    row: ArmId
    """Id of the damaged row; the tenant's where that cannot be told."""


class _Traces(NamedTuple):
    """What can still be told of a row that cannot be read."""

    own: dict[str, str]
    """Texts that are surely the row's own, by name."""
    found: dict[str, str]
    """Texts found anywhere in it."""


def of_lost(text: bytes, kind_of: KindOf) -> Iterator[Gap]:
    """What is missing because a row could not be read; nothing where its kind is gone too."""
    traces = _traces(text)
    kind = _kind(traces, kind_of)
    if kind is None:
        return
    ids = (traces.own.get("id"), traces.found.get("id"))
    folded = (fold(one) for one in ids if one)
    arm_id = next((one for one in folded if type_of(one) == kind.arm_type), TENANT)
    yield Gap(kind.arm_type, _place(kind, arm_id, traces), arm_id)
    for nested, parent in NESTED_IN.items():
        if parent == kind.arm_type:
            scope = _subscription(traces) if arm_id == TENANT else arm_id
            yield Gap(nested, scope, arm_id)


def of_unbuilt(kind: Kind, arm_id: ArmId) -> Iterator[Gap]:
    """What is missing because a row was read and makes no sense."""
    yield Gap(kind.arm_type, place_of(kind, arm_id), arm_id)
    for nested, parent in NESTED_IN.items():
        if parent == kind.arm_type:
            yield Gap(nested, arm_id, arm_id)


def is_lost(reason: str) -> bool:
    """Whether a note on a salvaged field tells that its content was lost, not merely mended."""
    return reason.startswith(("expected ", "unexpected "))


def of_salvaged(kind: Kind, arm_id: ArmId, paths: Iterable[str]) -> Iterator[Gap]:
    """What is missing because fields of a row, given by path, say something nobody can read."""
    damaged = [path for path in paths if path.startswith(_WHOLE)]
    if not damaged:
        return
    if is_child(kind) or _is_hit(damaged, _REFERRING.get(kind.arm_type, ())):
        yield Gap(kind.arm_type, place_of(kind, arm_id), arm_id)
    for path, nested in _NESTED.get(kind.arm_type, ()):
        if _is_hit(damaged, (path,)):
            yield Gap(nested, arm_id, arm_id)


def _is_hit(damaged: Iterable[str], below: tuple[str, ...]) -> bool:
    return bool(below) and any(path == _WHOLE or path.startswith(below) for path in damaged)


def is_child(kind: Kind) -> bool:
    """Whether rows of a kind belong to a parent resource."""
    return bool(kind.parent) or kind.arm_type.count("/") > 1


def place_of(kind: Kind, arm_id: ArmId) -> ArmId:
    """Where a row counts as read: its parent resource, else its subscription."""
    if not is_child(kind):
        return subscription_scope(arm_id)
    parent = kind.parent.rsplit("/", 1)[-1]
    return (ancestor(arm_id, parent) if parent else None) or parent_of(arm_id)


def _place(kind: Kind, arm_id: ArmId, traces: _Traces) -> ArmId:
    return _subscription(traces) if arm_id == TENANT else place_of(kind, arm_id)


def _subscription(traces: _Traces) -> ArmId:
    """The subscription of a row without a readable id; the tenant where nothing tells it."""
    own = subscription_of(fold(traces.own.get("id", "")))
    stated = traces.own.get("subscriptionId") or traces.found.get("subscriptionId") or ""
    name = own or stated.strip().lower()
    return ArmId(f"/subscriptions/{name}") if name and "/" not in name else TENANT


def _kind(traces: _Traces, kind_of: KindOf) -> Kind | None:
    for texts in traces:
        words = (texts.get("type", ""), type_of(fold(texts.get("id", ""))))
        for word in words:
            kind = kind_of(word) if word else None
            if kind is not None:
                return kind
    return None


def _traces(text: bytes) -> _Traces:
    try:
        value = untyped(text)
    except Unreadable:
        return _searched(text)
    if not isinstance(value, dict):
        return _Traces({}, {})
    return _Traces({n: v for n in _TELLING if isinstance(v := value.get(n), str)}, {})


def _searched(text: bytes) -> _Traces:
    """What stands in a text that is not JSON: its own members first, then any."""
    own: dict[str, str] = {}
    for name, value in scan.readable_members(text):
        if name in _TELLING and value[:1] == value[-1:] == b'"' and value.count(b'"') == 2:
            own[name] = value[1:-1].decode("utf-8", "replace")
    matches = ((name, pattern.search(text)) for name, pattern in _TELLING.items())
    return _Traces(own, {n: m[1].decode("utf-8", "replace") for n, m in matches if m is not None})


def with_gaps(coverage: Coverage, gaps: Iterable[Gap]) -> Coverage:
    """The coverage in which every place with a gap counts as read in part."""
    lost = Counter((gap.kind, gap.scope) for gap in gaps)
    if not lost:
        return coverage
    entries = [_lowered(entry, lost) for entry in coverage.entries]
    stated = {(entry.kind, entry.scope) for entry in entries}
    for (kind, scope), count in lost.items():
        if (kind, scope) not in stated and _is_to_state(coverage.status(kind, scope), scope):
            entries.append(_partial(kind, scope, None, count))
    return Coverage(entries, assumed_none=coverage.assumed_none, is_inferred=coverage.is_inferred)


def _is_to_state(status: Status, scope: ArmId) -> bool:
    return status is Status.READ or (status is Status.NOT_READ and scope != TENANT)


def _lowered(entry: CoverageEntry, lost: Counter[tuple[str, ArmId]]) -> CoverageEntry:
    """The statement, lowered where a row may be missing at its place."""
    if entry.status is not Status.READ:
        return entry
    places = {entry.scope, subscription_scope(entry.scope), TENANT}
    count = sum(lost[entry.kind, place] for place in places)
    return _partial(entry.kind, entry.scope, entry.rows, count) if count else entry


def _partial(kind: str, scope: ArmId, rows: int | None, count: int) -> CoverageEntry:
    word = "row" if count == 1 else "rows"
    return CoverageEntry(
        kind=kind,
        scope=scope,
        status=Status.PARTIAL,
        rows=rows,
        detail=f"{count:,} {word} could not be read",
    )
