"""Where a thing is attached: its interfaces and subnets."""

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology


def interfaces_of(topology: Topology, held: Resource | None) -> tuple[NetworkInterface, ...]:
    """An interface itself, or those of a machine that are in the data."""
    if isinstance(held, NetworkInterface):
        return (held,)
    if not isinstance(held, VirtualMachine):
        return ()
    found = (topology.get(NetworkInterface, nic) for nic in held.nics)
    return tuple(one for one in found if one is not None)


def subnets_of(topology: Topology, arm_id: ArmId) -> tuple[ArmId, ...]:
    """A subnet itself, or those that a server, an interface or a machine is in."""
    held = topology.find(arm_id)
    if isinstance(held, Subnet):
        return (held.id,)
    if isinstance(held, FlexibleServer):
        return (held.subnet,) if held.subnet else ()
    nics = interfaces_of(topology, held)
    return tuple(dict.fromkeys(c.subnet for nic in nics for c in nic.configurations if c.subnet))
