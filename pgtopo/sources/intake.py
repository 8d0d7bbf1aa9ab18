"""Takes rows in: finds each row's kind, decodes it into that kind's shape, keeps it by id.

Most of a load is spent here, so the kind is guessed from a search in the raw text and the row is
decoded straight into that kind's shape; the decoded row then has to confirm the guess.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.model.base import Origin, ParseIssue, SetAside
from pgtopo.model.ids import TENANT, ArmId, IdTable, fold, type_of
from pgtopo.sources import damage
from pgtopo.sources.damage import Gap
from pgtopo.sources.kind import Kind
from pgtopo.sources.lenient import Unreadable, untyped

_TYPE = re.compile(rb'"type"\s*:\s*"([^"\\]*)"')
_WORDS_KEPT = 4096
_BARE = (
    "absent, so nothing of it was read; 'az ... list' and 'az ... show' print another shape: save"
    " what 'az graph query' or 'az rest' prints"
)
_TOO_MANY = 100_000
"""So many entries that are no rows, most of a file, and the file is something else."""


class Reader(NamedTuple):
    """A kind with its decoder."""

    kind: Kind
    decode: Callable[[bytes], Any]
    """Takes every row of the kind."""
    decode_usual: Callable[[bytes], Any]
    """Takes most rows of the kind, and is cheaper."""
    marker: str
    """What precedes the name in ids of this kind, where only a name follows."""


class Pending(NamedTuple):
    """A decoded row that waits to be built."""

    kind: Kind
    row: Any
    origin: Origin


class Head(msgspec.Struct):
    """What tells the kind of a row."""

    id: str | None = None
    type: str | None = None


_decode_head = msgspec.json.Decoder(Head).decode


class Readers:
    """Decoders by type, found by the type's text as it stands in a file."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._made: dict[str, Reader] = {}
        self.known: dict[bytes | str, Reader | None] = {}
        """The readers of the spellings met so far."""

    def of(self, word: bytes | str) -> Reader | None:
        """The reader of a type in any case; None for types that are not read."""
        try:
            return self.known[word]
        except KeyError:
            return self._learn(word)

    def _learn(self, word: bytes | str) -> Reader | None:
        text = word if isinstance(word, str) else word.decode("utf-8", "replace")
        found = self._reader(text.strip().lower())
        if len(self.known) < _WORDS_KEPT:
            self.known[word] = found
        return found

    def _reader(self, arm_type: str) -> Reader | None:
        kind = self._kinds.get(arm_type)
        if kind is None:
            return None
        made = self._made.get(arm_type)
        if made is None:
            decode = msgspec.json.Decoder(kind.shape).decode
            usual = msgspec.json.Decoder(kind.usual).decode if kind.usual else decode
            made = Reader(kind, decode, usual, f"/providers/{arm_type}/")
            self._made[arm_type] = made
        return made


Keep = Callable[[ArmId, Kind, Any, Origin], None]


class Intake:
    """The rows of one source, handed on as they come or kept by id."""

    def __init__(
        self,
        readers: Readers,
        ids: IdTable,
        name: str,
        index: int = 0,
        keep: Keep | None = None,
    ) -> None:
        self._readers = readers
        self._known = readers.known
        self._fold = ids.fold
        self.name = name
        self.index = index
        self.unit = "row"
        """What rows are counted in: `row`, or `line` where each line is one."""
        self.rows: dict[ArmId, Pending] = {}
        """Empty where rows are handed on."""
        self._hand_on = keep or self._hold
        self.seen: dict[str, list[ArmId]] = defaultdict(list)
        """Ids of the rows that were read, by type."""
        self.other: dict[str, int] = {}
        self.set_aside: list[SetAside] = []
        self.issues: list[ParseIssue] = []
        self.gaps: list[Gap] = []
        """What damaged rows leave open."""
        self.count = 0
        """Rows met, whether they could be read or not."""

    def feed(self, text: bytes, number: int, offset: int = -1, length: int = 0) -> None:
        """Take in one row: its JSON text, its number, and where it stands in the source."""
        self.count += 1
        start = text.find(b'"type":"') + 8
        word = text[start : text.find(b'"', start)] if start > 7 else b""
        reader = self._known.get(word) or self._guess(text)
        if reader is None:
            self._feed_by_head(text, number, offset, length)
            return
        try:
            row = reader.decode_usual(text)
        except (ValueError, RecursionError):
            self._feed_by_head(text, number, offset, length)
            return
        if (
            self._known.get(row.type) is not reader
            and self._readers.of(row.type or "") is not reader
        ):
            self._feed_by_head(text, number, offset, length)
            return
        origin = Origin(self.index, offset, length)
        arm_id = self._fold(row.id or "")
        is_plain = row.properties is not None
        if is_plain and arm_id.endswith(reader.marker, 0, arm_id.rfind("/") + 1):
            kind = reader.kind
            self.seen[kind.arm_type].append(arm_id)
            self._hand_on(arm_id, kind, row, origin)
        else:
            self._keep(reader, row, text, number, origin)

    def _guess(self, text: bytes) -> Reader | None:
        """The reader of the first type in a text, which may be that of something nested."""
        found = _TYPE.search(text)
        return self._readers.of(found[1]) if found is not None else None

    def _feed_by_head(self, text: bytes, number: int, offset: int, length: int) -> None:
        """Take in a row whose kind the first `type` in its text does not tell."""
        try:
            head = _decode_head(text)
            if not _is_usable(head.id):
                self.put_aside(number, "no usable id", text)
                return
            reader, word = self._settle(head.type, head.id)
            if reader is None:
                self._count_other(word)
                return
            row = reader.decode(text)
        except (ValueError, RecursionError):
            self._feed_broken(text, number, offset, length)
            return
        self._keep(reader, row, text, number, Origin(self.index, offset, length))

    def _feed_broken(self, text: bytes, number: int, offset: int, length: int) -> None:
        """Take in a row field by field."""
        try:
            value = untyped(text)
            head = _salvaged(value, Head, lambda _path, _reason: None)
            if not (isinstance(value.get("id"), str) and _is_usable(head.id)):
                raise Unreadable("no usable id")
            reader, word = self._settle(head.type, head.id)
            if reader is None:
                self._count_other(word)
                return
            row = self._salvage(value, reader, head.id)
        except Unreadable as failure:
            self.put_aside(number, str(failure), text)
            return
        self._keep(reader, row, text, number, Origin(self.index, offset, length))

    def _salvage(self, value: Any, reader: Reader, resource: str) -> Any:
        noted: list[tuple[str, str]] = []
        row = _salvaged(value, reader.kind.shape, lambda at, why: noted.append((at, why)))
        self.issues.extend(ParseIssue(resource, path, reason) for path, reason in noted)
        lost = [path for path, reason in noted if damage.is_lost(reason)]
        self.gaps.extend(damage.of_salvaged(reader.kind, fold(resource), lost))
        return row

    def _settle(self, word: str | None, arm_id: str | None) -> tuple[Reader | None, str]:
        """The reader of a row and the type it is counted under, by its type, else by its id."""
        own = type_of(fold(arm_id)) if arm_id else ""
        reader = self._readers.of(word) if word else None
        if reader is None and own:
            reader = self._readers.of(own)
        return reader, (word or own).strip().lower()

    def _keep(self, reader: Reader, row: Any, text: bytes, number: int, origin: Origin) -> None:
        arm_id = self._fold(row.id or "")
        if arm_id == TENANT:
            self.put_aside(number, "no usable id", text)
            return
        own = type_of(arm_id)
        if own != reader.kind.arm_type and own:
            reader, row = self._by_id(own, reader, row, text)
        kind = reader.kind
        if row.properties is None and not kind.is_told_by_id:
            row = self._without_properties(kind, row, arm_id)
        self.seen[kind.arm_type].append(arm_id)
        self._hand_on(arm_id, kind, row, origin)

    def _without_properties(self, kind: Kind, row: Any, arm_id: ArmId) -> Any:
        """A row that says nothing of itself, never that there is nothing to say.

        Commands of the Azure CLI other than `az graph query` and `az rest` print properties beside
        the id, not in `properties`.
        """
        from pgtopo.sources.salvage import unread

        damaged = ("properties",)
        if not any(one.resource == row.id and one.path in damaged for one in self.issues[-1:]):
            self.issues.append(ParseIssue(row.id, "properties", _BARE))
            self.gaps.extend(damage.of_salvaged(kind, arm_id, damaged))
        return msgspec.structs.replace(row, properties=unread(kind.shape))

    def _hold(self, arm_id: ArmId, kind: Kind, row: Any, origin: Origin) -> None:
        self.rows[arm_id] = Pending(kind, row, origin)

    def _by_id(self, own: str, reader: Reader, row: Any, text: bytes) -> tuple[Reader, Any]:
        """The row read as what its id says it is, where that is a kind pgtopo reads."""
        if reader.kind.arm_type.startswith("pgtopo/"):
            return reader, row
        other = self._readers.of(own)
        self.issues.append(ParseIssue(row.id, "type", f"the id is that of a {own}"))
        if other is None:
            return reader, row
        try:
            return other, other.decode(text)
        except (ValueError, RecursionError):
            return other, self._salvage(untyped(text), other, row.id)

    def _count_other(self, word: str) -> None:
        shown = word or "(no type)"
        self.other[shown] = self.other.get(shown, 0) + 1

    def _kind_of(self, word: str) -> Kind | None:
        reader = self._readers.of(word)
        return reader.kind if reader is not None else None

    def put_aside(self, number: int, reason: str, text: bytes = b"") -> None:
        """Count an entry that is no row, and keep in mind what it may have told.

        Raises:
            SnapshotError: where there are so many that the file is something else.
        """
        self.set_aside.append(SetAside(self.name, f"{self.unit} {number}", reason))
        self.gaps.extend(damage.of_lost(text, self._kind_of))
        bad = len(self.set_aside)
        if bad >= _TOO_MANY and bad * 2 > self.count:
            raise SnapshotError(
                f"{self.name}: {bad:,} of the first {self.count:,} entries are no rows",
                f"the last one: {self.unit} {number}, {reason}",
            )


def _salvaged(value: Any, shape: Any, note: Callable[[str, str], None]) -> Any:
    """What fits of a damaged row; what that takes is loaded only where there is one."""
    from pgtopo.sources.salvage import salvage

    return salvage(value, shape, note)


def _is_usable(arm_id: str | None) -> bool:
    return bool(arm_id) and bool(str(arm_id).strip("/ \t\r\n"))
