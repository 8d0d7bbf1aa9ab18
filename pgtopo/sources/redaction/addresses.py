"""Addresses under other numbers: what lies inside what stays as it was.

Every prefix of the address space is a node of a binary tree, and the key decides for each node
whether its two halves change places. Two addresses share as many leading bits afterwards as they
did before, so prefixes, gaps and overlaps keep their shape. Nodes stay as they are where order
bears meaning: around blocks that everybody knows, inside subnets (whose first addresses are
Azure's own), and along ranges that are no prefix.

Method: prefix-preserving pseudonyms, Xu, Fan, Ammar and Moon, "Prefix-Preserving IP Address
Anonymization" (ICNP 2002).
"""

import hashlib
import ipaddress
from collections.abc import Iterable

from pgtopo.sources.redaction.known import FIXED_BLOCKS, KEPT_CLASSES

Node = tuple[int, int]
"""Depth and leading bits."""


class Tree:
    """The nodes of one address family at which nothing may change places."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.fixed: set[Node] = set()
        self.frozen: set[Node] = set()
        """Nodes below which nothing moves any more."""
        for text in FIXED_BLOCKS + KEPT_CLASSES:
            block = ipaddress.ip_network(text)
            if block.max_prefixlen == width:
                self.fixed.update(self._nodes(int(block.network_address), range(block.prefixlen)))
                if text in FIXED_BLOCKS:
                    self.freeze(int(block.network_address), block.prefixlen)

    def freeze(self, value: int, length: int) -> None:
        """Keep the order inside a prefix; the prefix itself may move."""
        self.frozen.add((length, value >> (self.width - length)))

    def keep_range(self, low: int, high: int) -> None:
        """Keep a range in one piece and its ends in order."""
        if low < high:
            shared = self.width - (low ^ high).bit_length()
            for end in (low, high):
                self.fixed.update(self._nodes(end, range(shared, self.width)))

    def _nodes(self, value: int, depths: Iterable[int]) -> Iterable[Node]:
        return ((depth, value >> (self.width - depth)) for depth in depths)


class AddressMap:
    """A tree under one key."""

    def __init__(self, key: bytes, tree: Tree) -> None:
        self._key = key
        self._tree = tree
        self._flips: dict[Node, int] = {}

    def mapped(self, value: int) -> int:
        """The new number of an address."""
        width, frozen = self._tree.width, self._tree.frozen
        out = 0
        for depth in range(width):
            node = (depth, value >> (width - depth))
            if node in frozen:
                rest = width - depth
                return (out << rest) | (value & ((1 << rest) - 1))
            bit = (value >> (width - 1 - depth)) & 1
            out = (out << 1) | (bit ^ self._flip(node))
        return out

    def _flip(self, node: Node) -> int:
        known = self._flips.get(node)
        if known is None:
            text = f"{self._tree.width}/{node[0]}/{node[1]}".encode()
            digest = hashlib.blake2b(text, key=self._key, digest_size=1).digest()
            known = 0 if node in self._tree.fixed else digest[0] & 1
            self._flips[node] = known
        return known
