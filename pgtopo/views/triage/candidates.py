"""What an end of an incident can be searched among."""

from collections.abc import Iterator
from typing import NamedTuple

from pgtopo.analysis.clients.parts import client_subnets
from pgtopo.analysis.servers.host_names import endpoint_names, server_fqdn
from pgtopo.model.net import format_address
from pgtopo.model.network import NetworkInterface, VirtualMachine, VirtualNetwork
from pgtopo.model.server import FlexibleServer, VirtualEndpoint
from pgtopo.views.desk import Desk
from pgtopo.views.literal import printable


class Candidate(NamedTuple):
    """One end that can be chosen."""

    text: str
    value: str
    """As on the command line."""


def clients(desk: Desk) -> list[Candidate]:
    """Machines, subnets and networks."""
    return [*_machines(desk), *_subnets(desk), *_networks(desk)]


def servers(desk: Desk) -> list[Candidate]:
    """Servers and the names of virtual endpoints."""
    facts = desk.facts
    found = [
        Candidate(printable(f"{server_fqdn(facts, one)}  {one.mode.value}"), desk.spelled(one.id))
        for one in desk.topology.all(FlexibleServer)
    ]
    for endpoint in desk.topology.all(VirtualEndpoint):
        found += [
            Candidate(printable(f"{name}  virtual endpoint"), name)
            for name in endpoint_names(facts, endpoint)
        ]
    return found


def _machines(desk: Desk) -> Iterator[Candidate]:
    addresses: dict[str, list[str]] = {}
    for nic in desk.topology.all(NetworkInterface):
        for one in nic.configurations:
            if nic.vm is not None and one.address is not None:
                addresses.setdefault(nic.vm, []).append(format_address(one.address))
    for machine in desk.topology.all(VirtualMachine):
        held = ", ".join(addresses.get(machine.id, ()))
        yield Candidate(printable(f"{machine.name}  machine {held}"), desk.spelled(machine.id))


def _subnets(desk: Desk) -> Iterator[Candidate]:
    for subnet in client_subnets(desk.facts):
        network = desk.topology.network_of(subnet.id)
        place = f"{network.name}/{subnet.name}" if network is not None else subnet.name
        text = f"{place}  subnet {', '.join(subnet.prefixes[:2])}"
        yield Candidate(printable(text), desk.spelled(subnet.id))


def _networks(desk: Desk) -> Iterator[Candidate]:
    for one in desk.topology.all(VirtualNetwork):
        yield Candidate(printable(f"{one.name}  network"), desk.spelled(one.id))
