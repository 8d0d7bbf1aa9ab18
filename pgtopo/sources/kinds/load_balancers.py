"""Load balancers."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.model.network import Frontend, LoadBalancer
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Sku, Wire
from pgtopo.sources.shapes import present


class FrontendProperties(Wire, frozen=True):
    """One front end."""

    address: str | None = msgspec.field(default=None, name="privateIPAddress")
    subnet: IdRef | None = None
    public_ip: IdRef | None = msgspec.field(default=None, name="publicIPAddress")


class PoolMember(Wire, frozen=True):
    """A member of a pool that is given by address."""

    configuration: IdRef | None = msgspec.field(
        default=None, name="networkInterfaceIPConfiguration"
    )


class Pool(Wire, frozen=True):
    """A backend pool, by interface or by address."""

    configurations: list[IdRef | None] | None = msgspec.field(
        default=None, name="backendIPConfigurations"
    )
    load_balancer_backend_addresses: list[Row[PoolMember] | None] | None = None


class OutboundRule(Wire, frozen=True):
    """Which front ends a pool goes out by."""

    frontends: list[IdRef | None] | None = msgspec.field(
        default=None, name="frontendIPConfigurations"
    )


class Properties(Wire, frozen=True):
    """The properties of a load balancer."""

    frontends: list[Row[FrontendProperties] | None] | None = msgspec.field(
        default=None, name="frontendIPConfigurations"
    )
    backend_address_pools: list[Row[Pool] | None] | None = None
    outbound_rules: list[Row[OutboundRule] | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The load balancer."""
    found = row.properties or Properties()
    sku = row.sku or Sku()
    rules = [one.properties for one in present(found.outbound_rules) if one.properties]
    yield LoadBalancer(
        **edge.base(row),
        sku=sku.name or sku.name_capital or "",
        frontends=tuple(_frontend(one, edge) for one in present(found.frontends)),
        backends=_backends(found, edge),
        outbound_frontends=tuple(
            arm_id
            for rule in rules
            for arm_id in edge.refs(
                rule.frontends, "properties.outboundRules.frontendIPConfigurations.id"
            )
        ),
    )


def _frontend(row: Row[FrontendProperties], edge: Edge) -> Frontend:
    found = row.properties or FrontendProperties()
    path = "properties.frontendIPConfigurations"
    return Frontend(
        id=edge.fold(row.id, f"{path}.id"),
        address=edge.address(found.address, f"{path}.privateIPAddress"),
        subnet=edge.ref(found.subnet, f"{path}.subnet.id"),
        public_ip=edge.ref(found.public_ip, f"{path}.publicIPAddress.id"),
    )


def _backends(found: Properties, edge: Edge) -> tuple[ArmId, ...]:
    path = "properties.backendAddressPools.backendIPConfigurations.id"
    held: list[ArmId] = []
    for pool in present(found.backend_address_pools):
        if pool.properties is None:
            continue
        held.extend(edge.refs(pool.properties.configurations, path))
        members = present(pool.properties.load_balancer_backend_addresses)
        held.extend(
            edge.refs((one.properties.configuration for one in members if one.properties), path)
        )
    return tuple(dict.fromkeys(held))


KIND = Kind(
    arm_type=LoadBalancer.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/loadBalancers/read",
    is_assumed_none=True,
    summary="front ends, backend pools, outbound rules",
)
