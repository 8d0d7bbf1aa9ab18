"""Faults of zones, links, records and resolvers."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault
from tests.estates.rows import hex_label


def no_zone(estate: Contoso) -> Fault:
    """A server without a private zone."""
    world, server = estate.world, estate.servers["forecast"]
    network = world.properties(server)["network"]
    zone = network.pop("privateDnsZoneArmResourceId")
    world.remove(f"{zone}/A/{hex_label('psql-forecast-sbx-weu')}")
    return Fault(
        "PGT101",
        server,
        "The server names no private DNS zone.",
        "could not translate host name: its name has no private target anywhere.",
    )


def unlinked_own_network(estate: Contoso) -> Fault:
    """The analytics zone is linked to the hub only."""
    world, server = estate.world, estate.servers["analytics"]
    zone = str(world.properties(server)["network"]["privateDnsZoneArmResourceId"])
    vnet = estate.weu.analytics.vnet
    world.remove(f"{zone}/virtualNetworkLinks/link-vnet-analytics-weu")
    return Fault(
        "PGT103",
        server,
        "The zone is not linked to the server's own network (only to the western hub).",
        "could not translate host name, from every machine in vnet-analytics-weu.",
        (zone, vnet),
    )


def unfinished_link(estate: Contoso) -> Fault:
    """A link that never got ready."""
    server = estate.servers["inventory"]
    zone = estate.world.properties(server)["network"]["privateDnsZoneArmResourceId"]
    link = f"{zone}/virtualNetworkLinks/link-vnet-billing-weu"
    estate.world.properties(link)["virtualNetworkLinkState"] = "InProgress"
    return Fault(
        "PGT105",
        link,
        "The link's state is InProgress.",
        "Nobody can say whether billing resolves psql-inventory-prod-weu.",
        (str(zone), estate.weu.billing.vnet),
    )


def no_record(estate: Contoso) -> Fault:
    """A zone without the server's record."""
    world, server = estate.world, estate.servers["geodata"]
    zone = str(world.properties(server)["network"]["privateDnsZoneArmResourceId"])
    world.remove(f"{zone}/A/{hex_label('psql-geodata-sbx-weu')}")
    return Fault(
        "PGT110",
        server,
        "Its zone holds no A record inside the server's subnet.",
        "could not translate host name (NXDOMAIN), although zone and link are there.",
        (zone,),
    )


def blind_dns_servers(estate: Contoso) -> Fault:
    """The domain controllers' network lost its link."""
    server = estate.servers["ledger"]
    zone = str(estate.world.properties(server)["network"]["privateDnsZoneArmResourceId"])
    estate.world.remove(f"{zone}/virtualNetworkLinks/link-vnet-identity-weu")
    return Fault(
        "PGT116",
        estate.weu.backoffice.vnet,
        "Its DNS servers 10.21.80.4 and .5 live in vnet-identity-weu, which is not linked to the "
        "ledger zone; the link of vnet-backoffice-weu itself does not help.",
        "could not translate host name from the back office only.",
        (server, zone, estate.weu.identity.vnet),
    )


def long_ttl(estate: Contoso) -> Fault:
    """A record that clients keep for an hour."""
    server = estate.servers["reports"]
    zone = estate.world.properties(server)["network"]["privateDnsZoneArmResourceId"]
    record = f"{zone}/A/{hex_label('psql-reports-prod-neu')}"
    estate.world.properties(record)["ttl"] = 3600
    return Fault(
        "PGT126",
        record,
        "The record's TTL is 3600 seconds.",
        "Nothing until the server's address changes; then an hour of time-outs.",
        (server, str(zone)),
    )


def dynamic_resolver(estate: Contoso) -> Fault:
    """An inbound endpoint whose address may change."""
    endpoint = next(
        row["id"]
        for row in estate.world.rows
        if row["type"].endswith("inboundendpoints")
        and row["id"].endswith("dnspr-weu/inboundEndpoints/in-b")
    )
    configuration = estate.world.properties(endpoint)["ipConfigurations"][0]
    configuration["privateIpAllocationMethod"] = "Dynamic"
    return Fault(
        "PGT206",
        endpoint,
        "Its address 10.20.1.20 is dynamic, and vnet-web-weu has it as a DNS server.",
        "Nothing until the endpoint is made anew; then the web network loses a DNS server.",
        (estate.weu.web.vnet,),
    )


def foreign_region_ruleset(estate: Contoso) -> Fault:
    """A ruleset linked to a network of the other region."""
    ruleset = next(
        row["id"]
        for row in estate.world.rows
        if row["id"].endswith("/dnsForwardingRulesets/dnsfrs-weu")
    )
    link = estate.world.ruleset_link(ruleset, estate.neu.crm.vnet)
    return Fault(
        "PGT205",
        link,
        "The ruleset is in westeurope, the linked network in northeurope.",
        "Names below corp.contoso.com do not resolve in vnet-crm-neu.",
        (ruleset, estate.neu.crm.vnet),
    )


FAULTS = (
    no_zone,
    unlinked_own_network,
    unfinished_link,
    no_record,
    blind_dns_servers,
    long_ttl,
    foreign_region_ruleset,
    dynamic_resolver,
)
