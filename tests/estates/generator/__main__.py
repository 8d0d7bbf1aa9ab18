"""Writes a generated estate: `python -m tests.estates.generator --spokes N --seed S --out FILE`."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import msgspec
import zstandard

from tests.estates.generator import Manifest, generate
from tests.estates.rows import CREATED_AT, KINDS

_ENVELOPE = {
    "format": "pgtopo.snapshot",
    "version": 1,
    "created_at": CREATED_AT,
    "tool": "generator",
    "scope": {"cloud": "public"},
    "coverage": [{"kind": kind, "scope": "/", "status": "read"} for kind in KINDS],
}


def main() -> int:
    """Write the estate and, beside it, its manifest."""
    arguments = _parser().parse_args()
    manifest = Manifest()
    rows = generate(arguments.spokes, arguments.seed, arguments.fault_rate, manifest)
    lines = (msgspec.json.encode(row).decode() for row in rows)
    with _opened(arguments.out, is_packed=arguments.zstd) as stream:
        _write(stream, lines, arguments.format)
    beside = arguments.out.with_name(f"{arguments.out.name}.manifest.json")
    beside.write_text(json.dumps(manifest.document(), indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.estates.generator")
    parser.add_argument("--spokes", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault-rate", type=float, default=0.02)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--format", choices=("array", "jsonl", "envelope"), default="array")
    parser.add_argument("--zstd", action="store_true", help="compress the rows")
    return parser


@contextmanager
def _opened(path: Path, *, is_packed: bool) -> Iterator[TextIO]:
    with path.open("wb") as file:
        if not is_packed:
            with io.TextIOWrapper(file, encoding="utf-8") as plain:
                yield plain
            return
        with (
            zstandard.ZstdCompressor(level=3).stream_writer(file) as packed,
            io.TextIOWrapper(packed, encoding="utf-8") as stream,
        ):
            yield stream


def _write(stream: TextIO, lines: Iterator[str], form: str) -> None:
    if form == "jsonl":
        stream.writelines(f"{line}\n" for line in lines)
        return
    head, tail = "[", "]\n"
    if form == "envelope":
        head, tail = json.dumps(_ENVELOPE)[:-1] + ', "rows": [', "]}\n"
    stream.write(head)
    for number, line in enumerate(lines):
        stream.write(("\n" if number == 0 else ",\n") + line)
    stream.write("\n" + tail)


if __name__ == "__main__":
    sys.exit(main())
