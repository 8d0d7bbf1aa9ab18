"""What joins two networks, asked once for all packets between them."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.connected_groups import is_connectivity_read
from pgtopo.analysis.networks.peerings import peering_to, subnet_lists
from pgtopo.analysis.way.walk_state import Walk
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Peering


class Peered:
    """How peerings treat packets of one direction, and whether connected groups were read."""

    def __init__(self, facts: Facts, *, is_return: bool) -> None:
        self._facts = facts
        self._is_return = is_return
        self._plain: dict[tuple[ArmId, ArmId], bool] = {}
        self._read: dict[ArmId, bool] = {}

    def is_read(self, network: ArmId) -> bool:
        """Whether the connected groups of a network were read."""
        known = self._read.get(network)
        if known is None:
            known = self._read[network] = is_connectivity_read(self._facts, network)
        return known

    def is_plain(self, network: ArmId, remote: ArmId) -> bool:
        """Whether a peering treats everything that crosses it alike, forwarded traffic apart."""
        known = self._plain.get((network, remote))
        if known is None:
            known = self._plain[network, remote] = self._treats_alike(network, remote)
        return known

    def _treats_alike(self, network: ArmId, remote: ArmId) -> bool:
        peering = peering_to(self._facts, network, remote)
        if peering is None:
            return True
        other = self._facts.topology.reverse_of(peering)
        if subnet_lists(self._facts, peering) is not None:
            return False
        if self._is_return:
            return True
        return peering.allows_access and (other is None or other.allows_access)

    def is_open(self, start: Walk, home: ArmId) -> bool:
        """Whether packets that may be forwarded meet a half that does not say if it takes them."""
        half = self.refusing(start, home)
        held = self._facts.topology.get(Peering, half) if half is not None else None
        return held is not None and not held.is_forwarded_stated

    def refusing(self, start: Walk, home: ArmId) -> ArmId | None:
        """The receiving half that accepts no forwarded traffic, where some may be forwarded."""
        if home == start.network or start.is_blind or not start.devices:
            return None
        peering = peering_to(self._facts, start.network, home)
        other = self._facts.topology.reverse_of(peering) if peering else None
        return other.id if other is not None and not other.allows_forwarded else None
