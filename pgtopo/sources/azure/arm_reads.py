"""Which ARM reads an estate needs, and what their answers say about what was read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from pgtopo.model.coverage import Status
from pgtopo.model.ids import TENANT, ArmId, fold, subscription_of
from pgtopo.sources.azure.asking import Fault, Why
from pgtopo.sources.azure.book import READ, Book, Ending
from pgtopo.sources.azure.reads import EFFECTIVE_ROUTES, EFFECTIVE_RULES, SERVICE_TAGS, Read
from pgtopo.sources.azure.rows import Row
from pgtopo.sources.azure.scopes import scope_of
from pgtopo.sources.kind import region

_ENDPOINTS = "microsoft.network/privateendpoints"
_HUBS = "microsoft.network/virtualhubs"
_SERVERS = "microsoft.dbforpostgresql/flexibleservers"
_NETWORKS = "microsoft.network/virtualnetworks"
_MACHINES = "microsoft.compute/virtualmachines"
NOT_ASKED = "left out by --no-arm"
_NOT_POSTGRES = "the endpoint is not one of a PostgreSQL server"
IN_FORCE = frozenset({EFFECTIVE_ROUTES, EFFECTIVE_RULES})


class Task(NamedTuple):
    """One read for one parent."""

    read: Read
    parent: str
    """Id as Azure wrote it; a subscription's where there is no parent."""
    scope: ArmId
    """What the answer makes a statement about."""


class _Hub(msgspec.Struct):
    kind: str | None = None


class _Place(msgspec.Struct):
    location: str | None = None


class _Machine(msgspec.Struct):
    properties: dict[str, Any] = {}


def tasks(book: Book, read: Read, subscriptions: Iterable[str]) -> Iterator[Task]:
    """What has to be asked for a read; what needs no asking is noted at once."""
    if not read.parent:
        for name in subscriptions:
            scope = scope_of(name)
            if not book.is_read(read.kind, scope):
                yield Task(read, f"/subscriptions/{name}", scope)
        return
    given = _interfaces(book) if read.kind in IN_FORCE else book.rows(read.parent)
    for row in given:
        scope = fold(row.id)
        if _is_needed(book, read, row, scope):
            yield Task(read, row.id, scope)


def _is_needed(book: Book, read: Read, row: Row, scope: ArmId) -> bool:
    subscription = scope_of(subscription_of(scope))
    if read.is_fallback:
        if book.is_read(read.kind, scope):
            return False
        is_table_read = book.is_read(read.kind, subscription)
        return not (is_table_read and (read.is_table_sure or book.has_row(read.kind, scope)))
    if book.is_read(read.kind, scope, subscription):
        return False
    if row.kind == _HUBS and _is_route_server(row):
        book.settle(read.kind, scope, [], READ)
        return False
    if row.kind == _ENDPOINTS and b"microsoft.dbforpostgresql" not in row.text.lower():
        book.settle(read.kind, scope, [], (Status.SKIPPED, _NOT_POSTGRES))
        return False
    return True


def _is_route_server(row: Row) -> bool:
    """A Route Server is a hub by type only: it has no connections, tables or intent."""
    found = _decoded(row, _Hub)
    return found is not None and (found.kind or "").lower() == "routeserver"


def _interfaces(book: Book) -> list[Row]:
    """The interfaces of running machines: Azure works out what is in force on no others."""
    running: set[ArmId] = set()
    for row in book.rows(_MACHINES):
        found = _decoded(row, _Machine)
        text = msgspec.json.encode(found.properties).lower() if found else b""
        if b"powerstate/" in text and b"powerstate/running" not in text:
            continue
        profile = (found.properties if found else {}).get("networkProfile")
        listed = profile.get("networkInterfaces") if isinstance(profile, dict) else None
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                running.add(fold(one["id"]))
    return [
        row for row in book.rows("microsoft.network/networkinterfaces") if fold(row.id) in running
    ]


def place_of(book: Book) -> str:
    """A region the estate is in; it chooses the edition of service tags, not their extent."""
    for kind in (_SERVERS, _NETWORKS):
        for row in book.rows(kind):
            found = _decoded(row, _Place)
            if found is not None and found.location:
                return region(str(found.location))
    return ""


def _decoded(row: Row, shape: type[Any]) -> Any:
    try:
        return msgspec.json.decode(row.text, type=shape)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def ending_of(read: Read, fault: Fault) -> Ending:
    """How a read that failed ended."""
    if fault.why is Why.DENIED:
        return Status.DENIED, f"{fault.detail}; needs {read.permission}"
    return Status.PARTIAL if fault.rows else Status.FAILED, fault.detail


def close(book: Book, read: Read, subscriptions: Iterable[str]) -> None:
    """Say of every subscription how a kind that is read parent by parent ended there."""
    if not read.parent or read.kind in IN_FORCE:
        return
    by_subscription: defaultdict[str, list[ArmId]] = defaultdict(list)
    for row in book.rows(read.parent):
        folded = fold(row.id)
        by_subscription[subscription_of(folded)].append(folded)
    for name in subscriptions:
        book.fold_up(read, scope_of(name), by_subscription[name])


def skip(book: Book, read: Read, subscriptions: Iterable[str]) -> None:
    """Note that a kind was left out."""
    if read.kind == SERVICE_TAGS:
        book.skip(read.kind, TENANT, NOT_ASKED)
        return
    for name in subscriptions:
        scope = scope_of(name)
        if not read.is_fallback:
            book.skip(read.kind, scope, NOT_ASKED)
    if read.is_fallback and not read.is_table_sure:
        for row in book.rows(read.parent):
            if not book.has_row(read.kind, fold(row.id)):
                book.settle(read.kind, fold(row.id), [], (Status.SKIPPED, NOT_ASKED))
