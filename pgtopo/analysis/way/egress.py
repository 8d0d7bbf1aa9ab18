"""Under which public address packets of a subnet leave for the internet.

Azure rule: the NAT gateway of the subnet comes first, then the interface's own public address,
then a load balancer's outbound rule, then an address lent by Azure unless the subnet has default
outbound access switched off ("Default outbound access in Azure", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption, Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet, parse_address, parse_prefix
from pgtopo.model.network import (
    IpConfiguration,
    LoadBalancer,
    NatGateway,
    NetworkInterface,
    PublicIp,
    PublicIpPrefix,
    Subnet,
)


class Egress(msgspec.Struct, frozen=True, kw_only=True):
    """The public side of some packets."""

    addresses: SpanSet = EMPTY
    """Every address they may show, where known."""
    is_known: bool = False
    is_azure: bool = True
    """The addresses belong to Azure."""
    is_cut: bool = False
    """Nothing leaves for the internet."""
    text: str = ""
    evidence: Evidence | None = None
    assumptions: tuple[Assumption, ...] = ()


def subnet_egress(facts: Facts, part: ClientPart) -> list[tuple[SpanSet, Egress]]:
    """A part of a subnet split by the public address its packets show.

    Unknown when: `is_known` is false: the address is lent by Azure, or its row was not read.
    """
    subnet = facts.topology.get(Subnet, part.subnet)
    if subnet is None:
        return [(part.addresses, Egress(text="The client's subnet is not in the data."))]
    if subnet.nat_gateway is not None:
        return [(part.addresses, _nat(facts, subnet.nat_gateway))]
    shares: list[tuple[SpanSet, Egress]] = []
    left = part.addresses
    for nic in facts.topology.nics_in(subnet.id):
        for configuration in nic.configurations:
            own = _own(facts, nic, configuration)
            if own is None or configuration.address is None or configuration.subnet != subnet.id:
                continue
            held = left & SpanSet.of(configuration.address)
            if held:
                shares.append((held, own))
                left = left - held
    if left:
        shares.append((left, _lent(facts, subnet, part)))
    return shares


def _nat(facts: Facts, gateway_id: ArmId) -> Egress:
    gateway = facts.topology.get(NatGateway, gateway_id)
    seen = Evidence(gateway_id, "properties.publicIpAddresses", value=None)
    text = f"Packets leave through NAT gateway {called(facts, gateway_id)}."
    if gateway is None:
        return Egress(text=f"{text} It was not read.", evidence=seen)
    addresses, is_known = public_addresses(facts, gateway.public_ips)
    for prefix_id in gateway.public_prefixes:
        prefix = facts.topology.get(PublicIpPrefix, prefix_id)
        span = parse_prefix(prefix.prefix) if prefix else None
        if span is None:
            is_known = False
        else:
            addresses |= SpanSet([span])
    seen = Evidence(gateway_id, "properties.publicIpAddresses", tuple(addresses.cidrs()))
    return Egress(
        addresses=addresses, is_known=is_known and bool(addresses), text=text, evidence=seen
    )


def public_addresses(facts: Facts, ids: tuple[ArmId, ...]) -> tuple[SpanSet, bool]:
    """The addresses of public IP resources, and whether all of them are known."""
    found: list[tuple[int, int]] = []
    is_known = True
    for ip_id in ids:
        public = facts.topology.get(PublicIp, ip_id)
        address = parse_address(public.address) if public else None
        if address is None:
            is_known = False
        else:
            found.append((address, address))
    return SpanSet(found), is_known


def _own(facts: Facts, nic: NetworkInterface, configuration: IpConfiguration) -> Egress | None:
    """An interface's own public address, or that of the load balancer behind which it sits."""
    if configuration.public_ip is not None:
        addresses, is_known = public_addresses(facts, (configuration.public_ip,))
        return Egress(
            addresses=addresses,
            is_known=is_known,
            text=f"Packets leave with the public address of interface {nic.name}.",
            evidence=Evidence(nic.id, "properties.ipConfigurations.publicIPAddress.id", nic.id),
        )
    return _balanced(facts, configuration)


def _balanced(facts: Facts, configuration: IpConfiguration) -> Egress | None:
    if configuration.id is None:
        return None
    behind = facts.topology.index("balancers by backend", LoadBalancer, lambda b: b.backends)
    for balancer in behind.get(configuration.id, ()):
        fronts = [f for f in balancer.frontends if f.id in balancer.outbound_frontends]
        ids = tuple(f.public_ip for f in fronts if f.public_ip is not None)
        if ids:
            addresses, is_known = public_addresses(facts, ids)
            return Egress(
                addresses=addresses,
                is_known=is_known,
                text=f"Packets leave by the outbound rule of load balancer {balancer.name}.",
                evidence=Evidence(balancer.id, "properties.outboundRules", value=None),
            )
    return None


def _lent(facts: Facts, subnet: Subnet, part: ClientPart) -> Egress:
    seen = Evidence(subnet.id, "properties.defaultOutboundAccess", subnet.default_outbound)
    notes: tuple[Assumption, ...] = ()
    is_read = facts.topology.coverage.is_read(NetworkInterface.KIND, subnet.id)
    if part.is_whole_subnet or not is_read:
        notes = (assume("NIC_PUBLIC_ADDRESS"),)
    if subnet.default_outbound is False:
        text = (
            f"Subnet {subnet.name} has no way out to the internet: default outbound access is off,"
            " and there is no NAT gateway or public address."
        )
        return Egress(is_cut=True, text=text, evidence=seen, assumptions=notes)
    text = f"Packets of subnet {subnet.name} leave with an address lent by Azure."
    return Egress(text=text, evidence=seen, assumptions=(assume("DEFAULT_OUTBOUND_ADDRESS"),))
