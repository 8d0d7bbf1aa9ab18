"""Reads one query to its end, page by page, so that no row is lost and none comes twice."""

from collections.abc import Callable, Iterable

import msgspec

from pgtopo.model.ids import ArmId, fold
from pgtopo.sources.azure.answers import Answer, Page, page_in
from pgtopo.sources.azure.asking import Asker, Fault, Why
from pgtopo.sources.azure.queries import LETTERS, Query
from pgtopo.sources.azure.rows import Row, of_query

PAGE = 1000
"""Rows per page: the most Resource Graph gives."""
RUNS = 3
"""How often a query is read again because rows came or went between its pages."""
CUT_SCOPE = "x-ms-tenant-subscription-limit-hit"

AskPage = Callable[[int, str | None], Answer]
"""Asks for so many rows from a token on."""


class Progressed(msgspec.Struct, frozen=True):
    """One more page."""

    page: int
    rows: list[Row]
    size: int


class Outcome(msgspec.Struct, frozen=True):
    """How the reading of a query ended."""

    rows: dict[ArmId, Row]
    shortfall: str = ""
    """Why rows may be missing; empty where all are here."""


class _Run:
    """One reading from the first page to the last."""

    def __init__(self) -> None:
        self.rows: dict[ArmId, Row] = {}
        self.ids: list[str] = []
        self.totals: set[int] = set()
        self.total = 0
        self.pages = 0
        self.shortfall = ""
        self.is_other = False
        """The fingerprint taken at the end is not that of the rows."""

    def add(self, page: Page, rows: Iterable[Row]) -> None:
        self.pages += 1
        for row in rows:
            self.ids.append(row.id)
            self.rows[fold(row.id)] = row
        if page.total is not None:
            self.total = page.total
            self.totals.add(page.total)

    @property
    def is_whole(self) -> bool:
        return len(set(self.ids)) >= self.total

    @property
    def is_steady(self) -> bool:
        """Whether nothing hints at rows that came or went between pages."""
        has_repeats = len(set(self.ids)) < len(self.ids)
        return self.is_whole and len(self.totals) <= 1 and not has_repeats and not self.is_other


class Follower:
    """Follows a query over its pages.

    Azure rule: rows that are created or deleted between two pages shift the ones behind them,
    so that some come twice and some not at all ("Paging results", Microsoft Learn). Where the
    total changes, rows repeat, or the ids do not add up in the end, the query is read again.
    """

    def __init__(
        self,
        query: Query,
        asker: Asker,
        ask: AskPage,
        tell: Callable[[Progressed], None],
        take_print: Callable[[], Answer],
    ) -> None:
        self._query = query
        self._asker = asker
        self._ask = ask
        self._tell = tell
        self._take_print = take_print
        self._top = PAGE
        self._fitting = 0
        """Pages of this size that did fit."""
        self._patience = 1
        """How many have to fit before larger ones are asked for; one more with every misfit."""
        self._pages = 0
        self._size = 0

    def read(self) -> Outcome:
        """All rows.

        Raises:
            Fault: where a page stays unanswered; the rows so far were told.
            Stopped: where the collection was cancelled.
        """
        union: dict[ArmId, Row] = {}
        before: set[ArmId] | None = None
        for _ in range(RUNS):
            run = self._once()
            union |= run.rows
            if run.shortfall:
                return Outcome(union, run.shortfall)
            if run.is_steady or (run.is_whole and before == run.rows.keys()):
                return Outcome(run.rows)
            before = set(run.rows)
        return Outcome(union, "rows came and went while they were read")

    def _once(self) -> _Run:
        run = _Run()
        token: str | None = None
        seen: set[str] = set()
        while True:
            page = self._page(token)
            run.add(page, self._rows(page))
            if page.is_cut:
                run.shortfall = "the answer was cut off, and no token leads on"
            if not page.token:
                run.is_other = run.pages > 1 and self._is_other(run.ids)
                return run
            if page.token in seen:
                raise Fault(Why.REFUSED, "the pages lead back to one that was read")
            seen.add(page.token)
            token = page.token

    def _is_other(self, ids: list[str]) -> bool:
        """Whether the ids there are now are other ones; False where the service cannot tell."""
        try:
            answer = self._asker.ask(self._take_print, lambda one: page_in(one.body) is not None)
        except Fault:
            return False
        page = page_in(answer.body)
        found = fingerprint_in(page.data[0]) if page and len(page.data) == 1 else None
        return found is not None and found != fingerprint(ids)

    def _page(self, token: str | None) -> Page:
        """The next page, smaller ones being asked for where it does not fit an answer."""
        while True:
            try:
                page = self._sized_page(token)
            except Fault as fault:
                if fault.why is not Why.TOO_LARGE or self._top == 1:
                    raise
                self._shrink()
            else:
                self._grow()
                return page

    def _shrink(self) -> None:
        self._top //= 2
        self._fitting = 0
        self._patience += 1

    def _grow(self) -> None:
        """Ask for more again once enough pages did fit: the large rows may lie behind."""
        self._fitting += 1
        if self._fitting >= self._patience and self._top < PAGE:
            self._top = min(2 * self._top, PAGE)
            self._fitting = 0

    def _sized_page(self, token: str | None) -> Page:
        found: list[Page] = []

        def keep(answer: Answer) -> bool:
            page = page_in(answer.body)
            if page is not None:
                found.append(page)
            return page is not None

        answer = self._asker.ask(lambda: self._ask(self._top, token), keep)
        if answer.headers.get(CUT_SCOPE, "").lower() == "true":
            raise Fault(Why.REFUSED, "too many subscriptions for one query: name them")
        self._pages += 1
        self._size = len(answer.body)
        return found[-1]

    def _rows(self, page: Page) -> list[Row]:
        rows = of_query(self._query, page.data)
        self._tell(Progressed(self._pages, rows, self._size))
        return rows


def fingerprint(ids: Iterable[str]) -> dict[str, int]:
    """What the query for a fingerprint answers where these ids are all there are."""
    whole = "".join(listed := list(ids)).lower()
    counts = {name: whole.count(letter) for name, letter in LETTERS.items()}
    return {"many": len(listed), "length": len(whole), **counts}


def fingerprint_in(raw: msgspec.Raw) -> dict[str, int] | None:
    """The fingerprint in a row; None where the row is something else."""
    try:
        found = msgspec.json.decode(raw, type=dict[str, int])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return found if found.keys() == fingerprint(()).keys() else None
