"""Firewall rules, parameters and virtual endpoints of servers."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.server import FirewallRule, ServerParameter, VirtualEndpoint
from tests.sources.kinds.reading import SERVER, one, read

TYPE = "microsoft.dbforpostgresql/flexibleservers"


def rule(start: Any, end: Any, name: str = "office_2026-01-31") -> dict[str, Any]:
    return {
        "id": f"{SERVER}/firewallRules/{name}",
        "name": name,
        "type": f"{TYPE}/firewallRules",
        "properties": {"startIpAddress": start, "endIpAddress": end},
    }


def test_a_firewall_rule() -> None:
    found = one(rule("203.0.113.8", "203.0.113.15"), FirewallRule)
    assert found.server == fold(SERVER)
    assert found.name == "office_2026-01-31"
    assert found.span == (0xCB007108, 0xCB00710F)


def test_quirk_46_everyone_and_azure_services_are_different_ranges() -> None:
    azure = one(rule("0.0.0.0", "0.0.0.0", "AllowAllAzureServices"), FirewallRule)
    everyone = one(rule("0.0.0.0", "255.255.255.255", "AllowAll_2026-1-31_12-0-5"), FirewallRule)
    assert azure.span == (0, 0)
    assert everyone.span == (0, 0xFFFFFFFF)


@pytest.mark.parametrize(
    ("start", "end"),
    [("10.0.0.9", "10.0.0.1"), ("10.0.0.256", "10.0.1.0"), ("office", "10.0.1.0")],
)
def test_a_range_that_is_none_is_kept_as_text_and_noted(start: str, end: str) -> None:
    found = read(rule(start, end))
    (held,) = found.of(FirewallRule)
    assert (held.start, held.end, held.span) == (start, end, None)
    assert len(found.issues) == 1


def test_a_server_parameter() -> None:
    row = {
        "id": f"{SERVER}/configurations/require_secure_transport",
        "type": f"{TYPE}/configurations",
        "properties": {"value": "on", "source": "system-default"},
    }
    found = one(row, ServerParameter)
    assert (found.server, found.name, found.value) == (
        fold(SERVER),
        "require_secure_transport",
        "on",
    )


def test_a_virtual_endpoint() -> None:
    row = {
        "id": f"{SERVER}/virtualendpoints/orders",
        "name": "orders",
        "type": f"{TYPE}/virtualendpoints",
        "properties": {
            "endpointType": "ReadWrite",
            "members": ["PSQL-orders-weu", None],
            "virtualEndpoints": ["orders.writer.postgres.database.azure.com."],
        },
    }
    found = one(row, VirtualEndpoint)
    assert found.members == ("psql-orders-weu",)
    assert found.names == ("orders.writer.postgres.database.azure.com",)
    assert found.endpoint_type == "ReadWrite"
