"""Random rules: of network security groups, of Network Manager, of firewalls."""

from __future__ import annotations

from collections.abc import Sequence

from tests.estates.rows import Row, admin_rule, network_rule, rule
from tests.oracle.chance import Chance

TAGS = ["VirtualNetwork", "virtualnetwork", "Internet", "Storage", "AzureCloud", "Sql"]
RARE_TAGS = ["AzureLoadBalancer", "Sql.NorthEurope", "us-east.storage", "AzureActiveDirectory"]
PORTS: list[str | Sequence[str]] = [
    "*",
    "*",
    "5432",
    "5432",
    "53",
    "5000-6000",
    ["443", "5432"],
    "22",
]
SOURCE_PORTS: list[str | Sequence[str]] = [*["*"] * 12, "40000-50000", "1-1023", ["1024-65535"]]


def security_rules(chance: Chance, ranges: Sequence[str], asgs: Sequence[str]) -> list[Row]:
    """Custom rules of one NSG; now and then two share a priority."""
    found = []
    priorities = [100, 110, 200, 300, 4096]
    for number in range(chance.number(0, 4)):
        direction = chance.one(["Inbound", "Outbound"])
        groups = chance.is_so(0.12)
        found.append(
            rule(
                f"rule-{number}",
                chance.one(priorities) if chance.is_so(0.1) else 120 + 10 * number,
                chance.cased(chance.one(["Allow", "Allow", "Deny"])),
                direction,
                chance.one(["Tcp", "*", "*", "Udp", "tcp"]),
                src=_address(chance, ranges),
                dst=_address(chance, ranges),
                ports=chance.one(PORTS),
                src_ports=chance.one(SOURCE_PORTS),
                src_asgs=[chance.one(asgs)] if groups else [],
                dst_asgs=[chance.one(asgs)] if chance.is_so(0.04) else [],
            )
        )
    if chance.is_so(0.25):
        direction = chance.one(["Inbound", "Outbound"])
        found.append(rule("deny-all", 4096, "Deny", direction, "*"))
    return found


def _address(chance: Chance, ranges: Sequence[str]) -> str | list[str]:
    kind = chance.number(0, 9)
    if kind < 4:
        return "*"
    if kind == 4:
        return chance.one(RARE_TAGS) if chance.is_so(0.3) else chance.one(TAGS)
    if kind == 5:
        return chance.some(ranges, 3) or "*"
    if kind == 6:
        return half_of(chance, chance.one(ranges))
    return chance.one(ranges)


def half_of(chance: Chance, text: str) -> str:
    """Half of a range."""
    import ipaddress

    net = ipaddress.ip_network(text)
    if net.prefixlen > 30:
        return text
    return str(chance.one(list(net.subnets(1))))


def admin_rules(chance: Chance, ranges: Sequence[str]) -> list[Row]:
    """Security admin rules in force in one network."""
    return [
        admin_rule(
            f"admin-{number}",
            10 * number + 10,
            chance.one(["Deny", "Allow", "AlwaysAllow"]),
            chance.one(["Inbound", "Outbound"]),
            chance.one(["Tcp", "Any"]),
            src=chance.some(ranges, 1),
            dst=chance.some(ranges, 1),
            ports=chance.one([[], ["5432"], ["5000-6000"], ["22"]]),
        )
        for number in range(chance.number(1, 2))
    ]


def firewall_network_rules(chance: Chance, ranges: Sequence[str]) -> list[Row]:
    """Network rules of a firewall policy."""
    open_wide = network_rule("open", ["*"], ["*"], ["*"], ["Any"])
    found = [open_wide] if chance.is_so(0.5) else []
    return found + [
        network_rule(
            f"net-{number}",
            chance.some(ranges, 2) or ["*"],
            chance.some(ranges, 2) or ["*"],
            chance.one([["5432"], ["*"], ["53"], ["5000-6000", "53"]]),
            chance.one([["TCP"], ["Any"], ["UDP", "TCP"]]),
            chance.one(["Allow", "Allow", "Deny"]),
        )
        for number in range(chance.number(0, 2))
    ]
