"""The stage on which most worked examples play: an app network, a database network and a hub."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.estates.rows import Row, hex_label, network_rule, route
from tests.estates.world import World
from tests.examples.ask import findings

ZONE = "pg.private.postgres.database.azure.com"
PRIVATE_LINK = "privatelink.postgres.database.azure.com"
TO_FIREWALL = "10.0.1.4"


class Scene(World):
    """vnet-a 10.1.0.0/16 (app), vnet-b 10.2.0.0/16 (database), hub 10.0.0.0/16 (firewall).

    Server `pg1` is injected into 10.2.1.0/28 with address 10.2.1.5. Nothing is peered and the
    zone is linked nowhere until a test says so.
    """

    def __init__(
        self,
        *,
        complete: bool | None = True,
        app_routes: Sequence[Row] = (),
        pg_routes: Sequence[Row] = (),
        app_nsg: Sequence[Row] | None = None,
        pg_nsg: Sequence[Row] | None = None,
        app_dns: Sequence[str] = (),
        pg_disable_bgp: bool = False,
        server: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(complete)
        self.a = self.vnet("vnet-a", "10.1.0.0/16", dns=app_dns)
        self.b = self.vnet("vnet-b", "10.2.0.0/16")
        self.hub = self.vnet("vnet-hub", "10.0.0.0/16")
        app = self.table("rt-app", app_routes)
        pg = self.table("rt-pg", pg_routes, disable_bgp=pg_disable_bgp)
        self.app = self.subnet(
            self.a, "snet-app", "10.1.2.0/24", nsg=self.filter("nsg-app", app_nsg), route_table=app
        )
        self.pg = self.subnet(
            self.b,
            "snet-pg",
            "10.2.1.0/28",
            nsg=self.filter("nsg-pg", pg_nsg),
            route_table=pg,
            delegation="pg",
        )
        self.mid = self.subnet(self.b, "snet-mid", "10.2.5.0/24")
        self.vm_a = self.vm("vm-a", self.nic("nic-a", self.app, "10.1.2.4"))
        self.vm_b = self.vm("vm-b", self.nic("nic-b", self.mid, "10.2.5.4"))
        self.z = self.zone(ZONE)
        self.record = self.a_record(self.z, hex_label("pg1"), "10.2.1.5")
        self.pg1 = self.server("pg1", self.pg, self.z, ha="ZoneRedundant", **(server or {}))

    def table(self, name: str, routes: Sequence[Row], *, disable_bgp: bool = False) -> str | None:
        """A route table, or None where there is nothing to put in it."""
        if not routes and not disable_bgp:
            return None
        return self.route_table(name, *routes, disable_bgp=disable_bgp)

    def filter(self, name: str, rules: Sequence[Row] | None) -> str | None:
        """An NSG with these custom rules, or None."""
        return None if rules is None else self.nsg(name, *rules)

    def linked(self, *networks: str) -> Scene:
        """Link the zone to networks."""
        for network in networks:
            self.link(self.z, network)
        return self

    def peered(self, **flags: Any) -> Scene:
        """Peer vnet-a and vnet-b directly, both halves with these flags."""
        self.peer(self.a, self.b, flags, flags)
        return self

    def firewall(
        self, *rules: Row, snat: Sequence[str] | None = None, proxy: bool | None = None
    ) -> str:
        """An Azure Firewall in the hub at 10.0.1.4; by default it lets 5432 through."""
        subnet = self.subnet(self.hub, "AzureFirewallSubnet", "10.0.1.0/26")
        policy = self.firewall_policy("fwp-hub", dns_proxy=proxy, snat=snat)
        allow = network_rule("pg", ["10.0.0.0/8", "192.168.0.0/16"], ["10.2.0.0/16"])
        self.rule_collections(policy, "rcg-net", *(rules or (allow,)))
        return self.azure_firewall("fw-hub", subnet, TO_FIREWALL, policy)

    def appliance(self, *, forwarding: bool = True) -> str:
        """A network virtual appliance in the hub at 10.0.1.4."""
        subnet = self.subnet(self.hub, "snet-nva", "10.0.1.0/26")
        nic = self.nic("nic-nva", subnet, TO_FIREWALL, forwarding=forwarding)
        return self.vm("vm-nva", nic)

    def spokes(
        self, a_flags: dict[str, Any] | None = None, b_flags: dict[str, Any] | None = None
    ) -> Scene:
        """Peer both networks with the hub; flags are those of the spokes' halves."""
        forwarded = {"allowForwardedTraffic": True}
        self.peer(self.a, self.hub, forwarded | (a_flags or {}), forwarded)
        self.peer(self.b, self.hub, forwarded | (b_flags or {}), forwarded)
        return self

    def findings(self) -> set[str]:
        """The ids of the checks that fail on this scene."""
        return findings(self)

    def branch(self, **b_flags: Any) -> Scene:
        """A VPN gateway in the hub with 192.168.0.0/16 behind it, used by vnet-b."""
        subnet = self.subnet(self.hub, "GatewaySubnet", "10.0.0.0/27")
        gateway = self.gateway("vgw-hub", subnet)
        site = self.local_gateway("lng-site", "192.168.0.0/16")
        self.connection("con-site", gateway, site)
        self.peer(
            self.b,
            self.hub,
            {"useRemoteGateways": True} | b_flags,
            {"allowGatewayTransit": True},
        )
        return self

    def hub_resolver(self) -> str:
        """A DNS private resolver in the hub whose inbound endpoint is 10.0.2.4."""
        subnet = self.subnet(self.hub, "snet-dns-in", "10.0.2.0/28", delegation="dns")
        resolver = self.resolver("dnspr-hub", self.hub)
        self.inbound(resolver, subnet, "10.0.2.4")
        return "10.0.2.4"


SPOKE_TO_DATABASE = route("to-db", "10.2.0.0/16", "VirtualAppliance", TO_FIREWALL)
DATABASE_TO_SPOKE = route("to-app", "10.1.0.0/16", "VirtualAppliance", TO_FIREWALL)

# Who decides, as `says` writes it, where nothing special is set up
RECORD = f"dns: {ZONE}/{hex_label('pg1')} aRecords[].ipv4Address=10.2.1.5"
LINKED_TO = f"dns: {ZONE} virtualNetworkLinks[].properties.virtualNetwork.id="
PEERED_ROUTE = "forward_route: vnet-a/peer-vnet-a-to-vnet-b remoteAddressSpace.addressPrefixes="
STEERED = "forward_route: rt-app/to-db nextHopType=VirtualAppliance"
BY_DEFAULT_IN = "server_filter: nsg-pg/AllowVnetInBound access=Allow"
