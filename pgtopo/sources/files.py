"""Reads one file, whatever its layout: row by row where it can be, else as a document.

What reads the rarer layouts is loaded when a file has one.
"""

from collections.abc import Callable

from pgtopo.errors import SnapshotError
from pgtopo.sources.by_line import read_by_line
from pgtopo.sources.header import Header, OtherLayout
from pgtopo.sources.intake import Intake
from pgtopo.sources.merge import Gathered
from pgtopo.sources.progress import Meter
from pgtopo.sources.streams import BrokenPacking, SourceFile, whole


def read_source(
    source: SourceFile,
    index: int,
    meter: Meter,
    make: Callable[[SourceFile, int], Gathered],
) -> Gathered:
    """Everything in one file; `make` gives an empty beginning for each attempt to read it.

    Raises:
        SnapshotError: where the file cannot be read; says where it breaks.
        Cancelled: where the user stopped it.
    """
    made: list[Gathered] = []

    def begin() -> Intake:
        made[:] = [make(source, index)]
        return made[0].intake

    header = Attempt(source, begin, meter).read()
    found = made[0]
    found.created_at, found.scope, found.stated = header.created_at, header.scope, header.stated
    if header.has_more:
        found.notes.append(
            f"{source.name} is one page of a longer answer; name the other pages too"
        )
    return found


class Attempt:
    """Tries the ways to read a file, cheapest first; each begins with a fresh intake."""

    def __init__(self, source: SourceFile, make: Callable[[], Intake], meter: Meter) -> None:
        self._source = source
        self._make = make
        self._meter = meter
        self.intake = make()

    def _fresh(self) -> Intake:
        self.intake = self._make()
        self._meter.start(self._source.name, lambda: self.intake.count)
        return self.intake

    def read(self) -> Header:
        """Take the file in and return what stands around its rows.

        Raises:
            SnapshotError: where the file cannot be read; says where it breaks.
        """
        try:
            return self._read()
        except BrokenPacking as failure:
            rows = self.intake.count
            raise SnapshotError(f"{failure.message} after {rows:,} rows", failure.hint) from None

    def _read(self) -> Header:
        try:
            return read_by_line(self._source, self._fresh(), self._meter)
        except OtherLayout:
            pass
        from pgtopo.sources.indented import read_indented

        try:
            return read_indented(self._source, self._fresh(), self._meter)
        except OtherLayout:
            return self._read_whole()

    def _read_whole(self) -> Header:
        from pgtopo.sources.documents import Broken, read_document

        text = whole(self._source, self._meter)
        try:
            return read_document(self._source, text, self._fresh())
        except Broken as failure:
            del text
            return self._read_damaged(failure)

    def _read_damaged(self, failure: SnapshotError) -> Header:
        """Take in what can be saved of a file that is not JSON as a whole."""
        from pgtopo.sources.documents import read_damaged
        from pgtopo.sources.scan import Unbalanced

        try:
            header = read_by_line(self._source, self._fresh(), self._meter, is_strict=False)
            if self._is_mostly_good():
                return header
        except OtherLayout:
            pass
        try:
            header = read_damaged(self._source, whole(self._source), self._fresh())
        except Unbalanced:
            raise failure from None
        if not self._is_mostly_good():
            raise failure
        return header

    def _is_mostly_good(self) -> bool:
        """Whether most rows could be read, so that the layout was understood."""
        return len(self.intake.set_aside) * 2 <= self.intake.count
