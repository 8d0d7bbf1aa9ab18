"""The bytes of a file as UTF-8 text, unpacked where it is compressed, a piece at a time.

What a file is, is told by its first bytes and never by its name. Unpacking stops where a file
grows beyond any estate's size: `MAX_RATIO` times its packed size, but at least `FREE_SIZE`.
"""

import codecs
import os
import select
import stat
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.sources.progress import Meter

CHUNK = 1 << 18
_PACKED_CHUNK = 1 << 13
"""One packed byte can stand for 32 KiB, so packed data is taken in small bites."""
MAX_RATIO = 250
FREE_SIZE = 512 << 20

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = b"PK\x03\x04"
_CODECS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class SourceFile(msgspec.Struct, kw_only=True):
    """One input, as it was when it was opened."""

    name: str
    """As given; `standard input` for `-`."""
    path: Path | None = None
    data: bytes | None = None
    """The whole content, for what cannot be read twice."""
    size: int = 0
    changed: int = 0
    """Time of its last change in nanoseconds."""
    packing: str = ""
    """`gz`, `zst` or empty."""
    encoding: str = ""
    """Empty for UTF-8 without a mark, which can be read at any place."""
    columns: tuple[str, ...] | None = None
    """Of the table form: the names of a row's cells."""

    @property
    def is_seekable(self) -> bool:
        """Whether a row's place in the text is its place in the file."""
        return self.path is not None and not self.packing and not self.encoding


def open_source(given: str) -> SourceFile:
    """What a command line argument stands for; `-` is standard input.

    Raises:
        SnapshotError: where there is no such file, or it is empty or no text.
    """
    if given == "-":
        return held_source("standard input", _all_of(sys.stdin.buffer))
    source = _open_path(given)
    _recognise(source)
    return source


def held_source(name: str, data: bytes) -> SourceFile:
    """A file whose content is at hand.

    Raises:
        SnapshotError: where it is empty or no text.
    """
    source = SourceFile(name=name, data=data, size=len(data))
    _recognise(source)
    return source


def _open_path(given: str) -> SourceFile:
    path = Path(given)
    try:
        found = path.stat()
    except (OSError, ValueError) as failure:
        raise SnapshotError(
            f"{given}: {_reason(failure)}", "check the path, or run 'pgtopo demo' to try it out"
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise SnapshotError(f"{given}: is a folder", "name the files in it")
    if not stat.S_ISREG(found.st_mode):
        data = _read_all(path, given)
        return SourceFile(name=given, data=data, size=len(data))
    return SourceFile(name=given, path=path, size=found.st_size, changed=found.st_mtime_ns)


def _read_all(path: Path, name: str) -> bytes:
    """The content of a pipe or device, which can be read once only."""
    try:
        with path.open("rb") as stream:
            return _all_of(stream)
    except OSError as failure:
        raise SnapshotError(f"{name}: {_reason(failure)}") from None


def _all_of(stream: BinaryIO) -> bytes:
    """What a pipe gives until its end.

    An interrupt that comes between two reads is heeded only when the next one returns, and a slow
    writer may keep that for ever: so nothing is read before there is something to read.
    """
    try:
        poll = select.poll()
        poll.register(stream, select.POLLIN)
    except (AttributeError, OSError, ValueError):  # not a system's file, or a system without poll
        return stream.read()
    pieces = bytearray()
    while True:
        while not poll.poll(_GLANCE_MS):
            pass
        piece = os.read(stream.fileno(), CHUNK)
        if not piece:
            return bytes(pieces)
        pieces += piece


_GLANCE_MS = 250
"""How long an interrupt may go unheeded at most."""


def _reason(failure: Exception) -> str:
    if isinstance(failure, FileNotFoundError):
        return "no such file"
    if isinstance(failure, PermissionError):
        return "no permission to read it"
    return getattr(failure, "strerror", None) or str(failure)


def _recognise(source: SourceFile) -> None:
    first = next(_stored(source, 64), b"")
    if not first:
        raise SnapshotError(f"{source.name}: the file is empty", "export the rows again")
    if first.startswith(_ZIP):
        raise SnapshotError(f"{source.name}: is a zip archive", "unpack it and name the file in it")
    if first.startswith(GZIP):
        source.packing = "gz"
    elif first.startswith(ZSTD) or _is_skippable(first):
        source.packing = "zst"
    head = first
    if source.packing:
        head = next((piece for piece in _unpacked(source, None) if piece), b"")
    source.encoding = _encoding(head)


def _is_skippable(first: bytes) -> bool:
    """Whether a Zstandard file begins with a frame of user data (RFC 8878, 3.1.2)."""
    return len(first) > 4 and first[1:4] == b"\x2a\x4d\x18" and first[0] >> 4 == 5


def _encoding(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for mark, codec in _CODECS.items():
        if head.startswith(mark):
            return codec
    if head[1:2] == b"\0" and head[:1] in (b"[", b"{", b"\r", b"\n", b" "):
        return "utf-16-le"
    if head[:1] == b"\0" and head[1:2] in (b"[", b"{", b"\r", b"\n", b" "):
        return "utf-16-be"
    return ""


def pieces(source: SourceFile, meter: Meter | None = None) -> Iterator[bytes]:
    """The text of a source as UTF-8 without a mark, in order.

    Raises:
        SnapshotError: where it cannot be read to its end; says at which byte.
    """
    found = _unpacked(source, meter) if source.packing else _stored(source, CHUNK, meter)
    if not source.encoding:
        yield from found
        return
    decoder: Any = codecs.getincrementaldecoder(_codec(source))(errors="replace")
    is_first = True
    for piece in found:
        text = decoder.decode(piece)
        if is_first and text:
            text = text.removeprefix("\ufeff")
            is_first = False
        yield text.encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _codec(source: SourceFile) -> str:
    return "utf-8" if source.encoding == "utf-8-sig" else source.encoding


def whole(source: SourceFile, meter: Meter | None = None) -> bytes | bytearray:
    """The whole text of a source.

    Raises:
        SnapshotError: where it cannot be read to its end.
    """
    if source.is_seekable and source.path is not None:
        if meter is not None:
            meter.at(0)
        return _read_all(source.path, source.name)
    text = bytearray()
    for piece in pieces(source, meter):
        text += piece
    return text


def _stored(source: SourceFile, size: int, meter: Meter | None = None) -> Iterator[bytes]:
    """The bytes as they are stored."""
    done = 0
    if source.data is not None:
        for start in range(0, len(source.data), size):
            yield source.data[start : start + size]
            done = min(start + size, len(source.data))
            if meter is not None:
                meter.at(done)
        return
    if source.path is None:
        return
    try:
        with source.path.open("rb", buffering=0) as stream:
            _advise(stream)
            while piece := stream.read(size):
                yield piece
                done += len(piece)
                if meter is not None:
                    meter.at(done)
    except OSError as failure:
        place = f" at byte {done:,}" if done else ""
        raise SnapshotError(f"{source.name}: {_reason(failure)}{place}") from None


def _advise(stream: BinaryIO) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)


def _unpacked(source: SourceFile, meter: Meter | None) -> Iterator[bytes]:
    stored = _stored(source, _PACKED_CHUNK, meter)
    unpack = _gunzip if source.packing == "gz" else _unzstd
    limit = max(FREE_SIZE, source.size * MAX_RATIO)
    total = 0
    for piece in unpack(stored, source.name):
        total += len(piece)
        if total > limit:
            raise SnapshotError(
                f"{source.name}: unpacks to more than {limit:,} bytes from {source.size:,}",
                "no estate packs this well; unpack it yourself if you trust it",
            )
        yield piece


def _gunzip(stored: Iterator[bytes], name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(31)
    done = 0
    for piece in stored:
        data = piece
        while data:
            if unpacker.eof:
                if not data.startswith(GZIP[:1]):
                    return
                unpacker = zlib.decompressobj(31)
            try:
                yield unpacker.decompress(data, CHUNK)
            except zlib.error as failure:
                raise _corrupt(name, "gz", done, failure) from None
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        done += len(piece)
    while not unpacker.eof:
        rest = unpacker.decompress(b"", CHUNK)
        if not rest:
            raise _truncated(name, "gz", done)
        yield rest


def _unzstd(stored: Iterator[bytes], name: str) -> Iterator[bytes]:
    import zstandard

    packer = zstandard.ZstdDecompressor()
    unpacker = packer.decompressobj()
    done = 0
    for piece in stored:
        data = piece
        while data:
            if unpacker.eof:
                if data[:4].strip(b"\0") == b"":
                    return
                unpacker = packer.decompressobj()
            try:
                yield unpacker.decompress(data)
            except zstandard.ZstdError as failure:
                raise _corrupt(name, "zst", done, failure) from None
            data = unpacker.unused_data if unpacker.eof else b""
        done += len(piece)
    if not unpacker.eof:
        raise _truncated(name, "zst", done)


class BrokenPacking(SnapshotError):
    """A compressed file that ends early or holds wrong bytes."""


def _truncated(name: str, packing: str, done: int) -> SnapshotError:
    return BrokenPacking(
        f"{name}: truncated .{packing}: compressed data ends at byte {done:,}",
        "copy or export the file again",
    )


def _corrupt(name: str, packing: str, done: int, failure: Exception) -> SnapshotError:
    return BrokenPacking(
        f"{name}: damaged .{packing}: wrong data after byte {done:,} ({failure})",
        "copy or export the file again",
    )
