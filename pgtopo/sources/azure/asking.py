"""Sends one request until it is answered, or until it is clear that it will not be."""

from collections.abc import Callable
from enum import Enum

from pgtopo.sources.azure import answers
from pgtopo.sources.azure.answers import Answer, NoAnswer
from pgtopo.sources.azure.pacing import Pacer, Timing
from pgtopo.sources.azure.rows import Row

_TOO_LARGE = frozenset({"responsepayloadtoolarge"})
_THROTTLED = frozenset({"ratelimiting", "toomanyrequests", "throttled"})
_PASSING = frozenset({408, 500, 502, 503, 504})


class Why(Enum):
    """Why something could not be read."""

    DENIED = "denied"
    MISSING = "missing"
    TOO_LARGE = "too large"
    THROTTLED = "throttled"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class Fault(Exception):
    """A request that stays unanswered."""

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail
        self.rows: list[Row] = []
        """What came before, of a list that broke off."""


class Asker:
    """Sends requests at the pace Azure allows and sends them again where that helps."""

    def __init__(self, pacer: Pacer, timing: Timing, note: Callable[[str], None]) -> None:
        self._pacer = pacer
        self._timing = timing
        self._note = note

    def ask(self, send: Callable[[], Answer], is_usable: Callable[[Answer], bool]) -> Answer:
        """The answer to a request.

        Raises:
            Fault: where there is none.
            Stopped: where the collection was cancelled.
        """
        attempt = Attempt(self._timing)
        while True:
            self._pacer.take()
            try:
                answer = send()
            except NoAnswer as failure:
                pause = attempt.after_silence(failure)
                self._note(f"{failure.cause}; trying again in {pause:.0f} s")
            else:
                self._pacer.learn(answer.headers)
                if answer.status < 300 and is_usable(answer):
                    return answer
                pause = attempt.after(answer)
                if answer.status == 429:
                    self._note(f"Azure asks to slow down; waiting {pause:.0f} s")
                    self._pacer.hold(pause)
                    continue
                if pause:
                    self._note(f"HTTP {answer.status}; trying again in {pause:.0f} s")
            self._pacer.sleep(pause * self._timing.second)


class Attempt:
    """How often one request was tried, and how long to wait before the next time."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._tries = 0
        self._unconnected = 0
        self._throttled = 0
        self._logins = 0

    def after_silence(self, failure: NoAnswer) -> float:
        """Seconds to wait after no answer.

        Raises:
            Fault: where it was tried often enough.
        """
        self._tries += 1
        self._unconnected += not failure.was_sent
        is_lasting = self._unconnected >= self._timing.connecting_tries
        if is_lasting or self._tries >= self._timing.tries:
            raise Fault(Why.UNREACHABLE, failure.cause)
        return self._backoff(self._tries)

    def after(self, answer: Answer) -> float:
        """Seconds to wait after an answer that cannot be used.

        Raises:
            Fault: where waiting does not help.
        """
        if answer.status == 429 or answers.codes_of(answers.error_in(answer.body)) & _THROTTLED:
            return self._after_throttling(answer)
        if answer.status == 401:
            return self._after_expiry(answer)
        if answer.status in _PASSING or answer.status < 300:
            self._tries += 1
            if self._tries < self._timing.tries:
                asked = answers.asked_wait(answer.headers) or 0.0
                self._require_short(asked)
                return max(self._backoff(self._tries), asked)
            if answer.status < 300:
                raise Fault(Why.REFUSED, "the answer is cut off or not what was asked for")
            raise Fault(Why.UNREACHABLE, answers.told(answer))
        raise Fault(_why(answer), answers.told(answer))

    def _after_throttling(self, answer: Answer) -> float:
        self._throttled += 1
        asked = answers.asked_wait(answer.headers)
        if self._throttled >= self._timing.throttled_tries:
            raise Fault(Why.THROTTLED, "Azure kept asking to slow down")
        if asked is None:
            return self._backoff(self._throttled)
        self._require_short(asked)
        return max(asked, 0.1)

    def _require_short(self, asked: float) -> None:
        if asked > self._timing.longest_wait:
            raise Fault(Why.THROTTLED, f"Azure asks to wait {asked:.0f} s")

    def _after_expiry(self, answer: Answer) -> float:
        """The SDK drops a refused token and asks for another with the next request."""
        self._logins += 1
        if self._logins > 1:
            raise Fault(Why.EXPIRED, answers.told(answer))
        return 0.0

    def _backoff(self, times: int) -> float:
        return min(self._timing.first_pause * 2.0 ** (times - 1), self._timing.longest_pause)


def _why(answer: Answer) -> Why:
    if answer.status == 413 or answers.codes_of(answers.error_in(answer.body)) & _TOO_LARGE:
        return Why.TOO_LARGE
    if answer.status == 403:
        return Why.DENIED
    return Why.MISSING if answer.status == 404 else Why.REFUSED
