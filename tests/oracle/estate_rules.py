"""Random route tables, security groups and Network Manager rows."""

from __future__ import annotations

from typing import Any

from tests.estates.rows import Row, route
from tests.oracle.estate_base import MakerBase
from tests.oracle.rulebook import admin_rules, security_rules


class RuleMaker(MakerBase):
    """What steers and filters packets."""

    # Routes and filters

    def _tables(self) -> None:
        world, chance = self.world, self.chance
        for number, subnet in enumerate(self._subnet_rows()):
            name = subnet["name"]
            share = 0.5 if name.startswith(("snet-app", "snet-pg")) else 0.15
            if name in ("AzureFirewallSubnet", "snet-nva", "GatewaySubnet", "snet-dns-in"):
                continue
            if not chance.is_so(share):
                continue
            routes = self._routes()
            extra: dict[str, Any] = {}
            if chance.is_so(0.06):
                extra["disablePeeringRoute"] = "All"
            table = world.route_table(
                f"rt-{number}", *routes, disable_bgp=chance.is_so(0.2), **extra
            )
            subnet["properties"]["routeTable"] = {"id": table}

    def _gateway_table(self) -> None:
        """Now and then what comes in by the gateway passes a device in the hub."""
        if not (self.has_gateway and self.boxes and self.chance.is_so(0.4)):
            return
        hop = self.chance.one(self.boxes)
        spaces = [one for one in self.ranges if one.endswith("/16")][1:]
        routes = [route(f"in-{n}", s, "VirtualAppliance", hop) for n, s in enumerate(spaces)]
        table = self.world.route_table("rt-gateway", *routes)
        self.world.properties(f"{self.hub}/subnets/GatewaySubnet")["routeTable"] = {"id": table}
        for subnet in self._subnet_rows():
            if subnet["name"].startswith("snet-pg") and self.chance.is_so(0.6):
                back = route("to-site", self.site, "VirtualAppliance", hop)
                own = self.world.route_table(f"rt-back-{subnet['name']}", back)
                subnet["properties"]["routeTable"] = {"id": own}

    def _routes(self) -> list[Row]:
        chance = self.chance
        found = []
        prefixes = ["0.0.0.0/0", "10.0.0.0/8", *self.ranges]
        is_inspected = bool(self.boxes) and chance.is_so(0.6)
        if is_inspected:
            hop = chance.one(self.boxes)
            spaces = [one for one in self.ranges if one.endswith("/16")]
            found += [
                route(f"to-{n}", one, "VirtualAppliance", hop) for n, one in enumerate(spaces)
            ]
            if self.translates:
                # A route that leads the firewall's own addresses to itself is nobody's plan.
                found = found[1:]
            if chance.is_so(0.7):
                return found[1:] if chance.is_so(0.5) else found
        taken = {one["properties"]["addressPrefix"] for one in found}
        for number in range(chance.number(1, 2)):
            prefix = chance.one(prefixes)
            prefix = prefix if "/" in prefix else f"{prefix}/32"
            if prefix in taken or (self.translates and prefix in ("10.0.0.0/8", "10.0.0.0/16")):
                continue
            taken.add(prefix)
            others = ["None", "Internet", "VnetLocal"]
            if not self.has_gateway:
                others.append("VirtualNetworkGateway")
            hop_type = chance.one(["VirtualAppliance"] * 4 + others)
            address = None
            if hop_type == "VirtualAppliance":
                pool = [*self.boxes, *self.boxes, "10.0.3.9", "10.88.0.4"]
                address = chance.one([*pool, *pool, None])
            found.append(route(f"r-{number}", prefix, hop_type, address))
        if chance.is_so(0.2):
            found.append(route("entra", "AzureActiveDirectory", "Internet"))
        return found

    def _filters(self) -> None:
        world, chance = self.world, self.chance
        for number, subnet in enumerate(self._subnet_rows()):
            name = subnet["name"]
            if name in ("AzureFirewallSubnet", "GatewaySubnet"):
                continue
            share = 0.55 if name.startswith(("snet-app", "snet-p")) else 0.15
            if chance.is_so(share):
                rules = security_rules(chance, self.ranges, self.asgs)
                nsg = world.nsg(f"nsg-{number}", *rules, defaults=chance.is_so(0.8))
                subnet["properties"]["networkSecurityGroup"] = {"id": nsg}
        for number, nic in enumerate(self.made.machines):
            if chance.is_so(0.3):
                rules = security_rules(chance, self.ranges, self.asgs)
                nsg = world.nsg(f"nsg-nic-{number}", *rules)
                world.properties(nic)["networkSecurityGroup"] = {"id": nsg}

    def _manager(self) -> None:
        world, chance = self.world, self.chance
        for network in self.made.networks:
            if chance.is_so(0.08):
                world.admin_rules(network, *admin_rules(chance, self.ranges))
        spaces = [
            world.properties(n)["addressSpace"]["addressPrefixes"][0] for n in self.made.networks
        ]
        if chance.is_so(0.1) and len(set(spaces)) == len(spaces):
            for network in chance.some(self.made.networks, 3):
                world.connectivity(network)
                world.group_membership(network)
