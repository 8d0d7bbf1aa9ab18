"""How much faults of one severity weigh against each other: by whom they hurt."""

from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology


class Hurt(NamedTuple):
    """The distinct servers and networks that faults name."""

    servers: tuple[ArmId, ...]
    networks: tuple[ArmId, ...]

    @property
    def order(self) -> tuple[int, int]:
        """The sort key that puts those first that hurt most."""
        return -len(self.servers), -len(self.networks)


def hurt(topology: Topology, named: Iterable[ArmId]) -> Hurt:
    """The servers among some resources, and the networks they are or lie in."""
    every = list(named)
    places = [place for one in every if (place := ancestor(one, "virtualnetworks"))]
    return Hurt(
        tuple(dict.fromkeys(one for one in every if topology.get(FlexibleServer, one))),
        tuple(dict.fromkeys(one for one in places if topology.get(VirtualNetwork, one))),
    )
