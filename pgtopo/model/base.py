"""What every resource has, and how a reference to another resource stands.

Resources are msgspec structs rather than dataclasses: they are built tens of thousands at a time
and a frozen dataclass costs several times as much to make.
"""

from enum import Enum
from typing import ClassVar

import msgspec

from pgtopo.model.ids import ArmId


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a row was read, so that its raw text can be shown again."""

    source: int
    """Index of the input file."""
    offset: int
    """First byte of the row in the decompressed file; -1 for rows that never were in a file."""
    length: int


class Resource(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One thing that exists in Azure, with its id folded."""

    KIND: ClassVar[str] = ""
    """The lower-case ARM type."""

    id: ArmId
    name: str
    """The last segment of the resource's own name, as first seen."""
    location: str = ""
    """Region in lower case without blanks (`westeurope`), or empty for child rows."""
    origin: Origin | None = None
    """None for things that only appear inside their parent's row."""


class RefState(Enum):
    """How a reference stands."""

    PRESENT = "present"
    DANGLING = "dangling"
    """The kind was read where the target should be, and it is not there."""
    UNREAD = "unread"
    """The kind was not read there, so nothing is known."""


class ParseIssue(msgspec.Struct, frozen=True, gc=False):
    """One field that could not be read; the rest of its row was."""

    resource: str
    path: str
    reason: str


class SetAside(msgspec.Struct, frozen=True, gc=False):
    """A row that could not be read at all."""

    source: str
    """File name as given."""
    where: str
    """Line, byte or row number in that file."""
    reason: str
