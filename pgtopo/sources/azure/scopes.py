"""Which subscriptions a query is sent to."""

from collections.abc import Iterable, Sequence

import msgspec

from pgtopo.model.ids import ArmId, fold

BATCH = 200
"""Subscriptions per request.

Azure rule: less than 300 are advised, 1,000 are the most ("Guidance for throttled requests in
Azure Resource Graph", Microsoft Learn).
"""


class Batch(msgspec.Struct, frozen=True):
    """The scope of one request: one of the two lists, or neither for all the login can read."""

    subscriptions: tuple[str, ...] = ()
    management_groups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """For messages."""
        if self.management_groups:
            return f"management group {', '.join(self.management_groups)}"
        if len(self.subscriptions) == 1:
            return f"subscription {self.subscriptions[0]}"
        return f"{len(self.subscriptions)} subscriptions" if self.subscriptions else "all scopes"

    def halves(self) -> "tuple[Batch, Batch] | None":
        """The batch in two; None where it cannot be divided."""
        middle = len(self.subscriptions) // 2
        if not middle:
            return None
        return Batch(self.subscriptions[:middle]), Batch(self.subscriptions[middle:])


def asked(subscriptions: Sequence[str], management_groups: Sequence[str]) -> list[Batch]:
    """The scopes a user asked for; every group alone, since one that is denied fails its request.

    Subscriptions and groups cannot be named in one request.
    """
    if not subscriptions and not management_groups:
        return [Batch()]
    groups = [Batch(management_groups=(name,)) for name in management_groups]
    return [*groups, *batches(subscriptions)]


def batches(subscriptions: Iterable[str]) -> list[Batch]:
    """Subscriptions in batches that one request may name."""
    listed = sorted(subscriptions)
    return [Batch(tuple(listed[at : at + BATCH])) for at in range(0, len(listed), BATCH)]


def scope_of(subscription: str) -> ArmId:
    """The id of a subscription as a scope."""
    return fold(f"/subscriptions/{subscription}")
