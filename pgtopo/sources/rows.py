"""Gives the text of a row again, without keeping the files in memory."""

from typing import Any

from pgtopo.errors import SnapshotError
from pgtopo.model.base import Origin
from pgtopo.sources.lenient import untyped
from pgtopo.sources.streams import SourceFile, pieces

_SMALL = 64 << 20


class RowStore:
    """The rows of some files, by where they stand."""

    def __init__(self, files: list[SourceFile]) -> None:
        self._files = files
        self._kept: dict[int, bytes | None] = {}
        """Texts that cannot be read from any place, unpacked once; None for those too big."""

    def file(self, origin: Origin) -> str:
        """The name of the file a row comes from, as given."""
        return self._files[origin.source].name

    def raw(self, origin: Origin) -> bytes:
        """The JSON text of a row, as it stands in its file.

        Raises:
            SnapshotError: where the row was never in a file, or the file has changed or gone.
        """
        if origin.offset < 0 or not 0 <= origin.source < len(self._files):
            raise SnapshotError("this row does not come from a file")
        source = self._files[origin.source]
        _check_unchanged(source)
        text = _seek(source, origin) if source.is_seekable else self._cut(source, origin)
        if len(text) != origin.length:
            raise _changed(source)
        if source.columns is None:
            return text
        from pgtopo.sources.documents import as_object

        return as_object(source.columns, text)

    def _cut(self, source: SourceFile, origin: Origin) -> bytes:
        """The row's bytes out of a text that is unpacked from its beginning."""
        if origin.source not in self._kept:
            self._kept[origin.source] = _small(source)
        text = self._kept[origin.source]
        if text is None:
            return _skip(source, origin)
        return text[origin.offset : origin.offset + origin.length]

    def shown(self, origin: Origin) -> dict[str, Any]:
        """The row as a dictionary in which secrets are replaced by `(not shown)`.

        Raises:
            SnapshotError: where the row was never in a file, or the file has changed or gone.
        """
        from pgtopo.sources.secret_members import without_secrets

        try:
            value = without_secrets(untyped(self.raw(origin)))
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise _changed(self._files[origin.source])
        return value


def _check_unchanged(source: SourceFile) -> None:
    if source.path is None:
        return
    try:
        found = source.path.stat()
    except OSError as failure:
        raise SnapshotError(f"{source.name}: {failure.strerror}", "load it again") from None
    if (found.st_size, found.st_mtime_ns) != (source.size, source.changed):
        raise _changed(source)


def _changed(source: SourceFile) -> SnapshotError:
    return SnapshotError(f"{source.name} has changed since it was loaded", "load it again")


def _seek(source: SourceFile, origin: Origin) -> bytes:
    if source.path is None:
        return b""
    try:
        with source.path.open("rb") as stream:
            stream.seek(origin.offset)
            return stream.read(origin.length)
    except OSError as failure:
        raise SnapshotError(f"{source.name}: {failure.strerror}", "load it again") from None


def _small(source: SourceFile) -> bytes | None:
    """The whole text where it is small enough to be kept."""
    text = bytearray()
    for piece in pieces(source):
        text += piece
        if len(text) > _SMALL:
            return None
    return bytes(text)


def _skip(source: SourceFile, origin: Origin) -> bytes:
    """The row's bytes, found by reading the text from its beginning."""
    end = origin.offset + origin.length
    found = bytearray()
    at = 0
    for piece in pieces(source):
        if at + len(piece) > origin.offset:
            found += piece[max(origin.offset - at, 0) : end - at]
        at += len(piece)
        if at >= end:
            break
    return bytes(found)
