"""Holds the engine's parts against the oracle's addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pgtopo.analysis.clients.clients import client_of, find_client, subnet_client
from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, dns_verdict, network_verdict, part_verdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Part, Verdict
from pgtopo.model.ids import fold, name_of
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.server import FlexibleServer
from tests.oracle.estates import RESOLVER, Made
from tests.oracle.filters import End
from tests.oracle.path import Found, judge
from tests.oracle.rows import Estate, Net, low, nets
from tests.oracle.tags import gateway_prefixes


@dataclass(frozen=True)
class Disagreement:
    """One address for which engine and oracle differ."""

    client: str
    address: str
    server: str
    engine: tuple[str, str, str]
    oracle: tuple[str, str, str]
    steps: str
    blocked: frozenset[str]


def disagreements(made: Made) -> tuple[int, list[Disagreement]]:
    """How many addresses were asked about, and those with two answers."""
    facts = Facts(made.world.topology())
    estate = Estate(made.world.rows, made.world.coverage)
    asked, found = 0, []
    for client, end in _clients(facts, made):
        for server_id in made.servers:
            server = facts.topology.get(FlexibleServer, fold(server_id))
            assert server is not None
            verdict = trace(facts, client, server)
            for address in _samples(estate, end, verdict):
                asked += 1
                said = judge(estate, end, address, low(server_id))
                part = _part_of(verdict, address)
                if _words(part) != (said.dns, said.network, said.total):
                    found.append(_difference(end, address, server_id, part, said))
    return asked, found


def disagreements_on_premises(made: Made) -> tuple[int, list[Disagreement]]:
    """The same for clients behind the gateway of the hub, which ask its resolver."""
    facts = Facts(made.world.topology())
    estate = Estate(made.world.rows, made.world.coverage)
    asked, found = 0, []
    gateway = f"{low(made.networks[0])}/subnets/gatewaysubnet"
    end = End(gateway, is_service=True, is_gateway=True)
    for net in gateway_prefixes(estate, low(made.networks[0])):
        first = int(net.network_address) + 256
        client = find_client(facts, f"onprem:{Net((first, 24))}")
        for server_id in made.servers:
            server = facts.topology.get(FlexibleServer, fold(server_id))
            assert server is not None
            verdict = trace(facts, client, server, client_dns=RESOLVER)
            said = judge(estate, end, first, low(server_id), client_dns=RESOLVER)
            part = _part_of(verdict, first)
            if said.is_public:
                continue
            asked += 1
            if _words(part) != (said.dns, said.network, said.total):
                found.append(_difference(end, first, server_id, part, said))
    return asked, found


def _clients(facts: Facts, made: Made) -> Iterator[tuple[Client, End]]:
    for nic_id in made.machines:
        nic = facts.topology.get(NetworkInterface, fold(nic_id))
        if nic is not None:
            yield client_of(facts, nic), End(low(nic.configurations[0].subnet), nic=low(nic_id))
    for one in made.clients:
        subnet = facts.topology.get(Subnet, fold(one))
        assert subnet is not None
        yield subnet_client(facts, subnet), End(low(one))


def _samples(estate: Estate, end: End, verdict: PathVerdict) -> list[int]:
    """The ends of every part, and a few addresses more: none that Azure keeps for itself."""
    found = set()
    for part in verdict.parts:
        for span in part.addresses:
            found |= {span[0], span[1]}
    if end.nic:
        return sorted(found)
    for net in estate.ranges(end.subnet):
        first, final = int(net.network_address), int(net.broadcast_address)
        found |= {first + 4, final - 1, first + 9, first + 64, first + 139}
    return sorted(one for one in found if _is_usable(estate, end.subnet, one))


def _is_usable(estate: Estate, subnet: str, address: int) -> bool:
    return any(
        int(net.network_address) + 4 <= address < int(net.broadcast_address)
        for net in estate.ranges(subnet)
    )


def _part_of(verdict: PathVerdict, address: int) -> Part:
    holding = [part for part in verdict.parts if address in part.addresses]
    assert len(holding) == 1, f"{len(holding)} parts hold one address"
    return holding[0]


def _words(part: Part) -> tuple[str, str, str]:
    return _text(dns_verdict(part)), _text(network_verdict(part)), _text(part_verdict(part))


def _text(verdict: Verdict) -> str:
    return str(verdict.value)


def _difference(end: End, address: int, server_id: str, part: Part, said: Found) -> Disagreement:
    import ipaddress

    steps = [f"{s.stage.value}={s.verdict.value}:{s.code}" for s in part.steps]
    return Disagreement(
        name_of(end.subnet),
        str(ipaddress.IPv4Address(address)),
        name_of(server_id),
        _words(part),
        (said.dns, said.network, said.total),
        " ".join(one for one in steps if "allowed:OK" not in one),
        said.blocked,
    )


__all__ = ["Disagreement", "disagreements", "nets"]
