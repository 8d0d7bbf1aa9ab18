"""The kinds that are read."""

from __future__ import annotations

from pgtopo.model.network import VirtualNetwork
from pgtopo.sources.registry import kinds


def test_kinds_are_found_by_walking_the_folder() -> None:
    known = kinds()
    assert VirtualNetwork.KIND in known
    assert list(known) == sorted(known)
    assert all(name == kind.arm_type == name.lower() for name, kind in known.items())


def test_parents_of_kinds_are_kinds() -> None:
    known = kinds()
    for kind in known.values():
        assert not kind.parent or kind.parent in known


def test_every_kind_is_described() -> None:
    assert all(kind.summary for kind in kinds().values())
