"""The public ranges behind service tags, as the service itself lists them."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource


class ServiceTag(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One tag, or the form of it for one region."""

    name: str
    """`Storage` or `Storage.WestEurope`, as written."""
    prefixes: tuple[str, ...] = ()
    """IPv4 and IPv6 ranges, as written."""


class ServiceTagList(Resource, frozen=True, kw_only=True):
    """All tags of a cloud at one time."""

    KIND: ClassVar[str] = "pgtopo/servicetags"

    tags: tuple[ServiceTag, ...] = ()
