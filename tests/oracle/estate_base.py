"""What every piece of a random estate needs: the world so far, and chance."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.estates.rows import Row
from tests.estates.world import World
from tests.oracle.chance import Chance


@dataclass
class Made:
    """A random estate and what in it is worth asking about."""

    world: World
    clients: list[str] = field(default_factory=list)
    machines: list[str] = field(default_factory=list)
    """Network interfaces."""
    servers: list[str] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)


class MakerBase:
    """The estate so far."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.world = World()
        self.made = Made(self.world)
        self.boxes: list[str] = []
        self.asgs: list[str] = []
        self.ranges: list[str] = []
        self.translates = False
        self.has_gateway = False
        self.site = ""
        self.resolver = ""

    @property
    def hub(self) -> str:
        """The first network."""
        return self.made.networks[0]

    def _subnet_rows(self) -> list[Row]:
        found = []
        for row in self.world.rows:
            if row["type"].endswith("/virtualnetworks"):
                found += row["properties"]["subnets"]
            if row["type"].endswith("/subnets"):
                found.append(row)
        return found
