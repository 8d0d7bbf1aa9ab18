"""Network interfaces, of virtual machines and of private endpoints."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.network import IpConfiguration, NetworkInterface
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import domain, texts


class LinkNames(Wire, frozen=True):
    """Names a private endpoint's address stands for."""

    fqdns: list[str | None] | None = None


class ConfigurationProperties(Wire, frozen=True):
    """One address of an interface."""

    address: str | None = msgspec.field(default=None, name="privateIPAddress")
    address_plain: str | None = msgspec.field(default=None, name="privateIpAddress")
    subnet: IdRef | None = None
    public_ip: IdRef | None = msgspec.field(default=None, name="publicIPAddress")
    public_ip_plain: IdRef | None = msgspec.field(default=None, name="publicIpAddress")
    application_security_groups: list[IdRef | None] | None = None
    primary: bool | None = None
    private_link_connection_properties: LinkNames | None = None


class DnsSettings(Wire, frozen=True):
    """DNS servers set on the interface, and those it really uses."""

    dns_servers: list[str | None] | None = None
    applied_dns_servers: list[str | None] | None = None


class Properties(Wire, frozen=True):
    """The properties of a network interface."""

    virtual_machine: IdRef | None = None
    private_endpoint: IdRef | None = None
    network_security_group: IdRef | None = None
    has_forwarding: bool | None = msgspec.field(default=None, name="enableIPForwarding")
    dns_settings: DnsSettings | None = None
    ip_configurations: list[Row[ConfigurationProperties] | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The interface."""
    found = row.properties or Properties()
    vm, endpoint, nsg = found.virtual_machine, found.private_endpoint, found.network_security_group
    dns = found.dns_settings
    arm_id, name, location, origin = edge.head(row)
    made = NetworkInterface(
        id=arm_id,
        name=name,
        location=location,
        origin=origin,
        vm=edge.ref(vm, "properties.virtualMachine.id") if vm else None,
        private_endpoint=edge.ref(endpoint, "properties.privateEndpoint.id") if endpoint else None,
        nsg=edge.ref(nsg, "properties.networkSecurityGroup.id") if nsg else None,
        has_ip_forwarding=found.has_forwarding is True,
        is_forwarding_stated=found.has_forwarding is not None,
        dns_servers=texts(dns.dns_servers) if dns else (),
        applied_dns_servers=texts(dns.applied_dns_servers) if dns else (),
        configurations=tuple(
            [_configuration(one, edge) for one in found.ip_configurations or () if one is not None]
        ),
    )
    return (made,)


_NOTHING = ConfigurationProperties()


def _configuration(row: Row[ConfigurationProperties], edge: Edge) -> IpConfiguration:
    found = row.properties or _NOTHING
    link = found.private_link_connection_properties
    public, groups = found.public_ip or found.public_ip_plain, found.application_security_groups
    return IpConfiguration(
        id=edge.fold(row.id, "properties.ipConfigurations.id"),
        address=edge.address(
            found.address or found.address_plain, "properties.ipConfigurations.privateIPAddress"
        ),
        subnet=edge.ref(found.subnet, "properties.ipConfigurations.subnet.id"),
        public_ip=(
            edge.ref(public, "properties.ipConfigurations.publicIPAddress.id") if public else None
        ),
        asgs=(
            edge.refs(groups, "properties.ipConfigurations.applicationSecurityGroups.id")
            if groups
            else ()
        ),
        is_primary=found.primary is not False,
        fqdns=tuple([domain(text) for text in texts(link.fqdns)]) if link else (),
    )


KIND = Kind(
    arm_type=NetworkInterface.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/networkInterfaces/read",
    summary="addresses, NSG, forwarding, DNS servers, application security groups",
)
