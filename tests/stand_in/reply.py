"""One answer, as it goes over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass
class Reply:
    """What is sent back; the last three make it misbehave."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json; charset=utf-8"
    pause: float = 0.0
    """Seconds of silence in the middle of the body."""
    cut: int | None = None
    """So many bytes are sent, then the connection is closed."""


def error(
    status: int,
    code: str,
    message: str,
    inner: tuple[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    """An error as Resource Manager words it."""
    found: dict[str, object] = {"code": code, "message": message}
    if inner:
        found["details"] = [{"code": inner[0], "message": inner[1]}]
    return Reply(status, json.dumps({"error": found}).encode(), dict(headers or {}))
