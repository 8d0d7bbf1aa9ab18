"""Where everything of a generated estate lies: names, subscriptions, regions and ranges."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from tests.estates.rows import arm_id, guid

SPOKES_PER_HUB = 50
SPOKES_PER_SUBSCRIPTION = 25
SPOKES_PER_APPLICATION = 3
#: The spokes of a hub share a /15; 10.0.0.0/8 holds this many before ranges repeat.
BLOCKS = 128
REGIONS = ("westeurope", "northeurope", "swedencentral", "germanywestcentral")
WORKLOADS = ("orders", "billing", "crm", "stock", "search", "media", "claims", "fleet")
OFFICE = "172.20.0.0/14"

_FIRST_SPOKE = int(ipaddress.IPv4Address("10.0.0.0"))
_FIRST_HUB = int(ipaddress.IPv4Address("172.16.0.0"))
_NETWORK_SIZE = 2048

#: Offset and prefix length of every subnet of a spoke.
SUBNETS = {
    "snet-app": (0, 24),
    "snet-web": (256, 24),
    "snet-batch": (512, 24),
    "snet-aks": (768, 24),
    "snet-pg": (1024, 26),
    "snet-pg-dev": (1088, 28),
    "snet-mgmt": (1152, 27),
    "snet-spare": (1280, 24),
}


def text(address: int) -> str:
    """An address in its usual form."""
    return f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}"


@dataclass(frozen=True)
class HubPlan:
    """One hub."""

    number: int
    seed: int

    @property
    def region(self) -> str:
        """Where it is."""
        return REGIONS[self.number % len(REGIONS)]

    @property
    def base(self) -> int:
        """The first address of its own /21."""
        return _FIRST_HUB + self.number % BLOCKS * _NETWORK_SIZE

    @property
    def first_spoke(self) -> int:
        """The first address of the /15 that holds its spokes."""
        return _FIRST_SPOKE + (self.number % BLOCKS << 17)

    @property
    def prefix(self) -> str:
        """Its own range."""
        return f"{text(self.base)}/21"

    @property
    def block(self) -> str:
        """The range of all its spokes, without the hub itself."""
        return f"{text(self.first_spoke)}/15"

    @property
    def firewall(self) -> str:
        """The private address of its firewall."""
        return text(self.base + 4)

    @property
    def sub(self) -> str:
        """The subscription of all hubs."""
        return guid("connectivity", str(self.seed))

    @property
    def group(self) -> str:
        """Its resource group."""
        return f"rg-hub-{self.number:03d}"

    @property
    def vnet(self) -> str:
        """The id of its network."""
        kind = "Microsoft.Network/virtualNetworks"
        return arm_id(self.sub, self.group, kind, f"vnet-hub-{self.number:03d}")

    def zone(self, name: str) -> str:
        """The id of one of its private zones."""
        return arm_id(self.sub, self.group, "Microsoft.Network/privateDnsZones", name)


@dataclass(frozen=True)
class SpokePlan:
    """One spoke."""

    number: int
    seed: int

    @property
    def hub(self) -> HubPlan:
        """The hub it hangs on."""
        return HubPlan(self.number // SPOKES_PER_HUB, self.seed)

    @property
    def base(self) -> int:
        """The first address of its /21."""
        return self.hub.first_spoke + self.number % SPOKES_PER_HUB * _NETWORK_SIZE

    @property
    def prefix(self) -> str:
        """Its range."""
        return f"{text(self.base)}/21"

    @property
    def name(self) -> str:
        """What its resources are called after."""
        return f"{WORKLOADS[self.application % len(WORKLOADS)]}-{self.number:05d}"

    @property
    def application(self) -> int:
        """The application it belongs to, named after its first spoke: a few of one hub make one."""
        return self.number - self.role

    @property
    def role(self) -> int:
        """Its place within the application; the first has the zone and most servers."""
        return self.number % SPOKES_PER_HUB % SPOKES_PER_APPLICATION

    @property
    def sub(self) -> str:
        """Its subscription."""
        return guid("landing-zone", str(self.seed), str(self.number // SPOKES_PER_SUBSCRIPTION))

    @property
    def group(self) -> str:
        """Its resource group."""
        return f"rg-{self.name}"

    @property
    def vnet(self) -> str:
        """The id of its network."""
        kind = "Microsoft.Network/virtualNetworks"
        return arm_id(self.sub, self.group, kind, f"vnet-{self.name}")

    @property
    def server_subnets(self) -> tuple[str, ...]:
        """Its subnets for servers: the first network of an application has two, the next one."""
        return (("snet-pg", "snet-pg-dev"), ("snet-pg",), ())[self.role]

    @property
    def asks_resolver(self) -> bool:
        """Whether its machines ask the hub's resolver."""
        return self.number % 7 == 0

    def prefix_of(self, subnet: str) -> str:
        """The range of one of its subnets."""
        offset, length = SUBNETS[subnet]
        return f"{text(self.base + offset)}/{length}"

    def address(self, subnet: str, place: int) -> str:
        """An address in one of its subnets."""
        return text(self.base + SUBNETS[subnet][0] + place)


def hubs(spokes: int, seed: int) -> list[HubPlan]:
    """Every hub of an estate."""
    return [HubPlan(number, seed) for number in range(-(-spokes // SPOKES_PER_HUB))]


def spokes_of(hub: HubPlan, spokes: int) -> list[SpokePlan]:
    """The spokes that hang on a hub."""
    first = hub.number * SPOKES_PER_HUB
    return [
        SpokePlan(number, hub.seed) for number in range(first, min(spokes, first + SPOKES_PER_HUB))
    ]
