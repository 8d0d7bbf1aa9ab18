"""Paths to many ends, looked at for those ends only that a group of clients can come to at all.

Where names lead most clients to a few ends each, it costs far less to look at every group of
clients with its own ends than at all clients with all ends.
"""

from collections.abc import Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.network import Network
from pgtopo.analysis.way.crossing import Service

_MOST = 4
"""How often the ends may be looked at again in part before they are looked at as a whole."""


class Windows:
    """The networks between clients and ends, by the ends that are looked at."""

    def __init__(self, facts: Facts, ends: Ends, askers: Sequence[Asker], service: Service) -> None:
        self._facts = facts
        self._ends = ends
        self._askers = askers
        self._service = service
        self._known: dict[Mask, Network] = {}
        self._left = _MOST * ends.everyone.bit_count()
        self._is_whole_ready = False

    def whole(self) -> Network:
        """The network with all ends, ready for every client."""
        known = self._of(self._ends.everyone)
        if not self._is_whole_ready:
            self._is_whole_ready = True
            known.admit(self._askers)
        return known

    def of(self, mask: Mask) -> Network:
        """The network with at least some ends."""
        held = mask & self._ends.everyone
        known = self._known.get(held)
        if known is not None:
            return known
        self._left -= held.bit_count()
        return self._of(held) if self._left >= 0 else self.whole()

    def admit(self, mask: Mask, askers: Sequence[Asker]) -> None:
        """Get ready for some clients that ask for some ends."""
        if mask & self._ends.everyone:
            self.of(mask).admit(askers)

    def _of(self, held: Mask) -> Network:
        known = self._known.get(held)
        if known is None:
            known = Network(self._facts, self._ends.only(held), self._service)
            self._known[held] = known
        return known

    def classes(self) -> int:
        """How many classes of routes the answers so far were made from."""
        return sum(one.classes() for one in self._known.values())
