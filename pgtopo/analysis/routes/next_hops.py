"""What stands at the next hop address of a route.

Azure rule: the address must be directly reachable, in the own or a peered network; a virtual
machine there needs IP forwarding on its interface ("Virtual network traffic routing").
"""

from collections.abc import Iterable
from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate
from pgtopo.analysis.networks.peerings import (
    Usable,
    are_peerings_known,
    network_id,
    peering_state,
    routed_space,
)
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet, format_address
from pgtopo.model.network import (
    LoadBalancer,
    NetworkInterface,
    Peering,
    Subnet,
    VirtualMachine,
    VirtualNetwork,
)
from pgtopo.model.settings import ApplianceFact


class DeviceKind(Enum):
    """What a next hop turned out to be."""

    FIREWALL = "Azure Firewall"
    MACHINE = "network appliance"
    BALANCER = "load balancer in front of network appliances"
    UNOWNED = "nothing"
    UNSEEN = "something that was not read"
    OUT_OF_REACH = "an address out of reach"


class Exit(msgspec.Struct, frozen=True, kw_only=True):
    """One subnet by which packets may leave a machine with several interfaces."""

    subnet: ArmId
    nics: tuple[ArmId, ...]
    sources: SpanSet
    """What packets show as source there where the machine translates."""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """The thing at a next hop address."""

    kind: DeviceKind
    address: int
    id: ArmId | None = None
    name: str = ""
    """As Azure spells it."""
    note: str = ""
    """Why it is open what has the address, where that is not for want of reading."""
    seen: Evidence | None = None
    """What shows that the thing has the address."""
    network: ArmId | None = None
    subnet: ArmId | None = None
    peering: ArmId | None = None
    """The peering on the way there; None in the own network."""
    nics: tuple[ArmId, ...] = ()
    sources: SpanSet = EMPTY
    """What it shows as source where it translates."""
    exits: tuple[Exit, ...] = ()
    """Where packets may leave it, where that is not only the subnet they came in by."""
    fault: str = ""
    """A code where it cannot forward at all."""
    fault_evidence: Evidence | None = None
    is_fault_sure: bool = True
    """False where its row does not state what the fault would be."""

    @property
    def gate(self) -> Gate | None:
        """The filters in front of an appliance."""
        if self.subnet is None or self.network is None:
            return None
        return Gate(subnet=self.subnet, network=self.network, nics=self.nics)


def device_at(facts: Facts, network: ArmId, address: int) -> Device:
    """What a route's next hop address leads to, seen from a network."""
    return facts.once("device", (network, address), lambda: _device(facts, network, address))


def stated(facts: Facts, address: int) -> ApplianceFact | None:
    """What the settings file says about an appliance."""
    text = format_address(address)
    return next((a for a in facts.settings.appliances if a.address == text), None)


def _device(facts: Facts, network: ArmId, address: int) -> Device:
    held = facts.topology.get(VirtualNetwork, network)
    if held is not None and address in held.space:
        return _owner(facts, network, address, None)
    leading = [
        one
        for one in facts.topology.peerings_of(network)
        if one.remote is not None and _leads_there(facts, one, address)
    ]
    if len({one.remote for one in leading}) > 1:
        names = " and ".join(called(facts, one.id) for one in leading)
        note = f"lies in a range that peerings {names} both claim"
        return Device(kind=DeviceKind.UNSEEN, address=address, note=note)
    for peering in leading:
        if peering.remote is None:
            continue
        if facts.topology.get(VirtualNetwork, peering.remote) is None:
            return Device(
                kind=DeviceKind.UNSEEN,
                address=address,
                network=peering.remote,
                peering=peering.id,
            )
        return _owner(facts, peering.remote, address, peering.id)
    kind = DeviceKind.OUT_OF_REACH if are_peerings_known(facts, network) else DeviceKind.UNSEEN
    return Device(kind=kind, address=address)


def _leads_there(facts: Facts, peering: Peering, address: int) -> bool:
    usable = peering_state(facts, peering).usable
    return usable is not Usable.NO and address in routed_space(facts, peering)


def _owner(facts: Facts, network: ArmId, address: int, peering: ArmId | None) -> Device:
    found = _owners(facts).get((network, address)) or _machine_at(facts, network, address)
    if found is not None:
        return msgspec.structs.replace(found, peering=peering)
    coverage = facts.topology.coverage
    # What lies in a subnet that is not known is not found at the network either.
    kinds = (NetworkInterface.KIND, AzureFirewall.KIND, LoadBalancer.KIND, Subnet.KIND)
    is_read = all(coverage.is_read(kind, network) for kind in kinds)
    kind = DeviceKind.UNOWNED if is_read else DeviceKind.UNSEEN
    subnet = next((s.id for s in facts.topology.subnets_of(network) if address in s.space), None)
    return Device(kind=kind, address=address, network=network, subnet=subnet, peering=peering)


def _owners(facts: Facts) -> dict[tuple[ArmId, int], Device]:
    return facts.once("device owners", 0, lambda: _build(facts))


def _build(facts: Facts) -> dict[tuple[ArmId, int], Device]:
    found: dict[tuple[ArmId, int], Device] = {}
    for device in (*_firewalls(facts), *_balancers(facts)):
        if device.network is not None:
            found.setdefault((device.network, device.address), device)
    return found


def _firewalls(facts: Facts) -> list[Device]:
    return [
        Device(
            kind=DeviceKind.FIREWALL,
            address=address,
            id=firewall.id,
            name=firewall.name,
            seen=_held(firewall.id, "ipConfigurations", address),
            network=network_id(facts, subnet),
            subnet=subnet,
            sources=_space(facts, subnet),
        )
        for firewall in facts.topology.all(AzureFirewall)
        for address in firewall.addresses
        for subnet in firewall.subnets[:1]
    ]


def _held(owner: ArmId, kind: str, address: int) -> Evidence:
    path = f"properties.{kind}[].properties.privateIPAddress"
    return Evidence(owner, path, format_address(address))


def _space(facts: Facts, subnet: ArmId) -> SpanSet:
    found = facts.topology.get(Subnet, subnet)
    return found.space if found else EMPTY


def _exits(facts: Facts, nics: Iterable[NetworkInterface]) -> tuple[Exit, ...]:
    """The subnets by which packets may leave the machines of some interfaces.

    Azure rule: which interface a machine sends by is the business of its own routes ("Create a
    virtual machine with multiple network interfaces", Microsoft Learn).
    """
    found: dict[ArmId, list[NetworkInterface]] = {}
    for nic in (one for held in nics for one in _siblings(facts, held)):
        for configuration in nic.configurations:
            if configuration.subnet is not None and network_id(facts, configuration.subnet):
                found.setdefault(configuration.subnet, []).append(nic)
    return tuple(
        Exit(
            subnet=subnet,
            nics=tuple(dict.fromkeys(nic.id for nic in held)),
            sources=SpanSet(
                (c.address, c.address)
                for nic in held
                for c in nic.configurations
                if c.address is not None and c.subnet == subnet
            ),
        )
        for subnet, held in sorted(found.items())
    )


def _several(exits: tuple[Exit, ...], subnet: ArmId) -> tuple[Exit, ...]:
    return () if {one.subnet for one in exits} <= {subnet} else exits


def _siblings(facts: Facts, nic: NetworkInterface) -> list[NetworkInterface]:
    """The interfaces of a machine that forward, the one at hand included."""
    if nic.vm is None:
        return [nic]
    by_machine = facts.topology.index("nics by machine", NetworkInterface, lambda n: (n.vm,))
    held = by_machine.get(nic.vm, [])
    return [one for one in held if one.has_ip_forwarding or one.id == nic.id]


def _machine_at(facts: Facts, network: ArmId, address: int) -> Device | None:
    """The machine with an address in a network: the first interface that has it."""
    held = facts.once("addresses of interfaces", 0, lambda: _by_address(facts))
    found = (one for one in held.get(address, ()) if network_id(facts, one[1]) == network)
    nic, subnet = next(found, (None, None))
    if nic is None or subnet is None:
        return None
    key = (nic.id, subnet, address)
    return facts.once("machine at", key, lambda: _machine(facts, nic, subnet, address))


def _by_address(facts: Facts) -> dict[int, list[tuple[NetworkInterface, ArmId]]]:
    found: dict[int, list[tuple[NetworkInterface, ArmId]]] = {}
    for nic in facts.topology.all(NetworkInterface):
        for one in nic.configurations:
            if one.address is not None and one.subnet is not None:
                found.setdefault(one.address, []).append((nic, one.subnet))
    return found


def _machine(facts: Facts, nic: NetworkInterface, subnet: ArmId, address: int) -> Device:
    fault, seen, is_sure = _fault(facts, nic)
    return Device(
        kind=DeviceKind.MACHINE,
        address=address,
        id=nic.vm or nic.id,
        name=called(facts, nic.vm or nic.id),
        seen=_held(nic.id, "ipConfigurations", address),
        network=network_id(facts, subnet),
        subnet=subnet,
        nics=(nic.id,),
        sources=SpanSet(
            (c.address, c.address) for c in nic.configurations if c.address is not None
        ),
        exits=_several(_exits(facts, (nic,)), subnet),
        fault=fault,
        fault_evidence=seen,
        is_fault_sure=is_sure,
    )


def _fault(facts: Facts, nic: NetworkInterface) -> tuple[str, Evidence | None, bool]:
    """What keeps an interface from forwarding, what shows it, and whether that is sure."""
    if nic.is_forwarding_stated and not nic.has_ip_forwarding:
        return _deaf(nic)
    machine = facts.topology.get(VirtualMachine, nic.vm)
    power = machine.power_state.lower() if machine else ""
    if power.endswith(("deallocated", "stopped")) and machine:
        seen = Evidence(machine.id, "properties.extended.instanceView.powerState", power)
        return "APPLIANCE_STOPPED", seen, True
    return ("", None, True) if nic.has_ip_forwarding else _deaf(nic)


def _deaf(nic: NetworkInterface) -> tuple[str, Evidence | None, bool]:
    """An interface of which nothing says that it forwards."""
    value = False if nic.is_forwarding_stated else None
    seen = Evidence(nic.id, "properties.enableIPForwarding", value)
    return "APPLIANCE_NOT_FORWARDING", seen, nic.is_forwarding_stated


def _balancers(facts: Facts) -> list[Device]:
    by_configuration = facts.topology.index(
        "nics by configuration", NetworkInterface, lambda n: (c.id for c in n.configurations)
    )
    devices = []
    for balancer in facts.topology.all(LoadBalancer):
        nics = [nic for back in balancer.backends for nic in by_configuration.get(back, ())]
        faults = [_fault(facts, nic) for nic in nics]
        is_dead = bool(faults) and all(fault for fault, _, _ in faults)
        worst = min(faults, key=lambda one: one[2]) if is_dead else ("", None, True)
        own = SpanSet(
            (c.address, c.address) for n in nics for c in n.configurations if c.address is not None
        )
        for front in balancer.frontends:
            if front.address is None or front.subnet is None:
                continue
            device = Device(
                kind=DeviceKind.BALANCER,
                address=front.address,
                id=balancer.id,
                name=balancer.name,
                seen=_held(balancer.id, "frontendIPConfigurations", front.address),
                network=network_id(facts, front.subnet),
                subnet=front.subnet,
                sources=own or SpanSet.of(front.address),
                exits=_several(_exits(facts, nics), front.subnet),
                fault=worst[0],
                fault_evidence=worst[1],
                is_fault_sure=worst[2],
            )
            devices.append(device)
    return devices
