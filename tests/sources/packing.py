"""Small rows, and files of every form made of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import zstandard

Row = dict[str, Any]

SUB = "/subscriptions/11111111-2222-4333-8444-555555555555"
OTHER_SUB = "/subscriptions/99999999-2222-4333-8444-555555555555"
NET = f"{SUB}/resourceGroups/rg-net/providers/Microsoft.Network"
PG = f"{SUB}/resourceGroups/rg-pg/providers/Microsoft.DBforPostgreSQL"


def vnet(name: str = "vnet-a", prefix: str = "10.1.0.0/16", base: str = NET, **extra: Any) -> Row:
    """A virtual network row with one subnet."""
    arm_id = f"{base}/virtualNetworks/{name}"
    subnet = {"id": f"{arm_id}/subnets/snet", "name": "snet", "properties": {}}
    properties = {"addressSpace": {"addressPrefixes": [prefix]}, "subnets": [subnet], **extra}
    return {
        "id": arm_id,
        "name": name,
        "type": "microsoft.network/virtualnetworks",
        "location": "westeurope",
        "properties": properties,
    }


def row(arm_type: str, path: str, base: str = SUB, **properties: Any) -> Row:
    """A row of any type, its id made of a path below a subscription."""
    arm_id = f"{base}/{path}"
    name = path.rsplit("/", 1)[-1]
    return {"id": arm_id, "name": name, "type": arm_type, "properties": properties}


def envelope(rows: list[Row], **extra: Any) -> Row:
    """A snapshot as a dictionary."""
    made = {"format": "pgtopo.snapshot", "version": 1, "created_at": "2026-01-01T00:00:00Z"}
    return {**made, "tool": "test", "scope": {}, "coverage": [], **extra, "rows": rows}


def table(rows: list[Row]) -> Row:
    """Rows in the table form of an answer."""
    names = list(dict.fromkeys(name for one in rows for name in one))
    columns = [{"name": name, "type": "object"} for name in names]
    cells = [[one.get(name) for name in names] for one in rows]
    return {"count": len(rows), "data": {"columns": columns, "rows": cells}, "total_records": 2}


def by_line(rows: list[Row]) -> str:
    """An array with one row per line."""
    return "[\n" + ",\n".join(json.dumps(one) for one in rows) + "\n]\n"


def snapshot_by_line(rows: list[Row], **extra: Any) -> str:
    """A snapshot with one row per line."""
    head = json.dumps(envelope([], **extra))
    return head[: head.rindex("]")] + "\n" + by_line(rows)[2:].rstrip() + "}\n"


def pack(text: bytes, packing: str) -> bytes:
    """A text, compressed or not."""
    if packing == "gz":
        return gzip.compress(text)
    return zstandard.ZstdCompressor().compress(text) if packing == "zst" else text


def put(path: Path, content: object) -> Path:
    """Write bytes, a text, or anything else as JSON; returns the path."""
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path
