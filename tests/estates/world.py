"""A tiny world of Azure rows that goes through the real parsers.

    world = World()
    vnet = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(vnet, "snet-pg", "10.1.1.0/28", delegation="pg")
    zone = world.zone("orders.private.postgres.database.azure.com")
    world.link(zone, vnet)
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    server = world.server("psql-orders", subnet, zone)
    topology = world.topology()

Every method returns the ARM id of what it made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.estates.databases import DatabaseParts
from tests.estates.edges import EdgeParts
from tests.estates.governance import GovernanceParts
from tests.estates.hosts import HostParts
from tests.estates.names import NameParts
from tests.estates.networks import NetworkParts
from tests.estates.rows import admin_rule, hex_label, network_rule, route, rule

if TYPE_CHECKING:
    from pgtopo.model.settings import Settings
    from pgtopo.model.topology import Topology

__all__ = ["World", "admin_rule", "hex_label", "network_rule", "route", "rule"]


class World(NetworkParts, HostParts, DatabaseParts, NameParts, EdgeParts, GovernanceParts):
    """Rows of a small estate, made one resource at a time, and what was read of it."""

    def declare(self, source: str, *targets: str, port: int = 5432) -> None:
        """State in the settings file that a client is meant to reach servers; all without any."""
        self.declared.append((source, targets, port))

    def settings(self) -> Settings:
        """The settings file that goes with this world."""
        from pgtopo.model.settings import DeclaredClient, Settings

        return Settings(
            clients=tuple(
                DeclaredClient(source=source, targets=targets, port=port)
                for source, targets, port in self.declared
            )
        )

    def topology(self) -> Topology:
        """The estate as pgtopo sees it after parsing these rows."""
        from pgtopo.sources.load import load_rows

        return load_rows(self.rows, coverage=self.coverage if self.is_stated else None)
