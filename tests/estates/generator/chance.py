"""Dice that fall the same way whoever throws them first, and the list of faults that came up."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from tests.estates.rows import Row

#: Every kind of fault that may be laid, with the check that should find it.
FAULTS = {
    "own-network-not-linked": "PGT103",
    "record-missing": "PGT110",
    "long-ttl": "PGT126",
    "in-subnet-denied": "PGT302",
    "storage-denied": "PGT304",
    "final-deny-without-allow": "PGT310",
    "client-denied": "PGT312",
    "entra-through-firewall": "PGT401",
    "black-hole": "PGT404",
    "peering-disconnected": "PGT501",
    "peering-one-sided": "PGT502",
    "peering-out-of-sync": "PGT503",
    "not-delegated": "PGT601",
    "subnet-full": "PGT604",
    "no-storage-endpoint": "PGT606",
    "stopped": "PGT701",
    "unhealthy-standby": "PGT702",
    "open-to-everyone": "PGT801",
    "open-to-azure": "PGT802",
    "endpoint-pending": "PGT901",
    "record-stale": "PGT905",
    "zone-locked": "PGT001",
}


@dataclass
class Manifest:
    """What a generated estate holds: its parameters, its rows by kind and its faults."""

    spokes: int = 0
    seed: int = 0
    fault_rate: float = 0.0
    rows: Counter[str] = field(default_factory=Counter)
    faults: list[Row] = field(default_factory=list)
    chances: Counter[str] = field(default_factory=Counter)
    respelled: int = 0

    def document(self) -> Row:
        """The manifest as a JSON document."""
        return {
            "spokes": self.spokes,
            "seed": self.seed,
            "fault_rate": self.fault_rate,
            "rows": sum(self.rows.values()),
            "rows_by_type": dict(sorted(self.rows.items())),
            "references_in_other_case": self.respelled,
            "chances_by_fault": dict(sorted(self.chances.items())),
            "faults": self.faults,
        }


class Dice:
    """Decides by seed and name alone, so that rows made far apart agree."""

    def __init__(self, seed: int, fault_rate: float, manifest: Manifest) -> None:
        """Dice for one estate."""
        self._seed = seed
        self._rate = fault_rate
        self._manifest = manifest

    def number(self, what: str, limit: int) -> int:
        """A number from 0 to limit - 1 that depends on the seed and `what`."""
        digest = hashlib.blake2b(f"{self._seed}|{what}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % limit

    def falls(self, fault: str, where: str) -> bool:
        """Whether a fault is to be laid there; asking changes nothing."""
        return self.number(f"{fault}|{where}", 1_000_000) < self._rate * 1_000_000

    def lays(self, fault: str, where: str, subject: str) -> bool:
        """Whether a fault is to be laid there; each chance is asked once and written down."""
        self._manifest.chances[fault] += 1
        if not self.falls(fault, where):
            return False
        entry = {"fault": fault, "check": FAULTS[fault], "subject": subject}
        self._manifest.faults.append(entry)
        return True
