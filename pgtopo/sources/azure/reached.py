"""Whether Azure can be asked, and as whom."""

import msgspec


class Attempt(msgspec.Struct, frozen=True):
    """One credential that was tried."""

    name: str
    cause: str = ""
    """Why it does not work; empty where it does."""
    hint: str = ""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking."""

    endpoint: str
    attempts: tuple[Attempt, ...] = ()
    cause: str = ""
    """Why Azure cannot be asked; empty where it can."""
    subscriptions: tuple[str, ...] = ()
    """Names of the subscriptions that the login sees in what was asked for."""
    missing: tuple[str, ...] = ()
    """Subscriptions that were asked for by id and are not seen."""
    quota_left: int | None = None
