"""Any bytes as an answer: of Azure's two services, or of whatever listens on a server's port."""

from __future__ import annotations

import socket
from collections.abc import Callable

from pgtopo.probe.startup import Login, start
from pgtopo.probe.wire import Wire
from pgtopo.sources.azure import answers, paging, rows
from pgtopo.sources.azure.answers import Answer
from pgtopo.sources.azure.queries import queries
from pgtopo.sources.azure.reads import reads

_SERVER = (
    "/subscriptions/5ca1ab1e-0000-0000-0000-000000000001/resourceGroups/rg"
    "/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql"
)
_LIMIT_S = 5.0


def reply(data: bytes) -> None:
    """Read the bytes as the answer that the first one names."""
    if len(data) > 1:
        READERS[data[0] % len(READERS)](data[1], data[2:])


def _page(choice: int, body: bytes) -> None:
    found = answers.page_in(body)
    if found is None:
        return
    query = queries()[choice % len(queries())]
    for row in rows.of_query(query, found.data):
        assert row.id
        assert row.kind in query.kinds
    if found.data:
        paging.fingerprint_in(found.data[0])
    assert found.is_cut in (True, False)


def _list(choice: int, body: bytes) -> None:
    found = answers.listing_in(body)
    if found is not None:
        read = reads()[choice % len(reads())]
        assert all(row.id for row in rows.of_listing(read, _SERVER, found.value or ()))


def _error(choice: int, body: bytes) -> None:
    answer = Answer(400 + choice % 200, {}, body)
    answers.codes_of(answers.error_in(body))
    assert "\n" not in answers.told(answer)


def _headers(choice: int, body: bytes) -> None:
    text = body.decode("latin-1")
    name = _NAMES[choice % len(_NAMES)]
    wait = answers.asked_wait({name: text})
    assert wait is None or wait >= 0
    left = answers.quota_left({name: text})
    assert left is None or left >= 0


_NAMES = (
    *("retry-after", "retry-after-ms", "x-ms-retry-after-ms"),
    *("x-ms-user-quota-remaining", "x-ms-user-quota-resets-after"),
)


def _startup(choice: int, body: bytes) -> None:
    """A server that says this and hangs up; with a password it could ask for."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall(body[:60_000])
        there.shutdown(socket.SHUT_WR)
        login = Login(password="secret" if choice % 2 else None)
        found = start(Wire(here, _LIMIT_S), login)
    assert found.code
    assert "secret" not in str(found)


READERS: tuple[Callable[[int, bytes], None], ...] = (_page, _list, _error, _headers, _startup)
