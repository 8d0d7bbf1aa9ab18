"""Faults of subnets and of the servers themselves."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault


def _subnet(estate: Contoso, server: str) -> str:
    network = estate.world.properties(estate.servers[server])["network"]
    return str(network["delegatedSubnetResourceId"])


def not_delegated(estate: Contoso) -> Fault:
    """The delegation is gone."""
    subnet = _subnet(estate, "imports")
    estate.world.properties(subnet)["delegations"] = []
    return Fault(
        "PGT601",
        subnet,
        "The server's subnet is not delegated to Microsoft.DBforPostgreSQL/flexibleServers.",
        "Nothing at once; scaling, failover and restore fail.",
        (estate.servers["imports"],),
    )


def foreign_interface(estate: Contoso) -> Fault:
    """A machine in the server's subnet."""
    world, subnet = estate.world, _subnet(estate, "metrics")
    parts = subnet.split("/")
    nic = world.nic("nic-prometheus-01", subnet, "10.22.34.58", sub=parts[2], rg=parts[4])
    world.vm("vm-prometheus-01", nic, sub=parts[2], rg=parts[4])
    return Fault(
        "PGT602",
        subnet,
        "The interface of vm-prometheus-01 sits in the delegated subnet.",
        "Nothing at once; the subnet belongs to flexible servers alone.",
        (estate.servers["metrics"], nic),
    )


def no_addresses_left(estate: Contoso) -> Fault:
    """The subnet is full."""
    subnet = _subnet(estate, "quality")
    estate.world.properties(f"{subnet}/providers/pgtopo/usage")["used"] = 11
    return Fault(
        "PGT604",
        subnet,
        "The service reports 11 of 11 addresses in use.",
        "Nothing for clients; a failover or a new server finds no address.",
        (estate.servers["quality"],),
    )


def no_storage_endpoint(estate: Contoso) -> Fault:
    """The service endpoint for storage was removed."""
    subnet = _subnet(estate, "dev")
    del estate.world.properties(subnet)["serviceEndpoints"]
    return Fault(
        "PGT606",
        subnet,
        "The server's subnet has no service endpoint for Microsoft.Storage.",
        "Nothing for clients; log archiving takes a longer way.",
        (estate.servers["dev"],),
    )


def stopped(estate: Contoso) -> Fault:
    """Switched off to save money."""
    server = estate.servers["training"]
    estate.world.properties(server)["state"] = "Stopped"
    return Fault(
        "PGT701",
        server,
        "The server is stopped.",
        "Connection timed out, or the name does not resolve.",
    )


def unhealthy_standby(estate: Contoso) -> Fault:
    """High availability that is not there when it is needed."""
    server = estate.servers["crm"]
    estate.world.properties(server)["highAvailability"]["state"] = "RecreatingStandby"
    return Fault(
        "PGT702",
        server,
        "High availability is in state RecreatingStandby.",
        "Nothing until the zone fails; then there is no standby.",
    )


FAULTS = (
    not_delegated,
    foreign_interface,
    no_addresses_left,
    no_storage_endpoint,
    stopped,
    unhealthy_standby,
)
