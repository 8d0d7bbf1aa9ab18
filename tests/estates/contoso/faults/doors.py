"""Faults of public access, encryption, private endpoints and locks."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault
from tests.estates.contoso.plan import PRIVATELINK


def open_to_everyone(estate: Contoso) -> Fault:
    """A rule for the whole internet."""
    server = estate.servers["survey"]
    made = estate.world.firewall_rule(
        server, "AllowAll_2026-3-9_10-14-2", "0.0.0.0", "255.255.255.255"
    )
    return Fault(
        "PGT801",
        server,
        "Rule AllowAll_2026-3-9_10-14-2 admits 0.0.0.0 to 255.255.255.255.",
        "Everyone on the internet may knock.",
        (made,),
    )


def open_to_azure(estate: Contoso) -> Fault:
    """The switch for Azure services."""
    server = estate.servers["telemetry"]
    made = estate.world.firewall_rule(
        server, "AllowAllAzureServicesAndResourcesWithinAzureIps", "0.0.0.0", "0.0.0.0"
    )
    return Fault(
        "PGT802",
        server,
        "The rule 0.0.0.0 to 0.0.0.0 admits all of Azure, other customers included.",
        "Every Azure tenant may knock.",
        (made,),
    )


def private_range(estate: Contoso) -> Fault:
    """A private range in a public list."""
    server = estate.servers["telemetry"]
    made = estate.world.firewall_rule(server, "vnet-mobile", "10.41.80.0", "10.41.80.255")
    return Fault(
        "PGT805",
        server,
        "Rule vnet-mobile lists private addresses, which never arrive at a public server.",
        "The machines it was meant for are admitted by another rule, or not at all.",
        (made,),
    )


def reversed_range(estate: Contoso) -> Fault:
    """Start and end exchanged."""
    server = estate.servers["telemetry"]
    made = estate.world.firewall_rule(server, "depot-venlo", "20.105.208.190", "20.105.208.160")
    return Fault(
        "PGT806",
        server,
        "Rule depot-venlo starts above its end and matches nothing.",
        "Connection timed out from the depot.",
        (made,),
    )


def nobody_admitted(estate: Contoso) -> Fault:
    """Public access without a single rule."""
    server = estate.servers["archive"]
    estate.world.remove(f"{server}/firewallRules/office")
    return Fault(
        "PGT803",
        server,
        "Public access is on, and there is neither a firewall rule nor a private endpoint.",
        "Connection timed out from everywhere.",
    )


def clear_text(estate: Contoso) -> Fault:
    """Encryption is optional."""
    server = estate.servers["dev"]
    parameter = f"{server}/configurations/require_secure_transport"
    estate.world.properties(parameter)["value"] = "off"
    return Fault(
        "PGT811",
        server,
        "require_secure_transport is off.",
        "Passwords and data may travel in clear text.",
        (parameter,),
    )


def pending_endpoint(estate: Contoso) -> Fault:
    """Nobody approved the endpoint."""
    world = estate.world
    endpoint, server = estate.endpoints["loyalty"], _server(estate, "loyalty")
    properties = world.properties(endpoint)
    links = properties["privateLinkServiceConnections"]
    state = {"status": "Pending", "description": "Please approve", "actionsRequired": "None"}
    links[0]["properties"]["privateLinkServiceConnectionState"] = state
    properties["manualPrivateLinkServiceConnections"] = links
    properties["privateLinkServiceConnections"] = []
    properties["customDnsConfigs"] = []
    listed = world.properties(server)["privateEndpointConnections"][0]
    listed["properties"]["privateLinkServiceConnectionState"] = state
    world.remove(f"{_zone(estate)}/A/psql-loyalty-prod-weu")
    return Fault(
        "PGT901",
        endpoint,
        "The endpoint's connection is Pending.",
        "The name leads to the public address, which is closed: connection timed out.",
        (server, str(listed["id"])),
    )


def stale_record(estate: Contoso) -> Fault:
    """Somebody edited the record by hand."""
    record = f"{_zone(estate)}/A/psql-catalog-prod-weu"
    estate.world.properties(record)["aRecords"] = [{"ipv4Address": "10.20.2.60"}]
    return Fault(
        "PGT905",
        record,
        "The A record says 10.20.2.60, the endpoint's interface has 10.20.2.6.",
        "Connection timed out: nobody lives at 10.20.2.60.",
        (estate.endpoints["catalog"], _server(estate, "catalog"), _zone(estate)),
    )


def locked_zone(estate: Contoso) -> Fault:
    """A well-meant lock."""
    server = estate.servers["crm"]
    zone = str(estate.world.properties(server)["network"]["privateDnsZoneArmResourceId"])
    lock = estate.world.lock(zone, "do-not-delete", "CanNotDelete")
    return Fault(
        "PGT001",
        server,
        "A CanNotDelete lock covers the zone, and the server has high availability.",
        "Nothing until failover; then the name may keep the old address.",
        (zone, lock),
    )


def _server(estate: Contoso, workload: str) -> str:
    endpoint = estate.world.properties(estate.endpoints[workload])
    links = (
        endpoint["privateLinkServiceConnections"] + endpoint["manualPrivateLinkServiceConnections"]
    )
    return str(links[0]["properties"]["privateLinkServiceId"])


def _zone(estate: Contoso) -> str:
    return next(
        str(row["id"]) for row in estate.world.rows if row["id"].endswith(f"/{PRIVATELINK}")
    )


FAULTS = (
    open_to_everyone,
    open_to_azure,
    nobody_admitted,
    private_range,
    reversed_range,
    clear_text,
    pending_endpoint,
    stale_record,
    locked_zone,
)
