"""Small random estates, full of what goes wrong in real ones."""

from __future__ import annotations

from typing import Any

from tests.estates.rows import PG_SUFFIX, hex_label
from tests.oracle.chance import Chance
from tests.oracle.estate_base import Made
from tests.oracle.estate_links import PRIVATE_LINK, RESOLVER, LinkMaker
from tests.oracle.estate_rules import RuleMaker
from tests.oracle.gaps import respell, withhold
from tests.oracle.rulebook import firewall_network_rules

FIREWALL, APPLIANCE, MACHINE = "10.0.1.4", "10.0.3.4", "10.0.5.4"
STATES = ["Ready"] * 8 + ["Updating", "Stopped", "Starting", "Hibernating"]


def random_estate(seed: int, *, with_gaps: bool = True) -> Made:
    """The estate of a seed."""
    return Maker(Chance(seed)).make(with_gaps=with_gaps)


class Maker(LinkMaker, RuleMaker):
    """Makes one estate, piece by piece."""

    def make(self, *, with_gaps: bool) -> Made:
        """All of it."""
        self._networks()
        self._hub()
        self._subnets()
        self._peerings()
        self._names()
        self._tables()
        self._filters()
        self._manager()
        self._gateway_table()
        respell(self.chance, self.world)
        if with_gaps:
            self.made.denied = withhold(self.chance, self.world)
        return self.made

    # Networks

    def _networks(self) -> None:
        chance = self.chance
        count = chance.number(2, 4)
        for number in range(count):
            space = [f"10.{number}.0.0/16"]
            if number and chance.is_so(0.06):
                space = [f"10.{number - 1}.0.0/16"] if number > 1 else space
            if chance.is_so(0.15):
                space.append(f"10.{100 + number}.0.0/24")
            if number and chance.is_so(0.05):
                space = [f"172.{number}.0.0/16"]
            dns: list[str] = []
            if chance.is_so(0.35):
                pool = [RESOLVER, MACHINE, FIREWALL, "168.63.129.16", "192.168.9.9"]
                dns = chance.some(pool, 2)
            self.made.networks.append(self.world.vnet(f"vnet-{number}", *space, dns=dns))
            self.ranges += space
        self.asgs = [self.world.asg("asg-a"), self.world.asg("asg-b")]

    def _hub(self) -> None:
        world, chance = self.world, self.chance
        self.has_firewall = chance.is_so(0.6)
        if self.has_firewall:
            subnet = world.subnet(self.hub, "AzureFirewallSubnet", "10.0.1.0/26")
            snat = chance.one([None, None, None, ["255.255.255.255/32"], ["0.0.0.0/0"]])
            has_public_range = any(one.startswith("172.") for one in self.ranges)
            self.translates = has_public_range or snat == ["255.255.255.255/32"]
            proxy = chance.one([None, True, False])
            policy = world.firewall_policy("fwp", snat=snat, dns_proxy=proxy)
            rules = firewall_network_rules(chance, self.ranges)
            world.rule_collections(policy, "rcg", *rules)
            public = [world.public_ip("pip-fw", "20.3.3.3")] if chance.is_so(0.8) else []
            world.azure_firewall("fw", subnet, FIREWALL, policy, public_ips=public)
            self.boxes.append(FIREWALL)
        if chance.is_so(0.4):
            subnet = world.subnet(self.hub, "snet-nva", "10.0.3.0/28")
            forwarding = chance.is_so(0.8)
            world.vm("vm-nva", world.nic("nic-nva", subnet, APPLIANCE, forwarding=forwarding))
            self.boxes.append(APPLIANCE)
        subnet = world.subnet(self.hub, "snet-dns-in", "10.0.2.0/28", delegation="dns")
        self.resolver = world.resolver("dnspr", self.hub)
        world.inbound(self.resolver, subnet, RESOLVER)
        machines = world.subnet(self.hub, "snet-dns", "10.0.5.0/24")
        nic = world.nic("nic-dns", machines, MACHINE)
        world.vm("vm-dns", nic)
        self.made.clients.append(machines)
        self.has_gateway = chance.is_so(0.3)
        if self.has_gateway:
            gateway = world.gateway("vgw", world.subnet(self.hub, "GatewaySubnet", "10.0.0.0/27"))
            self.site = chance.one(["192.168.0.0/16", "10.200.0.0/16"])
            site = world.local_gateway("lng", self.site)
            world.connection("con", gateway, site)

    # Subnets and what lives there

    def _subnets(self) -> None:
        for number, network in enumerate(self.made.networks):
            first = self.world.properties(network)["addressSpace"]["addressPrefixes"][0]
            base = ".".join(first.split(".")[:2])
            for index in range(self.chance.number(1, 2)):
                self._client_subnet(network, f"{base}.{20 + index}", f"{number}{index}")
        for index in range(self.chance.number(1, 3)):
            self._server(index)

    def _client_subnet(self, network: str, base: str, name: str) -> None:
        world, chance = self.world, self.chance
        ranges = chance.one([[f"{base}.0/24"], [f"{base}.0/26", f"{base}.128/25"]])
        extra: dict[str, Any] = {}
        if chance.is_so(0.2):
            extra["defaultOutboundAccess"] = chance.is_so(0.3)
        if chance.is_so(0.4):
            public = [world.public_ip(f"pip-nat-{name}", f"20.1.1.{int(name) + 1}")]
            if chance.is_so(0.3):
                public.append(world.public_ip(f"pip-nat2-{name}", f"20.1.2.{int(name) + 1}"))
            extra["nat"] = world.nat(f"nat-{name}", *public)
        if chance.is_so(0.2):
            extra["own_row"] = True
        subnet = world.subnet(network, f"snet-app-{name}", *ranges, **extra)
        self.made.clients.append(subnet)
        self.ranges += ranges
        for index in range(chance.number(0, 2)):
            self._machine(subnet, f"{base}.{9 + index * 130}", f"{name}{index}")

    def _machine(self, subnet: str, address: str, name: str) -> None:
        world, chance = self.world, self.chance
        own = (
            world.public_ip(f"pip-{name}", f"20.5.5.{int(name) + 1}") if chance.is_so(0.3) else None
        )
        is_home = subnet.startswith(self.made.networks[1])
        nic = world.nic(
            f"nic-{name}",
            subnet,
            address,
            asgs=chance.some(self.asgs, 2) if is_home else [],
            public_ip=own,
            dns=chance.some([RESOLVER, MACHINE, "192.168.9.9"], 2) if chance.is_so(0.2) else [],
        )
        world.vm(f"vm-{name}", nic)
        self.made.machines.append(nic)
        self.ranges.append(address)

    def _server(self, index: int) -> None:
        chance = self.chance
        network = chance.one(self.made.networks)
        base = self.world.properties(network)["addressSpace"]["addressPrefixes"][0]
        base = ".".join(base.split(".")[:2])
        kind = chance.number(0, 9)
        state = chance.one(STATES)
        if kind < 6:
            self._injected(index, network, base, state)
        elif kind < 9:
            self._with_endpoint(index, network, base, state)
        else:
            access = chance.one(["Enabled", "Enabled", "Disabled"])
            server = self.world.public_server(f"pg{index}", access, state=state)
            self.made.servers.append(server)
            self._doors(server)

    def _injected(self, index: int, network: str, base: str, state: str) -> None:
        world, chance = self.world, self.chance
        prefix = f"{base}.{60 + index}.0/28"
        subnet = world.subnet(network, f"snet-pg-{index}", prefix, delegation="pg")
        name = chance.one([f"z{index}.{PG_SUFFIX}", f"a.shared.{PG_SUFFIX}", PRIVATE_LINK])
        zone = world.zone(name, rg=f"rg-z{index}")
        if not chance.is_so(0.15):
            labels = [hex_label(f"pg{index}{n}") for n in range(chance.one([1, 1, 1, 2]))]
            for number, label in enumerate(labels):
                world.a_record(zone, label, f"{base}.{60 + index}.{5 + number * 3}")
        server = world.server(f"pg{index}", subnet, zone, state=state)
        if chance.is_so(0.1):
            body = world.properties(server)
            del body["network"]["delegatedSubnetResourceId"]
            body["delegatedSubnetArguments"] = {"subnetArmResourceId": subnet}
        self.made.servers.append(server)
        self.ranges += [prefix, f"{base}.{60 + index}.5", f"{base}.{60 + index}.8/29"]

    def _with_endpoint(self, index: int, network: str, base: str, state: str) -> None:
        world, chance = self.world, self.chance
        policy = chance.one(
            ["Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"]
        )
        prefix = f"{base}.{70 + index}.0/28"
        subnet = world.subnet(
            network, f"snet-pe-{index}", prefix, privateEndpointNetworkPolicies=policy
        )
        access = chance.one(["Enabled", "Disabled"])
        server = world.public_server(f"pg{index}", access, state=state)
        status = chance.one(["Approved"] * 5 + ["Pending", "Rejected"])
        address = f"{base}.{70 + index}.4"
        world.endpoint(f"pe-{index}", subnet, server, address, status)
        self.made.servers.append(server)
        self.ranges += [prefix, f"{address}/32"]
        self._doors(server)
        zone = world.zone(PRIVATE_LINK, rg=f"rg-pe{index}")
        kind = chance.number(0, 9)
        if kind < 7:
            world.a_record(zone, f"pg{index}", address)
        elif kind == 7:
            world.a_record(zone, f"pg{index}", "10.99.9.9")
        elif kind == 8:
            world.a_record(zone, f"pg{index}", address, "10.99.9.9")

    def _doors(self, server: str) -> None:
        rules = [
            ("nat", "20.1.1.0", "20.1.1.255"),
            ("one", "20.1.1.2", "20.1.1.2"),
            ("fw", "20.3.3.3", "20.3.3.3"),
            ("vm", "20.5.5.0", "20.5.5.255"),
            ("azure", "0.0.0.0", "0.0.0.0"),
            ("all", "0.0.0.0", "255.255.255.255"),
            ("wrong", "20.9.9.9", "20.1.1.1"),
        ]
        weights = rules[:4] * 3 + rules[4:]
        for name, start, end in set(self.chance.some(weights, 3)):
            self.world.firewall_rule(server, name, start, end)


__all__ = ["RESOLVER", "Made", "random_estate"]
