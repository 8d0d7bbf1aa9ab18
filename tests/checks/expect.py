"""What a case expects of its check."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.estates.world import World


@dataclass(frozen=True)
class Expect:
    """The folded outcome over everything the check judges in a world."""

    outcome: str
    """`ok`, `skip` (nothing to judge), `fail` or `unknown`."""
    severity: str | None = None
    count: int = 1
    """How many findings of that outcome."""
    certainty: str | None = None
    says: str = ""
    """Words the message must contain."""
    cause: str = ""
    """End of the id of the object to be mended."""


Case = tuple[str, Callable[[], World], Expect]

ok = Expect("ok")
skip = Expect("skip")


def fail(
    severity: str,
    count: int = 1,
    certainty: str = "certain",
    says: str = "",
    cause: str = "",
) -> Expect:
    """The check finds the fault."""
    return Expect("fail", severity, count, certainty, says, cause)


def unknown(says: str = "", count: int = 1) -> Expect:
    """The check cannot tell."""
    return Expect("unknown", None, count, None, says)
