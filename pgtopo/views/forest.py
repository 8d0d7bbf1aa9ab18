"""A tree of an estate as flat arrays in reading order, so that 100,000 nodes cost next to nothing.

A node says which resource it stands for and in which role; its texts are made when it is shown.
"""

from array import array
from enum import Enum
from typing import NamedTuple

from pgtopo.model.ids import ArmId


class Role(Enum):
    """What a node is; the value is the word shown in front of its name."""

    ESTATE = "all"
    FOLDER = ""
    SUBSCRIPTION = "subscription"
    GROUP = "group"
    NETWORK = "net"
    SUBNET = "subnet"
    SERVER = "server"
    PRIMARY = "follows"
    REPLICA = "replica"
    PEERING = "peer"
    LINK = "link"
    ZONE = "zone"
    RECORD = "record"
    NSG = "nsg"
    ROUTES = "routes"
    NAT = "nat"
    ENDPOINT = "endpoint"
    NIC = "nic"
    VM = "vm"
    RESOLVER = "resolver"
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    RULESET = "ruleset"
    RULE = "rule"
    GATEWAY = "gateway"
    CONNECTION = "connection"
    FIREWALL = "firewall"
    HUB = "hub"
    FIREWALL_RULE = "allows"
    LOCK = "lock"
    OTHER = "other"


class Node(NamedTuple):
    """One place in a tree."""

    depth: int
    role: Role
    id: ArmId
    """The resource it stands for; empty for folders."""
    text: str = ""
    """The name of a folder, or what the role needs to know beside the resource."""
    kind: str = ""
    """The ARM type asked for, where the id does not tell it."""


class Forest:
    """Nodes in reading order, with the size of each subtree and the parent of each node."""

    __slots__ = ("_at", "nodes", "parents", "sizes")

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.parents = array("i", [-1]) * len(nodes)
        self.sizes = array("i", [1]) * len(nodes)
        self._at: dict[ArmId, int] | None = None
        self._connect()

    def _connect(self) -> None:
        parents, sizes = self.parents, self.sizes
        path: list[int] = []
        for at, node in enumerate(self.nodes):
            del path[node.depth :]
            if path:
                parents[at] = path[-1]
            path.append(at)
        for at in range(len(self.nodes) - 1, 0, -1):
            if parents[at] >= 0:
                sizes[parents[at]] += sizes[at]

    def __len__(self) -> int:
        return len(self.nodes)

    def has_children(self, at: int) -> bool:
        """Whether anything hangs below a node."""
        return self.sizes[at] > 1

    def ancestors(self, at: int) -> list[int]:
        """The nodes above a node, the nearest first."""
        found = []
        while (at := self.parents[at]) >= 0:
            found.append(at)
        return found

    def below(self, at: int) -> range:
        """A node and everything below it."""
        return range(at, at + self.sizes[at])

    def first(self, arm_id: ArmId) -> int | None:
        """The first node that stands for a resource; one that stands alone before references."""
        if self._at is None:
            self._at = {}
            for at, node in enumerate(self.nodes):
                if node.id and (node.id not in self._at or _is_better(node, self._held(node.id))):
                    self._at[node.id] = at
        return self._at.get(arm_id)

    def _held(self, arm_id: ArmId) -> Node:
        held = self._at or {}
        return self.nodes[held[arm_id]]


def _is_better(node: Node, held: Node) -> bool:
    return held.role in _REFERRING and node.role not in _REFERRING


_REFERRING = frozenset({Role.PRIMARY, Role.REPLICA})
