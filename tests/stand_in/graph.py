"""What Resource Graph answers: scopes, pages, tokens, sizes."""

from __future__ import annotations

import base64
import binascii
import json
import time
from collections import deque
from typing import Any

from tests.stand_in import kusto
from tests.stand_in.estate import Estate
from tests.stand_in.reply import Reply, error

LARGEST_PAGE = 1000
LARGEST_BODY = 16_777_216


class Graph:
    """Answers queries over an estate."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.unreadable: set[str] = set()
        """Subscriptions this login must not see."""
        self.groups: dict[str, list[str]] = {}
        """Subscriptions by management group."""
        self.largest_page = LARGEST_PAGE
        self.largest_body = LARGEST_BODY
        self.quota: int | None = 15
        """Queries per window; None for as many as one likes."""
        self.window = 5.0
        self._starts: deque[float] = deque()

    def answer(self, body: dict[str, Any]) -> Reply:
        """The answer to one request."""
        refused, headers = self._throttled()
        if refused is not None:
            return refused
        scope = self._scope(body)
        if isinstance(scope, Reply):
            return scope
        try:
            text = str(body["query"])
            rows = kusto.run(text, self.estate.table(kusto.table_of(text), scope))
        except kusto.QueryError as wrong:
            return error(
                400, "BadRequest", "Please provide below info", ("InvalidQuery", str(wrong))
            )
        return self._page(body, rows, headers)

    def _throttled(self) -> tuple[Reply | None, dict[str, str]]:
        if self.quota is None:
            return None, {}
        now = time.monotonic()
        while self._starts and self._starts[0] <= now - self.window:
            self._starts.popleft()
        left = self.quota - len(self._starts)
        resets = self._starts[0] + self.window - now if self._starts else self.window
        headers = {
            "x-ms-user-quota-remaining": str(max(0, left - 1)),
            "x-ms-user-quota-resets-after": f"00:00:{resets:05.2f}",
        }
        if left <= 0:
            return error(429, "RateLimiting", "slow down", ("RateLimiting", "slow"), headers), {}
        self._starts.append(now)
        return None, headers

    def _scope(self, body: dict[str, Any]) -> list[str] | Reply:
        """The subscriptions to look in; those that are not readable are left out silently."""
        named = [one.lower() for one in body.get("subscriptions") or []]
        groups = body.get("managementGroups") or []
        if named and groups:
            return error(400, "BadRequest", "subscriptions and management groups are exclusive")
        for group in groups:
            if group not in self.groups:
                return error(403, "AuthorizationFailed", f"no access to {group}")
            named += [one.lower() for one in self.groups[group]]
        readable = [one for one in self.estate.subscriptions() if one not in self.unreadable]
        found = [one for one in readable if one in named] if named or groups else readable
        if named and not found:
            return error(403, "AuthorizationFailed", "no access to any of the subscriptions")
        return found

    def _page(self, body: dict[str, Any], rows: list[Any], headers: dict[str, str]) -> Reply:
        options = body.get("options") or {}
        top = min(int(options.get("$top", 100)), self.largest_page)
        try:
            start = _start(options.get("$skipToken"), body["query"])
        except ValueError:
            return error(400, "BadRequest", "bad token", ("InvalidSkipToken", "bad token"))
        page = rows[start : start + top]
        found: dict[str, Any] = {
            "totalRecords": len(rows),
            "count": len(page),
            "data": page,
            "facets": [],
            "resultTruncated": "false",
        }
        if start + top < len(rows):
            found["$skipToken"] = _token(start + top, body["query"])
        raw = json.dumps(found).encode()
        if len(raw) > self.largest_body:
            told = f"Response payload size is {len(raw)}, and has exceeded the limit of"
            inner = ("ResponsePayloadTooLarge", f"{told} {self.largest_body}.")
            return error(400, "BadRequest", "Please provide below info", inner, headers)
        return Reply(200, raw, headers)


def _token(start: int, query: str) -> str:
    return base64.b64encode(json.dumps([start, hash(query)]).encode()).decode()


def _start(token: str | None, query: str) -> int:
    """Where a token leads; a token is good for its own query only."""
    if not token:
        return 0
    try:
        start, of = json.loads(base64.b64decode(token))
    except (binascii.Error, json.JSONDecodeError) as wrong:
        raise ValueError(token) from wrong
    if of != hash(query):
        raise ValueError(token)
    return int(start)
