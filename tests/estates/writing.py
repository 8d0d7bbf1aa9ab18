"""How an estate becomes files: the snapshot and the tables of its notes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.estates.rows import Row
from tests.estates.world import World

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"


def snapshot_text(world: World) -> str:
    """The snapshot as a document with one row per line, so that differences stay readable."""
    document = world.snapshot()
    rows = document.pop("rows")
    return rows_text(document, document.pop("coverage"), rows)


def rows_text(head: Row, coverage: Sequence[Row], rows: Sequence[Row]) -> str:
    """The same from its parts; what was read is counted."""
    counts = Counter(row["type"] for row in rows)
    counted = [{**entry, "rows": counts[entry["kind"]]} for entry in coverage]
    lines = [f'"{key}": {json.dumps(value)}' for key, value in head.items()]
    lines += [f'"coverage": {_lines(counted)}', f'"rows": {_lines(rows)}']
    return "{" + ",\n".join(lines) + "}\n"


def _lines(items: Sequence[Row]) -> str:
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown pipe table."""
    made = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in made)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def read_table(text: str, heading: str) -> list[dict[str, str]]:
    """The rows of the first pipe table below a heading, by column name."""
    below = text.split(f"## {heading}\n", 1)[1]
    lines: list[list[str]] = []
    for line in below.splitlines():
        if line.startswith("|"):
            lines.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
        elif lines or line.startswith("## "):
            break
    header, _, *body = lines
    return [dict(zip(header, line, strict=True)) for line in body]


def write(estate: str, snapshot: str, notes: str) -> None:
    """Rewrite both files of an estate."""
    folder = SNAPSHOTS / estate
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "snapshot.json").write_text(snapshot, encoding="utf-8")
    (folder / "notes.md").write_text(notes, encoding="utf-8")
