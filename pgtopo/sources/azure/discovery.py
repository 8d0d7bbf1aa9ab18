"""Which subscriptions there are for this login, compared with those that were asked for."""

from collections.abc import Iterable

from pgtopo.errors import AccessDenied, AuthError, SourceError, Throttled, Unreachable
from pgtopo.model.coverage import Status
from pgtopo.model.ids import fold, subscription_of
from pgtopo.sources.azure.asking import Fault, Why
from pgtopo.sources.azure.book import Book, Ending
from pgtopo.sources.azure.prior import Prior
from pgtopo.sources.azure.queries import SUBSCRIPTIONS
from pgtopo.sources.azure.request import Request, is_subscription
from pgtopo.sources.azure.scopes import BATCH, Batch, asked, batches, scope_of

_INVISIBLE = "not visible to this login; needs the Reader role there"
_IN_PARTS = "only parts are visible to this login; the Reader role there shows all"
_GROUPS = "/providers/microsoft.management/managementgroups/"


class Discovery:
    """Asked subscriptions against answered ones.

    Azure rule: subscriptions of a request that the login cannot read are left out without a word;
    only where none can be read, the request is denied ("Understand the Azure Resource Graph query
    language", Microsoft Learn).
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._refused: list[tuple[Batch | None, Fault]] = []
        self._known: list[str] = []
        self._is_resumed = False
        self.answered: tuple[str, ...] = ()
        """Subscriptions that show themselves, so that all in them can be read."""
        self.partly: tuple[str, ...] = ()
        """Subscriptions of which rows came although they do not show themselves."""

    @property
    def names(self) -> tuple[str, ...]:
        """All subscriptions of which anything can be seen."""
        return (*self.answered, *self.partly)

    @property
    def is_for_all(self) -> bool:
        """Whether no scope was named."""
        return not self._request.subscriptions and not self._request.management_groups

    def resume(self, book: Book, prior: Prior) -> None:
        """Take over the subscriptions an earlier collection found."""
        self._is_resumed = True
        named = [name for name in prior.texts("answered") if is_subscription(name)]
        self._known = [name for name in named if _is_read(book, name)]
        self.partly = tuple(name for name in named if name not in self._known)

    def batches(self) -> list[Batch]:
        """The scopes in which to ask for subscriptions."""
        request = self._request
        if not self._is_resumed:
            return asked(request.subscriptions, request.management_groups)
        if self.is_for_all:
            return [] if self._known else [Batch()]
        groups = asked((), request.management_groups) if request.management_groups else []
        lacking = [name for name in request.subscriptions if name not in self._known]
        return [*([] if self._known else groups), *batches(lacking)]

    def query_batches(self) -> list[Batch]:
        """The scopes in which to ask for everything else.

        Subscriptions are named where the user named them or where they are many. Else none is, so
        that those come along of which the login sees single resource groups only.
        """
        if self.is_for_all and len(self.answered) <= BATCH:
            return [Batch()]
        if not self.answered and self._request.management_groups:
            return asked(self._request.subscriptions, self._request.management_groups)
        return batches({*self.answered, *self._request.subscriptions})

    def refuse(self, fault: Fault, batch: Batch | None = None) -> None:
        """Note that the login, or the question about a scope, failed."""
        self._refused.append((batch, fault))

    def require_none_refused(self) -> None:
        """Go on only where the login succeeded.

        Raises:
            SourceError: where it did not.
        """
        if self._refused:
            raise error_of(self._refused[0][1])

    def conclude(self, book: Book) -> None:
        """Take the subscriptions that answered from their rows.

        Raises:
            SourceError: where the question was refused for all of them.
        """
        found = {subscription_of(fold(row.id)) for row in book.rows(SUBSCRIPTIONS)}
        self.answered = tuple(sorted({*found, *self._known} - {"", *self.partly}))
        for batch, fault in self._refused:
            for name in batch.management_groups if batch else ():
                status = Status.DENIED if fault.why is Why.DENIED else Status.FAILED
                scope = fold(f"{_GROUPS}{name}")
                book.settle(SUBSCRIPTIONS, scope, [], (status, fault.detail))
        if self._refused and not self.answered:
            raise error_of(self._refused[0][1])

    def compare(self, book: Book, kinds: Iterable[str]) -> None:
        """Say of every kind what is not visible of the subscriptions, now that rows came.

        Raises:
            AccessDenied: where nothing is visible at all.
        """
        seen = {subscription_of(scope) for scope in book.scopes_of_rows()} - {""}
        self.partly = tuple(sorted(seen - {*self.answered}))
        if not self.names:
            raise AccessDenied(
                "this login sees no subscription"
                if self.is_for_all
                else "this login sees none of the subscriptions asked for",
                "it needs the Reader role; one that was given just now may need a new `az login`",
            )
        for kind in kinds:
            for name in self.partly:
                book.sum_up(kind, scope_of(name), (Status.PARTIAL, _IN_PARTS))
            for name, ending in self.missing():
                book.settle(kind, scope_of(name), [], ending)

    def missing(self) -> list[tuple[str, Ending]]:
        """The subscriptions that were asked for and did not answer, and why."""
        failed = {
            name: fault
            for batch, fault in self._refused
            if batch and fault.why is not Why.DENIED
            for name in batch.subscriptions
        }
        return [
            (name, (Status.FAILED, failed[name].detail))
            if name in failed
            else (name, (Status.DENIED, _INVISIBLE))
            for name in self._request.subscriptions
            if name not in self.names
        ]

    def notes(self) -> tuple[str, ...]:
        """What a user should know about the scope."""
        found = [f"subscription {name}: {ending[1]}" for name, ending in self.missing()]
        found += [f"subscription {name}: {_IN_PARTS}" for name in self.partly]
        for batch, fault in self._refused:
            if batch and batch.management_groups:
                found.append(f"{batch.name}: {fault.detail}")
        return tuple(found)


def _is_read(book: Book, name: str) -> bool:
    return book.is_read(SUBSCRIPTIONS, scope_of(name))


def error_of(fault: Fault) -> SourceError:
    """What a user is told where nothing could be read."""
    if fault.why is Why.DENIED:
        return AccessDenied(
            f"Azure denies the query: {fault.detail}", "the login needs the Reader role"
        )
    if fault.why is Why.THROTTLED:
        return Throttled(fault.detail, "wait a few minutes; other tools of yours count too")
    if fault.why is Why.EXPIRED:
        return AuthError(f"Azure does not take the login: {fault.detail}", "run `az login` again")
    if fault.why is Why.UNREACHABLE:
        return Unreachable(
            f"Azure does not answer: {fault.detail}",
            "check the network, the proxy (HTTPS_PROXY) and --cloud",
        )
    return SourceError(f"Azure refuses the query: {fault.detail}", "see --debug")
