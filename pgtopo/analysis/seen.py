"""How much weight "there is none" bears: read everywhere, read here, assumed, or not read.

Azure rule: Resource Graph leaves out what a login cannot see, without a word ("Azure Resource Graph
query language", Microsoft Learn).
"""

from enum import Enum

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption
from pgtopo.model.coverage import Status
from pgtopo.model.dns import DnsPolicyLink, RulesetLink
from pgtopo.model.ids import TENANT, ArmId, subscription_scope, type_of
from pgtopo.model.network import VirtualNetwork


class Absence(Enum):
    """What it means that no row of a kind says otherwise."""

    CERTAIN = "certain"
    """The whole tenant was read."""
    ELSEWHERE = "elsewhere"
    """Read here or somewhere, but other scopes were not: an assumption."""
    ASSUMED = "assumed"
    """Nobody speaks of the kind, and its absence is taken as "none": an assumption."""
    UNREAD = "unread"
    """Not read where it matters: nothing follows."""


def absence(facts: Facts, kind: str, about: ArmId) -> Absence:
    """What follows from finding no row of a kind that could live in any subscription.

    `about` is the resource that such a row would bear on.
    """
    scope = subscription_scope(about)
    return facts.once("absence", (kind, scope), lambda: _absence(facts, kind, scope))


def _absence(facts: Facts, kind: str, scope: ArmId) -> Absence:
    coverage = facts.topology.coverage
    if coverage.is_read_everywhere(kind):
        return Absence.CERTAIN
    entry = coverage.entry(kind, scope)
    if entry is not None:
        return Absence.ELSEWHERE if entry.status is Status.READ else Absence.UNREAD
    stated = coverage.within(kind, TENANT)
    if any(one.status is Status.READ for one in stated):
        return Absence.ELSEWHERE
    is_assumed = kind in coverage.assumed_none and not stated
    return Absence.ASSUMED if is_assumed else Absence.UNREAD


def may_be_more(facts: Facts, kind: str, about: ArmId) -> bool:
    """Whether rows of a kind may exist that were not read, at one place or everywhere."""
    is_unread = absence(facts, kind, about) is Absence.UNREAD
    return is_unread or bool(facts.topology.coverage.gaps(kind))


def is_any_astray(facts: Facts, links: type[RulesetLink] | type[DnsPolicyLink]) -> bool:
    """Whether a link names a network in a way nobody can read: it may be that of any network."""
    return facts.once(
        "links astray",
        links.KIND,
        lambda: any(
            one.network is not None and type_of(one.network) != VirtualNetwork.KIND
            for one in facts.topology.all(links)
        ),
    )


def other_scopes(what: str) -> Assumption:
    """The assumption that nothing outside the scopes that were read changes an answer."""
    return assume("OTHER_SCOPES_UNSEEN", f"No {what} in a subscription that was not read.")


def taken_as_none(kind: str) -> Assumption:
    """The assumption that a kind the input does not speak of does not exist."""
    return assume("TAKEN_AS_NONE", f"The input has no {kind}; none is taken to exist.")
