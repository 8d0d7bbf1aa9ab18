"""Any bytes as a row of one kind, or as what stands under its `properties`."""

from __future__ import annotations

import gc

from pgtopo.sources.kind import Kind
from pgtopo.sources.load import load_held
from pgtopo.sources.registry import kinds
from tests.fuzz.guided.refusing import refusing

_GROUP = "/subscriptions/5ca1ab1e-0000-0000-0000-000000000001/resourceGroups/rg"

KINDS: tuple[Kind, ...] = tuple(kinds().values())


def row(data: bytes) -> None:
    """Read the bytes as a row, or as the properties of one, of the kind the first byte names."""
    if len(data) < 2:
        return
    kind = KINDS[data[0] % len(KINDS)]
    text = data[2:] if data[1] % 8 == 0 else whole(kind, data[2:])
    with refusing():
        topology = load_held("fuzz", b"[\n" + text + b"\n]").topology
        for resource in topology.resources():
            assert resource.id.startswith("/"), resource.id
            assert topology.find(resource.id) is not None
    gc.unfreeze()  # a load keeps what it read from the collector; here thousands follow each other


def whole(kind: Kind, properties: bytes) -> bytes:
    """A row of a kind with these properties."""
    head = f'{{"id":"{_id(kind)}","type":"{kind.arm_type}","name":"n1","location":"westeurope",'
    return head.encode() + b'"properties":' + properties + b"}"


def _id(kind: Kind) -> str:
    """An id that is well formed for a kind."""
    provider, *words = kind.arm_type.split("/")
    named = "/".join(f"{word}/n{number}" for number, word in enumerate(words))
    return f"{_GROUP}/providers/{provider}/{named}"
