"""Private zones with the servers that keep their names there, their links and records."""

from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.forest import Node, Role
from pgtopo.views.groupings.planter import Planter
from pgtopo.views.sort_keys import by_name


def plant(topology: Topology) -> list[Node]:
    """The nodes of the estate by zone."""
    planter = Planter(topology)
    zones = topology.all(PrivateZone)
    for zone in sorted(zones, key=lambda z: (not topology.servers_of_zone(z.id), by_name(z))):
        planter.add(0, Role.ZONE, zone.id)
        _inside(planter, zone.id)
    unseen: dict[ArmId, None] = {}
    nameless: list[FlexibleServer] = []
    for server in topology.all(FlexibleServer):
        if server.zone is None:
            nameless.append(server)
        elif topology.find(server.zone) is None:
            unseen[server.zone] = None
    for wanted in unseen:
        planter.add(0, Role.ZONE, wanted, kind=PrivateZone.KIND)
        _inside(planter, wanted)
    if nameless:
        planter.add(0, Role.FOLDER, "", "servers without a private zone")
        planter.each(1, Role.SERVER, nameless)
    return planter.nodes


def _inside(planter: Planter, zone: ArmId) -> None:
    planter.each(1, Role.SERVER, planter.topology.servers_of_zone(zone))
    planter.links(1, zone)
    planter.each(1, Role.RECORD, planter.topology.records_of(zone))
