"""The classes of symptoms, and the senses an error text can have within them."""

from enum import Enum

import msgspec


class SymptomClass(Enum):
    """How far a connection came before it failed."""

    NAME_NOT_FOUND = "name_not_found"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    AUTH = "auth"
    CAPACITY = "capacity"
    DROPPED = "dropped"
    READ_ONLY = "read_only"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The class in words a person under pressure recognises."""
        return _LABELS[self]

    @property
    def is_reached(self) -> bool:
        """Whether the server itself answered, so that name and network work."""
        return self in _REACHED


class Sense(msgspec.Struct, frozen=True):
    """One meaning that error texts can have."""

    slug: str
    kind: SymptomClass
    means: str
    does_not_mean: str


_LABELS = {
    SymptomClass.NAME_NOT_FOUND: "the name cannot be resolved",
    SymptomClass.TIMEOUT: "the connection times out",
    SymptomClass.REFUSED: "the connection is refused at once",
    SymptomClass.UNREACHABLE: "the client's own machine has no route",
    SymptomClass.TLS: "encryption fails",
    SymptomClass.AUTH: "the server refuses the login",
    SymptomClass.CAPACITY: "too many clients",
    SymptomClass.DROPPED: "connections that were up are cut",
    SymptomClass.READ_ONLY: "connected, but writing is refused",
    SymptomClass.UNKNOWN: "something else, or no error text",
}

_REACHED = frozenset(
    (
        SymptomClass.AUTH,
        SymptomClass.CAPACITY,
        SymptomClass.READ_ONLY,
        SymptomClass.DROPPED,
    )
)
