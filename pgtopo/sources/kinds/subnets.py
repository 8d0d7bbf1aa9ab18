"""Subnets, as nested in their network or as rows of their own."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.network import ServiceEndpoint, ServiceLink, Subnet
from pgtopo.sources.kind import Built, Edge, Kind, Row, region
from pgtopo.sources.shapes import (
    ServiceLinkProperties,
    SubnetProperties,
    present,
    texts,
)


def build(row: Row[SubnetProperties], edge: Edge) -> Iterable[Built]:
    """The subnet."""
    found = row.properties or SubnetProperties()
    head = edge.head(row)
    prefixes = _prefixes(found)
    yield Subnet(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        network=ancestor(head.id, "virtualnetworks") or parent_of(head.id),
        prefixes=prefixes,
        space=edge.space(prefixes, "properties.addressPrefixes"),
        nsg=edge.ref(found.network_security_group, "properties.networkSecurityGroup.id"),
        route_table=edge.ref(found.route_table, "properties.routeTable.id"),
        nat_gateway=edge.ref(found.nat_gateway, "properties.natGateway.id"),
        delegations=_delegations(found),
        service_endpoints=_service_endpoints(found),
        endpoint_policies=found.private_endpoint_network_policies or "",
        default_outbound=found.default_outbound_access,
        ip_configurations=edge.refs(found.ip_configurations, "properties.ipConfigurations.id"),
        private_endpoints=edge.refs(found.private_endpoints, "properties.privateEndpoints.id"),
        service_links=(
            *_links(found.service_association_links),
            *_links(found.resource_navigation_links),
        ),
    )


def _prefixes(found: SubnetProperties) -> tuple[str, ...]:
    """Both fields may be there and name the same range."""
    if not found.address_prefixes:
        return (found.address_prefix,) if found.address_prefix else ()
    return tuple(dict.fromkeys(texts((found.address_prefix, *found.address_prefixes))))


def _delegations(found: SubnetProperties) -> tuple[str, ...]:
    if not found.delegations:
        return ()
    return texts(
        one.properties.service_name for one in present(found.delegations) if one.properties
    )


def _service_endpoints(found: SubnetProperties) -> tuple[ServiceEndpoint, ...]:
    if not found.service_endpoints:
        return ()
    return tuple(
        ServiceEndpoint(one.service, tuple(region(text) for text in texts(one.locations)))
        for one in present(found.service_endpoints)
        if one.service
    )


def _links(
    rows: list[Row[ServiceLinkProperties] | None] | None,
) -> tuple[ServiceLink, ...]:
    return tuple(
        ServiceLink(one.properties.linked_resource_type or "", one.properties.link or "")
        for one in present(rows)
        if one.properties is not None
    )


KIND = Kind(
    arm_type=Subnet.KIND,
    shape=Row[SubnetProperties],
    build=build,
    permission="Microsoft.Network/virtualNetworks/subnets/read",
    summary="ranges, NSG, route table, NAT gateway, delegation, service endpoints",
)
