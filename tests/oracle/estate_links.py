"""Random peerings, zone links and forwarding rulesets."""

from __future__ import annotations

from typing import Any

from tests.estates.rows import PG_SUFFIX
from tests.oracle.estate_base import MakerBase

PRIVATE_LINK = f"privatelink.{PG_SUFFIX}"
RESOLVER = "10.0.2.4"


class LinkMaker(MakerBase):
    """What joins networks with one another and with names."""

    # Peerings

    def _peerings(self) -> None:
        networks, chance = self.made.networks, self.chance
        is_mesh = chance.is_so(0.4)
        for number, network in enumerate(networks):
            for other in networks[number + 1 :]:
                if (number == 0 and chance.is_so(0.9)) or (is_mesh and chance.is_so(0.6)):
                    self._peer(network, other)

    def _peer(self, a: str, b: str) -> None:
        world, chance = self.world, self.chance
        if self._has_twin(a, b) or self._has_twin(b, a):
            return
        is_ipv6 = chance.is_so(0.03)
        for here, there in ((a, b), (b, a)):
            if chance.is_so(0.03):
                continue
            half: dict[str, Any] = {"allowForwardedTraffic": chance.is_so(0.75)}
            if chance.is_so(0.06):
                half["allowVirtualNetworkAccess"] = False
            if chance.is_so(0.05):
                half["state"] = chance.one(["Initiated", "Disconnected"])
            if is_ipv6:
                half["enableOnlyIPv6Peering"] = True
            half["allowGatewayTransit"] = here == self.hub and chance.is_so(0.7)
            half["useRemoteGateways"] = there == self.hub and chance.is_so(0.6)
            if chance.is_so(0.05):
                half |= self._lists(here, there)
            made = world.peering(here, there, **half)
            listed = world.properties(made)["remoteAddressSpace"]["addressPrefixes"]
            if chance.is_so(0.06) and len(listed) > 1:
                listed.pop(chance.number(0, 1))
            elif chance.is_so(0.03):
                listed[:] = ["10.77.0.0/16"]

    def _has_twin(self, here: str, there: str) -> bool:
        """Whether a network is already peered with one of the same range: Azure forbids two."""
        body = self.world.properties(here)
        space = self.world.properties(there)["addressSpace"]["addressPrefixes"]
        taken = list(body["addressSpace"]["addressPrefixes"])
        taken += [
            prefix
            for half in body["virtualNetworkPeerings"]
            for prefix in half["properties"]["remoteAddressSpace"]["addressPrefixes"]
        ]
        return bool(set(space) & set(taken))

    def _lists(self, here: str, there: str) -> dict[str, Any]:
        def names(network: str) -> list[str]:
            body = self.world.properties(network)
            return [one["name"] for one in body["subnets"] if not self.chance.is_so(0.2)]

        return {
            "peerCompleteVnets": False,
            "localSubnetNames": names(here),
            "remoteSubnetNames": names(there),
        }

    # Names

    def _names(self) -> None:
        world, chance = self.world, self.chance
        zones = [row["id"] for row in world.rows if row["type"].endswith("/privatednszones")]
        if chance.is_so(0.08):
            zones.append(world.zone(PG_SUFFIX, rg="rg-bare"))
        for network in self.made.networks:
            taken: set[str] = set()
            for zone in sorted(zones, key=lambda _: chance.number(0, 99)):
                name = zone.rsplit("/", 1)[-1]
                if name not in taken and chance.is_so(0.75 if name != PG_SUFFIX else 0.3):
                    taken.add(name)
                    self._link(zone, network)
        if chance.is_so(0.3):
            self._ruleset()

    def _link(self, zone: str, network: str) -> None:
        chance = self.chance
        extra: dict[str, Any] = {}
        if chance.is_so(0.06):
            extra["virtualNetworkLinkState"] = "InProgress"
        if chance.is_so(0.2):
            extra["resolutionPolicy"] = "NxDomainRedirect"
        self.world.link(zone, network, **extra)

    def _ruleset(self) -> None:
        world, chance = self.world, self.chance
        subnet = world.subnet(self.hub, "snet-dns-out", "10.0.4.0/28", delegation="dns")
        ruleset = world.ruleset("frs", world.outbound(self.resolver, subnet))
        domains = [".", f"{PG_SUFFIX}.", f"z0.{PG_SUFFIX}.", f"{PRIVATE_LINK}.", "azure.com."]
        for number, domain in enumerate(chance.some(domains, 3)):
            targets = chance.one([[RESOLVER], [RESOLVER], ["192.168.9.9"], []])
            state = chance.one(["Enabled", "Enabled", "Enabled", "Disabled"])
            world.forwarding_rule(ruleset, f"rule-{number}", domain, *targets, state=state)
        for network in self.made.networks:
            if chance.is_so(0.4):
                world.ruleset_link(ruleset, network)
