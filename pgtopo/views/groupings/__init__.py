"""The four ways to arrange an estate as a tree."""

from pgtopo.model.topology import Topology
from pgtopo.views.cycle import Cycle
from pgtopo.views.forest import Forest


class Grouping(Cycle):
    """By what the tree is arranged."""

    NETWORK = "network"
    SUBSCRIPTION = "subscription"
    SERVER = "server"
    ZONE = "zone"


def grow(topology: Topology, grouping: Grouping) -> Forest:
    """The tree of an estate in one grouping."""
    from pgtopo.views.groupings import by_network, by_server, by_subscription, by_zone

    planters = {
        Grouping.NETWORK: by_network.plant,
        Grouping.SUBSCRIPTION: by_subscription.plant,
        Grouping.SERVER: by_server.plant,
        Grouping.ZONE: by_zone.plant,
    }
    return Forest(planters[grouping](topology))
