"""Writes a snapshot: one row per line, whole or not at all, readable by its owner only."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pgtopo import __version__
from pgtopo.errors import UsageError
from pgtopo.sources import whole_file
from pgtopo.sources.header import FORMAT, VERSION

_BUFFER = 1 << 20


def write_snapshot(
    path: Path,
    rows: Iterable[Mapping[str, Any] | bytes],
    *,
    coverage: Iterable[Mapping[str, Any]] | None,
    scope: Mapping[str, Any],
    created_at: str,
    tool: str = f"pgtopo {__version__}",
    is_overwriting: bool = False,
) -> int:
    """Write a snapshot and return how many rows it holds; packed where the name ends so.

    Rows are dictionaries or JSON texts; without `coverage`, nothing is stated about it. `.gz` and
    `.zst` are packed.

    Raises:
        UsageError: where the file exists and may not be replaced, or cannot be written.
    """
    head = _head(coverage, scope, created_at, tool)
    counted = _Counted(rows)
    _deliver(path, _packed(path, _lines(head, counted)), is_overwriting=is_overwriting)
    return counted.rows


def write_rows(
    path: Path, rows: Iterable[bytes], *, has_more: bool = False, is_overwriting: bool = False
) -> None:
    """Write rows alone, as an ARM list; `has_more` marks it as one page of several.

    Raises:
        UsageError: where the file exists and may not be replaced, or cannot be written.
    """
    head = {"nextLink": "left out"} if has_more else {}
    _deliver(path, _packed(path, _lines(head, rows, "value")), is_overwriting=is_overwriting)


def write_document(path: Path, content: Mapping[str, Any], *, is_overwriting: bool = False) -> None:
    """Write one JSON document, whole or not at all.

    Raises:
        UsageError: where the file exists and may not be replaced, or cannot be written.
    """
    text = msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
    _deliver(path, _packed(path, (text,)), is_overwriting=is_overwriting)


def packed_snapshot(
    rows: Iterable[Mapping[str, Any] | bytes],
    *,
    coverage: Iterable[Mapping[str, Any]],
    scope: Mapping[str, Any],
    created_at: str,
    tool: str = f"pgtopo {__version__}",
) -> bytes:
    """The snapshot as the bytes of a `.zst` file."""
    head = _head(coverage, scope, created_at, tool)
    return b"".join(_zstd(_lines(head, _Counted(rows))))


def write_packed(path: Path, packed: bytes, *, is_overwriting: bool = False) -> None:
    """Write what `packed_snapshot` gave, in the packing that the name asks for.

    Raises:
        UsageError: where the file exists and may not be replaced, or cannot be written.
    """
    pieces = (packed,) if path.suffix == ".zst" else _packed(path, _unzstd(packed))
    _deliver(path, pieces, is_overwriting=is_overwriting)


def _head(
    coverage: Iterable[Mapping[str, Any]] | None,
    scope: Mapping[str, Any],
    created_at: str,
    tool: str,
) -> dict[str, Any]:
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "created_at": created_at,
        "tool": tool,
        "scope": dict(scope),
    }
    if coverage is not None:
        head["coverage"] = [dict(entry) for entry in coverage]
    return head


def _deliver(path: Path, pieces: Iterable[bytes], *, is_overwriting: bool) -> None:
    """Write the pieces, unless something stands there that may not be replaced."""
    _refuse_existing(path, is_overwriting=is_overwriting)
    try:
        whole_file.replace(path, pieces)
    except OSError as failure:
        hint = whole_file.advice(failure, "choose another file")
        raise UsageError(f"{path}: {failure.strerror or failure}", hint) from None


def _refuse_existing(path: Path, *, is_overwriting: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder", "name a file in it")
    if path.exists() and not is_overwriting:
        raise UsageError(f"{path}: exists already", "choose another name, or say --force")


class _Counted:
    """Rows as JSON texts, counted as they pass."""

    def __init__(self, rows: Iterable[Mapping[str, Any] | bytes]) -> None:
        self._given = rows
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        for row in self._given:
            self.rows += 1
            text = row if isinstance(row, bytes) else msgspec.json.encode(row)
            yield msgspec.json.format(text, indent=-1) if b"\n" in text else text


def _lines(head: Mapping[str, Any], rows: Iterable[bytes], member: str = "rows") -> Iterator[bytes]:
    before = msgspec.json.encode(head)[:-1] + (b"," if head else b"")
    yield before + b'"' + member.encode() + b'":['
    before = b"\n"
    for row in rows:
        yield before + row
        before = b",\n"
    yield b"\n]}\n"


def _packed(path: Path, pieces: Iterable[bytes]) -> Iterable[bytes]:
    if path.suffix == ".gz":
        return _gzip(pieces)
    return _zstd(pieces) if path.suffix == ".zst" else pieces


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _zstd(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import zstandard

    packer = zstandard.ZstdCompressor(level=6, write_checksum=True).compressobj()
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _unzstd(packed: bytes) -> Iterator[bytes]:
    import zstandard

    with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        while piece := stream.read(_BUFFER):
            yield piece
