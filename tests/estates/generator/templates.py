"""Rule sets that many security groups share, as they do where groups come from modules."""

from __future__ import annotations

from random import Random

from tests.estates.rows import Row, rule

TEMPLATES = 12

_TAGS = ("AzureLoadBalancer", "VirtualNetwork", "AzureCloud", "AzureMonitor", "Storage")
_PORTS = ("22", "443", "1433", "3389", "5432", "6379", "8080", "8443", "9092", "10250")


def make(seed: int) -> list[list[Row]]:
    """The templates of an estate: from five rules to forty."""
    random = Random(f"rules|{seed}")
    return [_template(random, 5 + 35 * number // (TEMPLATES - 1)) for number in range(TEMPLATES)]


def _template(random: Random, size: int) -> list[Row]:
    """Rules that differ in what they match and leave 5432 to the defaults."""
    rules = []
    for number in range(size):
        direction = "Outbound" if random.random() < 0.3 else "Inbound"
        access = "Deny" if random.random() < 0.25 else "Allow"
        name = f"{access.lower()}-{direction[:-5].lower()}-{number:02d}"
        rules.append(_rule(random, name, 200 + 10 * number, access, direction))
    return rules


def _rule(random: Random, name: str, priority: int, access: str, direction: str) -> Row:
    """One rule; a Deny is always about a foreign range, so that it never hits the estate."""
    office = [f"172.20.{random.randrange(256)}.0/24" for _ in range(random.randrange(1, 6))]
    ports = random.choice(_PORTS)
    if access == "Deny":
        source: str | list[str] = f"198.18.{random.randrange(256)}.0/24"
    else:
        source = random.choice(_TAGS) if random.random() < 0.4 else office
    if direction == "Outbound":
        return rule(name, priority, access, direction, "Tcp", dst=source, ports=ports)
    return rule(name, priority, access, direction, "Tcp", src=source, ports=ports)
