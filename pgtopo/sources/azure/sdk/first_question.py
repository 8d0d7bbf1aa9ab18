"""Logs in and asks one question, to tell whether collecting would work."""

from collections.abc import Callable

import msgspec
from azure.core.exceptions import AzureError

from pgtopo.errors import AuthError
from pgtopo.sources.azure import answers
from pgtopo.sources.azure.answers import Answer, NoAnswer
from pgtopo.sources.azure.clouds import endpoints
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.queries import SUBSCRIPTIONS, queries
from pgtopo.sources.azure.reached import Attempt, Reached
from pgtopo.sources.azure.request import DeviceCode, Request, checked
from pgtopo.sources.azure.scopes import Batch
from pgtopo.sources.azure.sdk.door import Door, no_answer
from pgtopo.sources.azure.sdk.graph import Graph
from pgtopo.sources.azure.sdk.identity import Dummy, Login, login, refused


class _Named(msgspec.Struct):
    """A subscription."""

    name: str = ""
    subscriptionId: str = ""  # noqa: N815  as Resource Graph spells it


def reach(request: Request, show: Callable[[DeviceCode], None], timing: Timing) -> Reached:
    """What came of a login and one query for subscriptions."""
    request = checked(request)
    known = endpoints(request.cloud)
    who: Login | Dummy = Dummy() if request.arm_endpoint else login(request, show)
    door = Door(
        request.arm_endpoint or known.arm,
        who,
        known.token_scope,
        timing,
        is_stand_in=bool(request.arm_endpoint),
    )
    try:
        who.get_token(known.token_scope)
    except AzureError as failure:
        error = refused(failure)
        cause = error.message if error is not None else no_answer(failure).cause
        return Reached(endpoint=door.endpoint, attempts=_attempts(who), cause=cause)
    found = _asked(request, door)
    return msgspec.structs.replace(found, attempts=_attempts(who))


def _attempts(who: Login | Dummy) -> tuple[Attempt, ...]:
    if isinstance(who, Dummy):
        return (Attempt("stand-in, no login"),)
    return tuple(Attempt(one.name, one.cause, one.hint) for one in who.tried)


def _asked(request: Request, door: Door) -> Reached:
    query = next(one for one in queries() if SUBSCRIPTIONS in one.kinds)
    groups = () if request.subscriptions else request.management_groups
    graph = Graph(door)
    try:
        answer = graph.ask(query.text, Batch(request.subscriptions, groups), 1000, None)
    except NoAnswer as failure:
        return Reached(endpoint=door.endpoint, cause=failure.cause)
    except AuthError as failure:
        return Reached(endpoint=door.endpoint, cause=failure.message)
    finally:
        graph.close()
    return _understood(request, door.endpoint, answer)


def _understood(request: Request, endpoint: str, answer: Answer) -> Reached:
    page = answers.page_in(answer.body) if answer.status < 300 else None
    if page is None:
        return Reached(endpoint=endpoint, cause=answers.told(answer))
    seen = [_named(row) for row in page.data]
    ids = {one.subscriptionId.lower() for one in seen}
    return Reached(
        endpoint=endpoint,
        subscriptions=tuple(sorted(one.name or one.subscriptionId for one in seen)),
        missing=tuple(one for one in request.subscriptions if one not in ids),
        quota_left=answers.quota_left(answer.headers),
    )


def _named(row: msgspec.Raw) -> _Named:
    try:
        return msgspec.json.decode(row, type=_Named)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Named()
