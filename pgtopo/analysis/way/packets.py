"""Whether packets for one address get there and back, for things other than servers.

Azure rule: DNS over a network's own servers is ordinary traffic: filters, routes and peerings
apply to it ("Name resolution for resources in Azure virtual networks", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.analysis.routes.next_hops import DeviceKind, device_at
from pgtopo.analysis.shares import Shares, in_order, verdict_of
from pgtopo.analysis.verdict import Assumption, Evidence, Step, Verdict, worst
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.reach import private_path
from pgtopo.analysis.way.walk_state import Target, TargetKind
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.network import NetworkInterface, Subnet


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Whether packets are delivered, folded over all of the asker's addresses."""

    verdict: Verdict
    code: str = "OK"
    text: str = ""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    steps: tuple[Step, ...] = ()


def deliver(
    facts: Facts,
    source: ClientPart,
    destination: int,
    protocol: str = "udp",
    port: int = 53,
    *,
    subnet: ArmId | None = None,
) -> Delivery:
    """Whether packets from a part of a client get to an address and the answers back.

    `subnet` is where the address sits, if the caller knows; otherwise it is looked for in the
    networks that the source reaches directly, then in the whole estate.

    Unknown when: nothing in the data owns the address and no filter or user-defined route
    settles it, or something on the way was not read; also where some of the source's addresses
    get through and others do not.
    """
    key = (source, destination, protocol, port, subnet)
    return facts.once(
        "delivery",
        key,
        lambda: _folded(deliveries(facts, source, destination, (protocol, port), subnet=subnet)),
    )


def deliveries(
    facts: Facts,
    source: ClientPart,
    destination: int,
    service: Service,
    *,
    subnet: ArmId | None = None,
) -> Shares:
    """The same before folding: the source's addresses split by how their packets fare."""
    key = (source, destination, service, subnet)
    return facts.once(
        "deliveries",
        key,
        lambda: private_path(facts, source, _target(facts, source, destination, subnet), service),
    )


def _folded(shares: Shares) -> Delivery:
    verdicts = [verdict_of(steps) for _, steps in shares]
    is_mixed = Verdict.BLOCKED in verdicts and len(set(verdicts)) > 1
    verdict = Verdict.UNKNOWN if is_mixed else worst(verdicts)
    steps = in_order(tuple(step for _, found in shares for step in found))
    wanted = (Verdict.BLOCKED, Verdict.UNKNOWN) if is_mixed else (verdict,)
    decisive = next((s for s in steps if s.verdict in wanted), None)
    notes = [note for step in steps for note in step.assumptions]
    return Delivery(
        verdict=verdict,
        code=decisive.code if decisive else "OK",
        text=decisive.text if decisive else "",
        decided_by=decisive.decided_by if decisive else None,
        evidence=decisive.evidence if decisive else (),
        assumptions=tuple(dict.fromkeys(notes)),
        steps=steps,
    )


def _target(facts: Facts, source: ClientPart, destination: int, subnet: ArmId | None) -> Target:
    home = subnet or _subnet_near(facts, source.network, destination)
    return host_at(facts, destination, home)


def host_at(facts: Facts, destination: int, home: ArmId | None) -> Target:
    """What has an address in a subnet; nobody where the subnet is not known."""
    addresses = SpanSet.of(destination)
    network = network_id(facts, home)
    if home is None or network is None:
        return Target(kind=TargetKind.NOBODY, addresses=addresses)
    nics = tuple(
        nic.id
        for nic in facts.topology.nics_in(home)
        if any(c.address == destination for c in nic.configurations)
    )
    return Target(
        kind=TargetKind.HOST, addresses=addresses, subnet=home, network=network, nics=nics
    )


def _subnet_near(facts: Facts, network: ArmId | None, address: int) -> ArmId | None:
    """The subnet of the nearest network that holds an address; None where that is ambiguous."""
    if network is not None:
        device = device_at(facts, network, address)
        if device.kind is not DeviceKind.OUT_OF_REACH and device.subnet is not None:
            return device.subnet
    held = [s.id for s in facts.topology.all(Subnet) if address in s.space]
    owned = {
        c.subnet
        for nic in facts.topology.all(NetworkInterface)
        for c in nic.configurations
        if c.address == address and c.subnet in held
    }
    if len(owned) == 1:
        return owned.pop()
    return held[0] if len(held) == 1 else None
