"""Servers outside the networks: behind private endpoints, or open to listed addresses."""

from __future__ import annotations

from tests.estates.contoso.plan import (
    CONNECTIVITY,
    NAT_MOBILE,
    NAT_PARTNER,
    NEU,
    NONPROD,
    OFFICE_LINE,
    PRIVATELINK,
    PROD,
    WEU,
    Hub,
)
from tests.estates.contoso.spokes import NONPROD_TAGS, PROD_TAGS, add_tls
from tests.estates.world import World

#: Server name without prefix, and the address of its endpoint in the western hub.
ENDPOINTS = {"web": "10.20.2.4", "loyalty": "10.20.2.5", "catalog": "10.20.2.6"}


def add_endpoint_servers(world: World, hub: Hub, networks: list[str]) -> dict[str, str]:
    """Three servers that are reached by private endpoints in the hub; returns the endpoints."""
    assert hub.endpoint_subnet is not None
    with world.at(CONNECTIVITY, "rg-dns-global"):
        zone = world.zone(PRIVATELINK)
        for network in networks:
            world.link(zone, network)
    endpoints: dict[str, str] = {}
    for workload, address in ENDPOINTS.items():
        name = f"psql-{workload}-prod-weu"
        with world.at(PROD, "rg-web-weu", WEU):
            server = world.public_server(
                name,
                "Disabled",
                ha="ZoneRedundant" if workload == "web" else None,
                entra=True,
                tags=PROD_TAGS | {"workload": workload},
            )
            add_tls(world, server)
        with world.at(CONNECTIVITY, "rg-hub-weu", WEU):
            endpoint = world.endpoint(
                f"pe-psql-{workload}-weu", hub.endpoint_subnet, server, address
            )
            world.zone_group(endpoint, zone)
        world.a_record(zone, name, address, ttl=10)
        endpoints[workload] = endpoint
    return endpoints


def add_open_servers(world: World) -> dict[str, str]:
    """Four servers with public access, each open to a few addresses."""
    servers: dict[str, str] = {}
    plans = (
        ("partner", PROD, "rg-partner-neu", NEU, "psql-partner-prod-neu", NAT_PARTNER),
        ("telemetry", PROD, "rg-mobile-neu", NEU, "psql-telemetry-prod-neu", NAT_MOBILE),
        ("archive", PROD, "rg-billing-weu", WEU, "psql-archive-prod-weu", None),
        ("survey", NONPROD, "rg-test-weu", WEU, "psql-survey-test-weu", None),
    )
    for workload, sub, group, region, name, address in plans:
        tags = (PROD_TAGS if sub == PROD else NONPROD_TAGS) | {"workload": workload}
        with world.at(sub, group, region):
            server = world.public_server(name, entra=True, tags=tags)
            add_tls(world, server)
            world.firewall_rule(server, "office", OFFICE_LINE, OFFICE_LINE)
            if address is not None:
                world.firewall_rule(server, f"nat-{workload}", address, address)
        servers[workload] = server
    return servers
