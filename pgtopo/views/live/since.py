"""What is different between two looks at the same estate."""

from collections import Counter

import msgspec

from pgtopo.model.differences import differences
from pgtopo.model.dns import PrivateZone, ZoneLink
from pgtopo.model.ids import ArmId
from pgtopo.model.moments import minute
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import word_of
from pgtopo.views.signs import count

_MOST = 3
_FIRST = tuple(
    map(
        word_of,
        (
            FlexibleServer.KIND,
            VirtualNetwork.KIND,
            Subnet.KIND,
            Peering.KIND,
            NetworkSecurityGroup.KIND,
            RouteTable.KIND,
            PrivateZone.KIND,
            ZoneLink.KIND,
        ),
    )
)
"""Kinds that are told before all others."""
_KINDS = {"added": "new", "removed": "gone", "changed": "changed"}


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """The resources that differ."""

    moment: str
    """When the earlier look was taken."""
    added: tuple[ArmId, ...] = ()
    removed: tuple[ArmId, ...] = ()
    changed: tuple[ArmId, ...] = ()
    learned: int = 0
    """Resources of which the earlier look could not say whether they were there."""
    kinds: dict[ArmId, str] = msgspec.field(default_factory=dict)
    """What each of them is, in words."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def text(self) -> str:
        """The differences in one line, the most frequent first."""
        when = f"since {minute(self.moment)}" if self.moment else "since the last look"
        more = f"; {count(self.learned, 'more resource')} could be read" if self.learned else ""
        if not self:
            return f"Nothing changed {when}{more}"
        counts: Counter[tuple[str, str]] = Counter()
        for how in _KINDS:
            counts.update((self.kinds[one], how) for one in getattr(self, how))
        told = [
            f"{number:,} {word} {_KINDS[how]}"
            for (word, how), number in sorted(counts.items(), key=_weight)
        ]
        rest = f" and {len(told) - _MOST} more kinds" if len(told) > _MOST else ""
        return f"Changed {when}: {', '.join(told[:_MOST])}{rest}{more}"


def _weight(item: tuple[tuple[str, str], int]) -> tuple[int, int, str, str]:
    """What is told first: servers and what stands between them and clients, then by number."""
    (word, how), number = item
    rank = _FIRST.index(word) if word in _FIRST else len(_FIRST)
    return rank, -number, word, how


def since(before: Topology, after: Topology) -> Since:
    """What came, went and changed, except for what only one of them was allowed to read.

    Unknown when: a kind was not read at a place in either look; then nothing is said about it.
    """
    found = differences(before, after)
    changed = [now for _, now in found.changed]
    kinds = {one.id: word_of(type(one).KIND) for one in (*found.added, *found.removed, *changed)}
    return Since(
        moment=before.created_at,
        added=tuple(one.id for one in found.added),
        removed=tuple(one.id for one in found.removed),
        changed=tuple(one.id for one in changed),
        learned=found.learned,
        kinds=kinds,
    )
