"""One collection, from the login to the last read."""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from pgtopo.model.coverage import Status
from pgtopo.model.ids import TENANT
from pgtopo.sources.azure import arm_reads
from pgtopo.sources.azure.answers import Answer
from pgtopo.sources.azure.arm_reads import IN_FORCE, Task
from pgtopo.sources.azure.asking import Asker, Fault, Why
from pgtopo.sources.azure.book import READ, Book
from pgtopo.sources.azure.discovery import Discovery
from pgtopo.sources.azure.graph_part import CANCELLED, GraphPart
from pgtopo.sources.azure.listing import Lister
from pgtopo.sources.azure.meter import Meter
from pgtopo.sources.azure.office import Entry, Office
from pgtopo.sources.azure.pacing import Pacer, Stopped, Timing
from pgtopo.sources.azure.paging import Follower, Progressed
from pgtopo.sources.azure.prior import Prior
from pgtopo.sources.azure.queries import SUBSCRIPTIONS, Query, queries
from pgtopo.sources.azure.reads import SERVICE_TAGS, Read, reads
from pgtopo.sources.azure.request import Collected, Listener, Request, Stage
from pgtopo.sources.azure.scopes import Batch, batches, scope_of

GRAPH_PACE = (15, 5.0)
"""Azure rule: 15 queries per 5 seconds and user, all clients of theirs together ("Guidance for
throttled requests in Azure Resource Graph", Microsoft Learn)."""
ARM_PACE = (200, 10.0)
"""Azure rule: 250 reads at once, and 25 more every second ("Understand how Azure Resource Manager
throttles requests", Microsoft Learn); a fifth is left to others."""
_SERVICE_TAG_TRIES = 3
_LASTING = frozenset({Why.DENIED, Why.MISSING, Why.REFUSED})


class Sources:
    """How Azure is asked; every function blocks."""

    def __init__(
        self,
        endpoint: str,
        warm: Callable[[], None],
        graph: Callable[[str, Batch, int, str | None], Answer],
        arm: Callable[[str, str], Answer],
        close: Callable[[], None],
    ) -> None:
        self.endpoint = endpoint
        self.warm = warm
        """Gets a token, so that a login that fails is told before anything else."""
        self.graph = graph
        self.arm = arm
        self.close = close
        """Lets go of connections; requests under way end by themselves."""


class Collection:
    """Asks for everything a request names, and keeps what comes."""

    def __init__(
        self,
        request: Request,
        sources: Sources,
        listener: Listener | None,
        cancel: threading.Event,
        timing: Timing,
    ) -> None:
        halt = threading.Event()
        self.request = request
        self.book = Book()
        self._sources = sources
        self._cancel = cancel
        pacer = Pacer(*GRAPH_PACE, timing, halt)
        arm_pacer = Pacer(*ARM_PACE, timing, halt)
        self._meter = Meter(listener, pacer)
        self._office = Office(self._meter, cancel, halt)
        self._asker = Asker(pacer, timing, self._office.note)
        self._lister = Lister(
            sources.endpoint,
            Asker(arm_pacer, timing, self._office.note),
            sources.arm,
            arm_pacer,
            timing,
        )
        self._unread: dict[GraphPart, None] = {}
        self._open: dict[Task, None] = {}
        self._discovery = Discovery(request)
        self._resumed_from = ""

    def resume(self, prior: Prior) -> None:
        """Build on an earlier snapshot: only what it lacks is asked for."""
        self.book.begin(prior.rows, prior.coverage)
        self._discovery.resume(self.book, prior)
        self._resumed_from = prior.created_at or "unknown"

    def run(self) -> Collected:
        """What was collected, which is less than all where it was cancelled.

        Raises:
            SourceError: where nothing could be read at all.
        """
        try:
            self._log_in()
            self._find_subscriptions()
            self._ask_graph()
            self._ask_arm(Stage.ARM, [one for one in reads() if one.kind not in IN_FORCE])
            self._ask_arm(Stage.EFFECTIVE, [one for one in reads() if one.kind in IN_FORCE])
        except Stopped:
            self._break_off()
        finally:
            self._office.close()
            self._sources.close()
        if self._office.lost is not None and not self._discovery.names:
            raise self._office.lost
        self._meter.stage = Stage.DONE
        self._meter.tell()
        return self._result()

    # ---- login and subscriptions

    def _log_in(self) -> None:
        def work() -> Entry:
            self._sources.warm()
            return _nothing

        self._office.have(work, self._discovery.refuse)
        self._office.finish()
        self._discovery.require_none_refused()

    def _find_subscriptions(self) -> None:
        self._meter.stage = Stage.GRAPH
        query = next(one for one in queries() if SUBSCRIPTIONS in one.kinds)
        for batch in self._discovery.batches():
            self._start(GraphPart(query, query.kinds, batch))
        self._office.finish()
        self._discovery.conclude(self.book)

    def _kinds(self) -> list[str]:
        """Every kind that is asked for, of tables and reads."""
        of_tables = [kind for query in queries() if self._wants(query) for kind in query.kinds]
        of_reads = [
            read.kind
            for read in reads()
            if self._wants(read) and read.kind not in IN_FORCE and not read.is_once
        ]
        return list(dict.fromkeys([*of_tables, *of_reads]))

    def _wants(self, one: Query | Read) -> bool:
        return not one.option or bool(getattr(self.request, one.option))

    # ---- Resource Graph

    def _ask_graph(self) -> None:
        for query in queries():
            if SUBSCRIPTIONS not in query.kinds and self._wants(query):
                for part in self._parts(query):
                    self._start(part)
        self._office.finish()
        self._discovery.compare(self.book, self._kinds())

    def _parts(self, query: Query) -> Iterable[GraphPart]:
        """What of a query is still to be asked: all of it, or what an earlier snapshot lacks."""
        scopes = self._discovery.answered
        if not self._resumed_from:
            found = self._discovery.query_batches()
            return [GraphPart(query, query.kinds, batch, scopes) for batch in found]
        open_in = {
            name: [kind for kind in query.kinds if not self.book.is_read(kind, scope_of(name))]
            for name in {*self._discovery.names, *self.request.subscriptions}
        }
        names = [name for name, lacking in open_in.items() if lacking]
        wanted = tuple(
            dict.fromkeys(
                kind for kind in query.kinds if any(kind in open_in[name] for name in names)
            )
        )
        return [GraphPart(query, wanted, batch, scopes) for batch in batches(names)]

    def _start(self, part: GraphPart) -> None:
        def ask(top: int, token: str | None) -> Answer:
            return self._sources.graph(part.text, part.batch, top, token)

        def take_print() -> Answer:
            return self._sources.graph(part.print_text, part.batch, 1, None)

        def tell(progressed: Progressed) -> None:
            self._office.say(lambda: self._page(part, progressed))

        def work() -> Entry:
            outcome = Follower(part.query, self._asker, ask, tell, take_print).read()
            return lambda: self._end(part, lambda: part.enter(self.book, outcome))

        self._unread[part] = None
        self._office.have(work, lambda fault: self._graph_failed(part, fault))

    def _page(self, part: GraphPart, progressed: Progressed) -> None:
        part.take(progressed.rows)
        self._meter.came(part.query.name, progressed.page, len(progressed.rows), progressed.size)

    def _graph_failed(self, part: GraphPart, fault: Fault) -> None:
        pieces = part.pieces() if fault.why is Why.DENIED else []
        if pieces:
            del self._unread[part]
            for piece in pieces:
                self._start(piece)
            return
        self._end(part, lambda: self._give_up(part, fault))

    def _give_up(self, part: GraphPart, fault: Fault) -> None:
        self._meter.failed += 1
        if SUBSCRIPTIONS in part.query.kinds:
            self._discovery.refuse(fault, part.batch)
        part.give_up(self.book, fault)

    def _end(self, part: GraphPart, entry: Entry) -> None:
        del self._unread[part]
        entry()

    # ---- Resource Manager

    def _ask_arm(self, stage: Stage, wanted: list[Read]) -> None:
        self._meter.stage = stage
        asked = [one for one in wanted if self._wants(one)]
        for read in wanted:
            if read not in asked and read.kind not in IN_FORCE:
                arm_reads.skip(self.book, read, self._discovery.names)
        for read in asked:
            self._begin(read)
        self._office.finish()
        for read in asked:
            arm_reads.close(self.book, read, self._discovery.names)

    def _begin(self, read: Read) -> None:
        if read.kind == SERVICE_TAGS:
            place = arm_reads.place_of(self.book)
            if place and not self.book.is_read(read.kind, TENANT):
                task = Task(read, place, TENANT)
                self._open[task] = None
                self._office.have(
                    lambda: self._service_tags(task), lambda fault: self._arm_failed(task, fault)
                )
            return
        for task in arm_reads.tasks(self.book, read, self._discovery.names):
            self._open[task] = None
            self._office.have(
                lambda task=task: self._read(task),  # type: ignore[misc]
                lambda fault, task=task: self._arm_failed(task, fault),  # type: ignore[misc]
            )

    def _read(self, task: Task) -> Entry:
        if task.read.kind in IN_FORCE:
            row = self._lister.in_force(task.read, task.parent)
            return lambda: self._enter(task, [row], len(row.text))
        rows, size = self._lister.children(task.read, task.parent)
        return lambda: self._enter(task, rows, size)

    def _service_tags(self, task: Task) -> Entry:
        """Any subscription may be asked; one that is denied leads to the next."""
        for left, name in enumerate(self._discovery.names[:_SERVICE_TAG_TRIES], 1):
            try:
                row = self._lister.service_tags(
                    task.read, f"/subscriptions/{name}", task.parent, self.request.cloud.value
                )
            except Fault as fault:
                is_last = left >= min(_SERVICE_TAG_TRIES, len(self._discovery.names))
                if fault.why is not Why.DENIED or is_last:
                    raise
            else:
                return lambda row=row: self._enter(task, [row], len(row.text))  # type: ignore[misc]
        return _nothing

    def _enter(self, task: Task, rows: list[Any], size: int) -> None:
        del self._open[task]
        self.book.settle(task.read.kind, task.scope, rows, READ)
        self._meter.came(task.read.name, 1, len(rows), size)

    def _arm_failed(self, task: Task, fault: Fault) -> None:
        del self._open[task]
        self._meter.failed += 1
        ending = arm_reads.ending_of(task.read, fault)
        is_lasting = fault.why in _LASTING
        kind, scope = task.read.kind, task.scope
        self.book.settle(kind, scope, fault.rows, ending, is_lasting=is_lasting)

    # ---- the end

    def _break_off(self) -> None:
        """Note of everything that is open that it was not read."""
        why = self._office.lost.message if self._office.lost else CANCELLED
        for part in self._unread:
            part.give_up(self.book, Fault(Why.REFUSED, why))
        for task in self._open:
            self.book.settle(task.read.kind, task.scope, [], (Status.FAILED, why))
        for read in reads():
            if self._wants(read) and any(task.read == read for task in self._open):
                arm_reads.close(self.book, read, self._discovery.names)
        for kind in self._kinds():
            for name in self._discovery.names:
                self.book.fill(kind, scope_of(name), (Status.FAILED, why))

    def _result(self) -> Collected:
        discovery = self._discovery
        scope: dict[str, Any] = {
            "cloud": self.request.cloud.value,
            "tenant": self.request.tenant,
            "subscriptions": list(self.request.subscriptions),
            "management_groups": list(self.request.management_groups),
            "answered": list(discovery.names),
            "missing": [name for name, _ in discovery.missing()],
            "has_effective": self.request.has_effective,
            "has_changes": self.request.has_changes,
            "has_health": self.request.has_health,
        }
        if self._resumed_from:
            scope["resumed_from"] = self._resumed_from
        rows = self.book.all_rows()
        return Collected(
            rows=rows,
            coverage=self.book.coverage(),
            scope=scope,
            created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            gaps=self.book.gaps(),
            notes=discovery.notes(),
            is_cancelled=self._cancel.is_set(),
        )


def _nothing() -> None:
    """Nothing to enter."""
