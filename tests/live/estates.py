"""Estates for the stand-in, as rows."""

from __future__ import annotations

from typing import Any

from tests.stand_in.estate import Estate

Row = dict[str, Any]

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"
THIRD = "33333333-3333-4333-8333-333333333333"
NSG = "microsoft.network/networksecuritygroups"
SERVER = "microsoft.dbforpostgresql/flexibleservers"
NETWORK = "microsoft.network/virtualnetworks"
RULES = f"{SERVER}/firewallrules"
PARAMETERS = f"{SERVER}/configurations"


def nsg(number: int, subscription: str = FIRST, size: int = 0) -> Row:
    name = f"nsg-{number:05}"
    rules = [{"name": "filler", "properties": {"description": "x" * size}}] if size else []
    return _row(subscription, "Microsoft.Network/networkSecurityGroups", name, securityRules=rules)


def server(name: str, subscription: str = FIRST) -> Row:
    public = {"publicNetworkAccess": "Enabled"}
    return _row(subscription, "Microsoft.DBforPostgreSQL/flexibleServers", name, network=public)


def network(name: str, subscription: str = FIRST) -> Row:
    space = {"addressPrefixes": ["10.0.0.0/16"]}
    return _row(
        subscription, "Microsoft.Network/virtualNetworks", name, addressSpace=space, subnets=[]
    )


def child(parent: Row, segment: str, name: str, **properties: Any) -> Row:
    return {
        "id": f"{parent['id']}/{segment}/{name}",
        "name": name,
        "type": f"{parent['type']}/{segment}".lower(),
        "properties": properties,
    }


def subscription(name: str) -> Row:
    return {
        "id": f"/subscriptions/{name}",
        "name": f"sub {name[:4]}",
        "type": "microsoft.resources/subscriptions",
        "properties": {"state": "Enabled"},
    }


def _row(subscription: str, arm_type: str, name: str, **properties: Any) -> Row:
    group = f"/subscriptions/{subscription}/resourceGroups/rg"
    return {
        "id": f"{group}/providers/{arm_type}/{name}",
        "name": name,
        "type": arm_type.lower(),
        "location": "westeurope",
        "properties": properties,
    }


def flat(count: int, size: int = 0) -> Estate:
    """So many network security groups in two subscriptions by turns, and nothing else."""
    owners = (FIRST, SECOND)
    rows = [nsg(number, owners[number % 2], size) for number in range(count)]
    return Estate([subscription(FIRST), subscription(SECOND), *rows])


def with_servers(count: int = 3) -> Estate:
    """Servers with firewall rules and parameters, and a network, in one subscription."""
    rows = [subscription(FIRST), network("vnet")]
    for number in range(count):
        owner = server(f"psql-{number}")
        rows += [
            owner,
            child(owner, "firewallRules", "office", startIpAddress="203.0.113.1"),
            child(owner, "configurations", "require_secure_transport", value="on", source="user"),
        ]
    return Estate(rows)
