"""Reads one ARM list or answer to its end."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from pgtopo.sources.azure import rows as making
from pgtopo.sources.azure.answers import Answer, Listing, asked_wait, listing_in
from pgtopo.sources.azure.asking import Asker, Fault, Why
from pgtopo.sources.azure.pacing import Pacer, Timing
from pgtopo.sources.azure.reads import Read
from pgtopo.sources.azure.rows import Row

POLLS = 60
"""How often a long-running question is looked after."""
_POLL_PAUSE = 2.0
_SAFE = "/()!$&'*+,;=:@"
_PORTS = {"http": 80, "https": 443}

AskUrl = Callable[[str, str], Answer]
"""Sends a method to an address."""


class Lister:
    """Reads lists of one endpoint; an address anywhere else never gets a token."""

    def __init__(
        self, endpoint: str, asker: Asker, ask: AskUrl, pacer: Pacer, timing: Timing
    ) -> None:
        self._endpoint = endpoint
        self._asker = asker
        self._ask = ask
        self._pacer = pacer
        self._timing = timing

    def children(self, read: Read, parent: str) -> tuple[list[Row], int]:
        """The rows of a list, and how many bytes they came in.

        Raises:
            Fault: where a page stays unanswered; it holds the rows of those before.
            Stopped: where the collection was cancelled.
        """
        found: list[Row] = []
        try:
            size = self._follow(read, parent, found)
        except Fault as fault:
            fault.rows = found
            raise
        return found, size

    def _follow(self, read: Read, parent: str, found: list[Row]) -> int:
        """Add the rows of all pages; how many bytes they came in."""
        size = 0
        url = self._url(read, parent)
        seen: set[str] = set()
        while url:
            if url in seen:
                raise Fault(Why.REFUSED, "the pages lead back to one that was read")
            seen.add(url)
            page, length = self._page(url)
            size += length
            found += making.of_listing(read, parent, page.value or ())
            url = self._own(page.next_link) if page.next_link else ""
        return size

    def _page(self, url: str) -> tuple[Listing, int]:
        kept: list[Listing] = []

        def usable(answer: Answer) -> bool:
            page = listing_in(answer.body)
            if page is not None:
                kept.append(page)
            return page is not None

        answer = self._asker.ask(lambda: self._ask("GET", url), usable)
        return kept[-1], len(answer.body)

    def service_tags(self, read: Read, subscription: str, place: str, cloud: str) -> Row:
        """The service tags of a cloud; the place only chooses the edition.

        Raises:
            Fault: where it stays unanswered.
            Stopped: where the collection was cancelled.
        """
        url = self._url(read, subscription, place)
        answer = self._asker.ask(lambda: self._ask("GET", url), _is_object)
        return making.service_tags(_object(answer), cloud)

    def in_force(self, read: Read, interface: str) -> Row:
        """What is in force on an interface: asked for, then waited for.

        Raises:
            Fault: where it stays unanswered.
            Stopped: where the collection was cancelled.
        """
        url = self._url(read, interface)
        answer = self._asker.ask(lambda: self._ask(read.method, url), _is_begun)
        for _ in range(POLLS):
            if answer.status != 202:
                return making.in_force(read, interface, _object(answer))
            place = self._own(answer.headers.get("location", ""))
            pause = min(asked_wait(answer.headers) or _POLL_PAUSE, self._timing.longest_pause)
            self._pacer.sleep(pause * self._timing.second)
            answer = self._asker.ask(lambda at=place: self._ask("GET", at), _is_begun)  # type: ignore[misc]
        raise Fault(Why.UNREACHABLE, "Azure did not finish in time")

    def _url(self, read: Read, parent: str, place: str = "") -> str:
        """The address of a read for a parent.

        Raises:
            Fault: where the parent's id would lead elsewhere.
        """
        steps = parent.strip("/").split("/")
        if steps[0].lower() != "subscriptions" or not {"", ".", ".."}.isdisjoint(steps):
            raise Fault(Why.REFUSED, "its id is not one that can be asked about")
        path = read.url.format(
            parent=quote(f"/{'/'.join(steps)}", _SAFE), location=quote(place, "")
        )
        return f"{self._endpoint}{path}?api-version={read.api_version}"

    def _own(self, url: str) -> str:
        """An address that an answer leads to.

        Raises:
            Fault: where there is none, or it is not at the endpoint that was asked.
        """
        if not url:
            raise Fault(Why.REFUSED, "the answer does not say where it goes on")
        if not is_own(self._endpoint, url):
            raise Fault(Why.REFUSED, f"the answer leads to another host: {url[:80]}")
        return url


def is_own(endpoint: str, url: str) -> bool:
    """Whether an address is at an endpoint, or at a regional host of it."""
    try:
        here, there = urlsplit(endpoint), urlsplit(url)
        ports = [one.port or _PORTS.get(one.scheme) for one in (here, there)]
    except ValueError:
        return False
    # Programs disagree on where the host ends in `https://one\@two` (RFC 3986 has no backslash).
    if not {"\\", "@"}.isdisjoint(there.netloc):
        return False
    host, other = (here.hostname or "").lower(), (there.hostname or "").lower()
    is_same_host = other == host or other.endswith(f".{host}")
    return here.scheme == there.scheme and ports[0] == ports[1] and is_same_host


def _is_object(answer: Answer) -> bool:
    return isinstance(_decoded(answer), dict)


def _is_begun(answer: Answer) -> bool:
    return answer.status == 202 or _is_object(answer)


def _object(answer: Answer) -> Mapping[str, Any]:
    found = _decoded(answer)
    return found if isinstance(found, dict) else {}


def _decoded(answer: Answer) -> Any:
    try:
        return msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
