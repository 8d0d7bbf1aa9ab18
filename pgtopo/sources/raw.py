"""Gives all rows of a file as JSON texts, whatever their kind, to be written again changed."""

import msgspec

from pgtopo.model.base import SetAside
from pgtopo.model.ids import IdTable
from pgtopo.sources.files import Attempt
from pgtopo.sources.header import Header
from pgtopo.sources.intake import Intake, Readers
from pgtopo.sources.lenient import Unreadable, untyped
from pgtopo.sources.progress import Listener, Meter
from pgtopo.sources.streams import open_source

_decode_raw = msgspec.json.Decoder(msgspec.Raw).decode


class RawFile(msgspec.Struct, frozen=True):
    """The rows of a file as they stand in it."""

    header: Header
    rows: list[bytes]
    set_aside: tuple[SetAside, ...]
    """Entries that are no JSON."""


class _Keep(Intake):
    """Keeps the text of every entry that is JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(Readers({}), IdTable(), name)
        self.texts: list[bytes] = []

    def feed(self, text: bytes, number: int, offset: int = -1, length: int = 0) -> None:
        """Take in one entry."""
        del offset, length
        self.count += 1
        try:
            _decode_raw(text)
        except (ValueError, RecursionError):
            try:
                text = msgspec.json.encode(untyped(text))
            except (Unreadable, ValueError, RecursionError) as failure:
                self.put_aside(number, str(failure))
                return
        self.texts.append(text)


def read_raw(given: str, progress: Listener | None = None) -> RawFile:
    """Every row of one file, of kinds pgtopo reads and of all others.

    Raises:
        SnapshotError: where the file cannot be read or holds no rows in a form pgtopo reads.
        Cancelled: where `progress` returns False.
    """
    source = open_source(given)
    made: list[_Keep] = []

    def make() -> Intake:
        made[:] = [_Keep(source.name)]
        return made[0]

    header = Attempt(source, make, Meter(progress, source.size)).read()
    kept = made[0]
    return RawFile(header, kept.texts, tuple(kept.set_aside))
