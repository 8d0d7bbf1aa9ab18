"""What a check is, what it may answer, and how it is declared.

A check is one decorated function. Its documentation is required arguments of the decorator, so a
missing text is a type error and an import error, and no prose is ever parsed.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Generic, TypeVar

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.fix import Fix
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology

S = TypeVar("S", bound=Resource)


class Severity(Enum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Certainty(Enum):
    """How sure a finding is."""

    CERTAIN = "certain"
    """Rests on no assumption."""
    LIKELY = "likely"
    """Rests on at least one named assumption."""


class Symptom(Enum):
    """What a client sees, as a class of errors."""

    NAME_NOT_FOUND = "name_not_found"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    AUTH = "auth"
    CAPACITY = "capacity"
    DROPPED = "dropped"
    READ_ONLY = "read_only"


class Family(Enum):
    """The ten families, with the hundreds digit of their check ids."""

    GOVERNANCE = 0
    DNS = 1
    RESOLVER = 2
    NSG = 3
    ROUTES = 4
    PEERING = 5
    SUBNET = 6
    SERVER = 7
    ACCESS = 8
    ENDPOINT = 9

    @property
    def label(self) -> str:
        """The word used on the command line and in documents."""
        return self.name.lower()


class Ok(msgspec.Struct, frozen=True):
    """The fault is not there, and everything needed to say so was read."""


class NotApplicable(msgspec.Struct, frozen=True):
    """The question makes no sense for this subject."""


class Fail(msgspec.Struct, frozen=True, kw_only=True):
    """The fault is there."""

    message: str
    """One sentence that names the resource, the setting and its value."""
    evidence: tuple[Evidence, ...]
    """At least one; the first is the deciding one."""
    related: tuple[ArmId, ...] = ()
    severity: Severity | None = None
    """Where it differs from the check's own."""
    certainty: Certainty = Certainty.CERTAIN
    discriminator: str = ""
    """Tells several findings of one check on one subject apart, stable over time."""
    cause: ArmId | None = None
    """The object to be mended; the subject where None."""


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """It cannot be told from this data."""

    message: str
    """What is missing."""
    settle_with: str
    """The command, query or permission that would settle it."""
    evidence: tuple[Evidence, ...] = ()
    related: tuple[ArmId, ...] = ()
    discriminator: str = ""


Answer = Ok | NotApplicable | Fail | Unknown
Outcome = Answer | tuple[Fail | Unknown, ...]
"""Several answers only where one subject can have the same fault more than once."""


OK = Ok()
NOT_APPLICABLE = NotApplicable()


class Unseen(msgspec.Struct, frozen=True, kw_only=True):
    """Something that should be judged but whose row is not here; the runner says Unknown."""

    subject: ArmId
    """The resource that refers to it."""
    kind: str
    """ARM type of what is wanted."""
    wanted: ArmId


Remedy = Callable[[Facts, S, Fail], tuple[Fix, ...]]
"""What would mend a fault, least new exposure first; proved on a copy before it is shown."""


class Check(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """One check with all its documentation."""

    id: str
    slug: str
    family: Family
    title: str
    severity: Severity
    since: str
    symptoms: frozenset[Symptom]
    looks_at: str
    why: str
    client_sees: str
    confirm: str
    """One command with <placeholders>."""
    fix: str
    unknown_when: str
    sources: tuple[str, ...]
    subject: type[S]
    over: Callable[[Topology], Iterable[S | Unseen]]
    """The resources to judge; what a check does not concern is left out here."""
    judge: Callable[[Facts, S], Outcome]
    needs: tuple[str, ...] = ()
    """Kinds (ARM types) that must have been read at the subject; else the runner says Unknown."""
    grading: str = ""
    """When a finding is graded otherwise than `severity` says."""
    never_fails: bool = False
    """True for a check that only tells what could not be read."""
    remedy: Callable[[Facts, S, Fail], tuple[Fix, ...]] | None = None
    """Works out fixes, where the data says enough for one."""

    @property
    def is_never_unknown(self) -> bool:
        """Whether the check can always tell; its `unknown_when` then begins with "Never"."""
        return self.unknown_when.startswith("Never")


AnyCheck = Check[Any]


def every(kind: type[S]) -> Callable[[Topology], Iterable[S | Unseen]]:
    """Judge every resource of a class."""
    return lambda topology: topology.all(kind)


def check(
    *,
    id: str,  # noqa: A002  the word users know it by
    slug: str,
    family: Family,
    title: str,
    severity: Severity,
    since: str,
    symptoms: Iterable[Symptom],
    looks_at: str,
    why: str,
    client_sees: str,
    confirm: str,
    fix: str,
    unknown_when: str,
    sources: tuple[str, ...],
    subject: type[S],
    over: Callable[[Topology], Iterable[S | Unseen]] | None = None,
    needs: tuple[str, ...] = (),
    grading: str = "",
    never_fails: bool = False,
    remedy: Remedy[S] | None = None,
) -> Callable[[Callable[[Facts, S], Outcome]], Check[S]]:
    """Turn a judging function into a check; every text is required."""

    def wrap(judge: Callable[[Facts, S], Outcome]) -> Check[S]:
        return Check(
            id=id,
            slug=slug,
            family=family,
            title=title,
            severity=severity,
            since=since,
            symptoms=frozenset(symptoms),
            looks_at=looks_at,
            why=why,
            client_sees=client_sees,
            confirm=confirm,
            fix=fix,
            unknown_when=unknown_when,
            sources=sources,
            subject=subject,
            over=over or every(subject),
            judge=judge,
            needs=needs,
            grading=grading,
            never_fails=never_fails,
            remedy=remedy,
        )

    return wrap
