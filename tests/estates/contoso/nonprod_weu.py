"""Development, test and sandbox spokes of West Europe."""

from __future__ import annotations

from dataclasses import dataclass

from tests.estates.contoso.plan import NONPROD, WEU, Hub
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
from tests.estates.world import World

#: Small experiments, each with a /28 of its own in the sandbox: name and third quarter of octets.
SANDBOX_PROJECTS = ("forecast", "geodata", "imports", "metrics", "quality", "search", "training")


@dataclass(frozen=True)
class NonprodNetworks:
    """The networks outside production."""

    dev: Spoke
    test: Spoke
    sandbox: Spoke


def add_networks(world: World, hub: Hub) -> NonprodNetworks:
    """The spokes themselves."""

    def spoke(name: str, prefix: str) -> Spoke:
        with world.at(NONPROD, f"rg-{name}-weu", WEU):
            return add_spoke(world, hub, name, prefix)

    return NonprodNetworks(
        dev=spoke("dev", "10.22.0.0/20"),
        test=spoke("test", "10.22.16.0/20"),
        sandbox=spoke("sandbox", "10.22.32.0/20"),
    )


def add_app(world: World, spoke: Spoke, hub: Hub, base: str) -> str:
    """A small application network: clients and a server of the orders application."""
    stage = spoke.name
    zone = add_zone(world, f"app-{stage}", "rg-dns-nonprod", NONPROD, spoke.vnet, hub.vnet)
    with world.at(NONPROD, f"rg-{stage}-weu", WEU):
        table = world.route_table(f"rt-app-{stage}-weu", *client_routes(hub))
        add_clients(
            world,
            spoke,
            f"snet-app-{stage}",
            f"{base}.0/24",
            f"vm-app-{stage}-01",
            table=table,
        )
        third = int(base.rsplit(".", 1)[1]) + 2
        prefix = f"10.22.{third}.0/28"
        subnet = add_server_subnet(world, spoke, f"snet-pg-{stage}", prefix, CALLERS)
        return add_server(
            world,
            f"psql-app-{stage}-weu",
            subnet,
            zone,
            f"10.22.{third}.4",
            tier="Burstable",
            entra=True,
            tags=NONPROD_TAGS | {"workload": "orders"},
        )


def add_sandbox(world: World, spoke: Spoke, hub: Hub) -> dict[str, str]:
    """The sandbox: one client subnet, seven small servers that share a zone."""
    zone = add_zone(world, "sandbox", "rg-dns-nonprod", NONPROD, spoke.vnet, hub.vnet)
    servers: dict[str, str] = {}
    with world.at(NONPROD, "rg-sandbox-weu", WEU):
        table = world.route_table("rt-app-sandbox-weu", *client_routes(hub))
        add_clients(
            world,
            spoke,
            "snet-app-sandbox",
            "10.22.32.0/24",
            "vm-sandbox-01",
            "vm-sandbox-02",
            table=table,
        )
        for number, project in enumerate(SANDBOX_PROJECTS):
            first = 16 * number
            subnet = add_server_subnet(
                world,
                spoke,
                f"snet-pg-{project}",
                f"10.22.34.{first}/28",
                CALLERS,
                has_final_deny=False,
            )
            servers[project] = add_server(
                world,
                f"psql-{project}-sbx-weu",
                subnet,
                zone,
                f"10.22.34.{first + 4}",
                entra=True,
                tags=NONPROD_TAGS | {"workload": project},
            )
            world.subnet_usage(subnet, 2, "check_subnet_usage")
    return servers
