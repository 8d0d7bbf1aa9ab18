"""One query over one batch of subscriptions, and what its rows say about what was read."""

from collections import defaultdict
from collections.abc import Iterable

from pgtopo.model.coverage import Status
from pgtopo.model.ids import ArmId, fold, subscription_of
from pgtopo.sources.azure.asking import Fault, Why
from pgtopo.sources.azure.book import READ, Book, Ending
from pgtopo.sources.azure.paging import Outcome
from pgtopo.sources.azure.queries import SUBSCRIPTIONS, Query, permissions
from pgtopo.sources.azure.rows import Row
from pgtopo.sources.azure.scopes import Batch, batches, scope_of
from pgtopo.sources.registry import kinds

_EVERYWHERE = frozenset({"resources", "resourcecontainers"})
"""Tables that every cloud has; a query over another one may be refused for good."""
CANCELLED = "cancelled before it was read"


class GraphPart:
    """A query narrowed to some kinds and subscriptions, with the rows that came so far."""

    def __init__(
        self,
        query: Query,
        wanted: tuple[str, ...],
        batch: Batch,
        visible: tuple[str, ...] = (),
    ) -> None:
        self.query = query
        self.wanted = wanted
        self.batch = batch
        self._visible = visible
        """Subscriptions of which something can be said where they are in the batch."""
        self.came: dict[ArmId, Row] = {}

    @property
    def text(self) -> str:
        """The query in the Kusto language."""
        return self.query.text_of(self.wanted)

    @property
    def print_text(self) -> str:
        """The query for the fingerprint of its ids."""
        return self.query.print_of(self.wanted)

    def take(self, rows: Iterable[Row]) -> None:
        """Keep the rows of a page."""
        for row in rows:
            self.came[fold(row.id)] = row

    def pieces(self) -> "list[GraphPart]":
        """The part in smaller ones, by subscriptions; none where it cannot be divided."""
        is_unnamed = self.batch == Batch()
        found = batches(self._visible) if is_unnamed else list(self.batch.halves() or ())
        return [GraphPart(self.query, self.wanted, one, self._visible) for one in found]

    def enter(self, book: Book, outcome: Outcome) -> None:
        """Note what was read."""
        ending = (Status.PARTIAL, outcome.shortfall) if outcome.shortfall else READ
        self._settle(book, outcome.rows.values(), dict.fromkeys(self.wanted, ending))

    def give_up(self, book: Book, fault: Fault) -> None:
        """Note why it was not read, or not whole."""
        status = Status.DENIED if fault.why is Why.DENIED else Status.FAILED
        if self.came:
            status = Status.PARTIAL
        endings = {kind: (status, self._why(fault, kind)) for kind in self.wanted}
        is_lasting = fault.why is Why.REFUSED and self.query.table not in _EVERYWHERE
        self._settle(book, self.came.values(), endings, is_lasting=is_lasting)

    def _why(self, fault: Fault, kind: str) -> str:
        if fault.why is not Why.DENIED:
            return fault.detail
        known = kinds().get(kind)
        needed = known.permission if known else ", ".join(permissions(self.query))
        return f"{fault.detail}; needs {needed}"

    def _settle(
        self,
        book: Book,
        rows: Iterable[Row],
        endings: dict[str, Ending],
        *,
        is_lasting: bool = False,
    ) -> None:
        by_place: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            by_place[row.kind, subscription_of(fold(row.id))].append(row)
        for scope in self._scopes({name for _, name in by_place}):
            for kind, ending in endings.items():
                found = by_place.pop((kind, scope), [])
                book.settle(kind, scope_of(scope), found, ending, is_lasting=is_lasting)
        for stray in by_place.values():
            book.keep(stray)

    def _scopes(self, seen: set[str]) -> list[str]:
        """The subscriptions to speak of: those that show themselves."""
        if SUBSCRIPTIONS in self.wanted:
            return sorted(seen)
        named = self.batch.subscriptions
        return [name for name in self._visible if not named or name in named]
