"""A network that was taken over from elsewhere, with servers nobody would build so today."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault
from tests.estates.contoso.plan import CONNECTIVITY, NONPROD, PRIVATELINK, WEU
from tests.estates.contoso.prod_weu import CALLERS
from tests.estates.contoso.spokes import (
    NONPROD_TAGS,
    Spoke,
    add_clients,
    add_server,
    add_server_subnet,
    add_spoke,
    add_zone,
    client_routes,
)
from tests.estates.rows import arm_id, route

_PREFIX = "10.22.48.0/20"
_GROUP = "rg-legacy-weu"
_VNET = arm_id(NONPROD, _GROUP, "Microsoft.Network/virtualNetworks", "vnet-legacy-weu")


def _spoke(estate: Contoso) -> Spoke:
    """The network itself, made when it is first asked for."""
    world, hub = estate.world, estate.hub_weu
    if world.has(_VNET):
        return Spoke(_VNET, "legacy", hub, "weu")
    world.resource_group(NONPROD, _GROUP, location=WEU)
    with world.at(NONPROD, _GROUP, WEU):
        spoke = add_spoke(world, hub, "legacy", _PREFIX)
        table = world.route_table("rt-app-legacy-weu", *client_routes(hub))
        add_clients(world, spoke, "snet-app-legacy", "10.22.48.0/24", "vm-legacy-01", table=table)
    zone = arm_id(CONNECTIVITY, "rg-dns-global", "Microsoft.Network/privateDnsZones", PRIVATELINK)
    world.link(zone, spoke.vnet)
    gateway = str(world.properties(hub.gateway_subnet)["routeTable"]["id"])
    made = route("to-legacy", _PREFIX, "VirtualAppliance", hub.firewall)
    world.properties(gateway)["routes"].append(
        made | {"id": f"{gateway}/routes/to-legacy", "type": "Microsoft.Network/routeTables/routes"}
    )
    return spoke


def _zone(estate: Contoso, spoke: Spoke, name: str) -> str:
    with estate.world.at(NONPROD, "rg-dns-nonprod"):
        zone = estate.world.zone(name)
    for network in (spoke.vnet, estate.hub_weu.vnet):
        estate.world.link(zone, network)
    return zone


def _shared_zone(estate: Contoso, spoke: Spoke) -> str:
    name = "legacy.private.postgres.database.azure.com"
    zone = arm_id(NONPROD, "rg-dns-nonprod", "Microsoft.Network/privateDnsZones", name)
    if estate.world.has(zone):
        return zone
    networks = (spoke.vnet, estate.hub_weu.vnet)
    return add_zone(estate.world, "legacy", "rg-dns-nonprod", NONPROD, *networks)


def _server(
    estate: Contoso, name: str, subnet: str, prefix: str, zone: str | None
) -> tuple[str, str, str]:
    """A server in a new subnet: its id, its subnet's and its zone's."""
    spoke = _spoke(estate)
    zone = zone or _shared_zone(estate, spoke)
    with estate.world.at(NONPROD, _GROUP, WEU):
        subnet_id = add_server_subnet(estate.world, spoke, subnet, prefix, CALLERS)
        address = f"{prefix.split('/', maxsplit=1)[0].rsplit('.', 1)[0]}.4"
        tags = NONPROD_TAGS | {"workload": "legacy"}
        server = add_server(estate.world, name, subnet_id, zone, address, tags=tags)
    return server, subnet_id, zone


def wrong_suffix(estate: Contoso) -> Fault:
    """A zone that the service would refuse."""
    zone = _zone(estate, _spoke(estate), "stock.contoso.internal")
    server, _, _ = _server(estate, "psql-stock-legacy-weu", "snet-pg-stock", "10.22.52.0/28", zone)
    return Fault(
        "PGT107",
        server,
        "Its zone is called stock.contoso.internal, not ...postgres.database.azure.com.",
        "The name resolves as long as nobody touches the zone; updates of the server fail.",
        (zone,),
    )


def zone_named_as_server(estate: Contoso) -> Fault:
    """A zone that shadows the server's own name."""
    zone = _zone(estate, _spoke(estate), "psql-press-legacy-weu.postgres.database.azure.com")
    server, _, _ = _server(estate, "psql-press-legacy-weu", "snet-pg-press", "10.22.53.0/28", zone)
    return Fault(
        "PGT108",
        server,
        "Its zone has exactly the server's own name.",
        "could not translate host name: the zone answers for the name and has no such record.",
        (zone,),
    )


def too_small(estate: Contoso) -> Fault:
    """Three usable addresses."""
    server, subnet, _ = _server(estate, "psql-fax-legacy-weu", "snet-pg-fax", "10.22.50.0/29", None)
    return Fault(
        "PGT603",
        subnet,
        "10.22.50.0/29 is smaller than the /28 that flexible servers need.",
        "Nothing at once; there is no room for failover or scaling.",
        (server,),
    )


def reserved_name(estate: Contoso) -> Fault:
    """A server where Bastion should be."""
    server, subnet, _ = _server(
        estate, "psql-hr-legacy-weu", "AzureBastionSubnet", "10.22.51.0/26", None
    )
    return Fault(
        "PGT605",
        subnet,
        "The server's subnet has a reserved name.",
        "Nothing at once; Azure keeps this name for Bastion.",
        (server,),
    )


FAULTS = (wrong_suffix, zone_named_as_server, too_small, reserved_name)
