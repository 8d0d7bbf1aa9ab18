"""The az commands that fixes are made of, each beside the one that takes it back.

Azure rule: options as in the Azure CLI reference (Microsoft Learn); `az postgres flexible-server
firewall-rule` takes `--server-name` and `--name` since the 2026 change of its arguments.
"""

from collections.abc import Iterable

from pgtopo.checks.az import az, az_by_id, part
from pgtopo.checks.rule_words import RuleWords

_PG = "postgres flexible-server"


# -- private DNS ------------------------------------------------------------------------------


def zone_link_create(
    zone: str, name: str, network: str, *, has_registration: bool = False, policy: str = ""
) -> str:
    """Link a private zone to a network; for look-ups only, unless told otherwise."""
    return az(
        "network private-dns link vnet create",
        zone,
        zone_name=part(zone, "privatednszones"),
        name=name,
        virtual_network=network,
        registration_enabled=has_registration,
        **({"resolution_policy": policy} if policy else {}),
    )


def zone_link_update(link: str, *, has_registration: bool) -> str:
    """Switch the registration of machines on or off."""
    return az(
        "network private-dns link vnet update",
        link,
        zone_name=part(link, "privatednszones"),
        name=part(link, "virtualnetworklinks"),
        registration_enabled=has_registration,
    )


def zone_link_policy(link: str, policy: str) -> str:
    """Say what a link does where the zone has no such name."""
    return az(
        "network private-dns link vnet update",
        link,
        zone_name=part(link, "privatednszones"),
        name=part(link, "virtualnetworklinks"),
        resolution_policy=policy,
    )


def zone_link_delete(link: str) -> str:
    """Take a link away."""
    return (
        az(
            "network private-dns link vnet delete",
            link,
            zone_name=part(link, "privatednszones"),
            name=part(link, "virtualnetworklinks"),
        )
        + " --yes"
    )


def record_add(zone: str, label: str, address: str) -> str:
    """Add an address to an A record set, made where it is missing."""
    return _record("add-record", zone, label, address)


def record_remove(zone: str, label: str, address: str) -> str:
    """Take an address out of an A record set; an empty set goes along."""
    return _record("remove-record", zone, label, address)


def _record(verb: str, zone: str, label: str, address: str) -> str:
    return az(
        f"network private-dns record-set a {verb}",
        zone,
        zone_name=part(zone, "privatednszones"),
        record_set_name=label,
        ipv4_address=address,
    )


def record_ttl(zone: str, label: str, ttl: int) -> str:
    """Set how long an answer may be kept."""
    return az(
        "network private-dns record-set a update",
        zone,
        zone_name=part(zone, "privatednszones"),
        name=label,
        set=f"ttl={ttl}",
    )


# -- network security groups ------------------------------------------------------------------


def nsg_rule_create(nsg: str, name: str, rule: RuleWords) -> str:
    """Add a rule to a network security group."""
    sides = (
        ("source_address_prefixes", rule.sources),
        ("source_asgs", rule.source_groups),
        ("source_port_ranges", rule.source_ports),
        ("destination_address_prefixes", rule.destinations),
        ("destination_asgs", rule.destination_groups),
        ("destination_port_ranges", rule.ports),
    )
    return az(
        "network nsg rule create",
        nsg,
        nsg_name=part(nsg, "networksecuritygroups"),
        name=name,
        priority=rule.priority,
        direction=rule.direction,
        access=rule.access,
        protocol=rule.protocol,
        **{option: texts for option, texts in sides if texts},
    )


def nsg_rule_update(nsg: str, name: str, **options: str | int | Iterable[str]) -> str:
    """Change some fields of a rule."""
    return az(
        "network nsg rule update",
        nsg,
        nsg_name=part(nsg, "networksecuritygroups"),
        name=name,
        **options,
    )


def nsg_rule_delete(nsg: str, name: str) -> str:
    """Take a rule away."""
    return az(
        "network nsg rule delete", nsg, nsg_name=part(nsg, "networksecuritygroups"), name=name
    )


# -- route tables -----------------------------------------------------------------------------


def route_create(table: str, name: str, prefix: str, hop_type: str, hop_ip: str = "") -> str:
    """Add a route to a table."""
    more = {"next_hop_ip_address": hop_ip} if hop_ip else {}
    return az(
        "network route-table route create",
        table,
        route_table_name=part(table, "routetables"),
        name=name,
        address_prefix=prefix,
        next_hop_type=hop_type,
        **more,
    )


def route_delete(table: str, name: str) -> str:
    """Take a route away."""
    return az(
        "network route-table route delete",
        table,
        route_table_name=part(table, "routetables"),
        name=name,
    )


def route_table_propagation(table: str, *, is_disabled: bool) -> str:
    """Switch off or on that gateway routes reach the subnets of a table."""
    return az(
        "network route-table update",
        table,
        name=part(table, "routetables"),
        disable_bgp_route_propagation=is_disabled,
    )


def route_table_peerings(table: str, disabled: str) -> str:
    """Say which routes of peerings a table leaves out: All or None."""
    found = az("network route-table update", table, name=part(table, "routetables"))
    return f"{found} --set disablePeeringRoute={disabled}"


# -- networks and subnets ---------------------------------------------------------------------


def network_dns(network: str, servers: Iterable[str]) -> str:
    """Let a network ask these DNS servers; Azure's own where there is none."""
    wanted = list(servers)
    return az(
        "network vnet update",
        network,
        name=part(network, "virtualnetworks"),
        dns_servers=wanted or [""],
    )


def peering_create(
    network: str, name: str, remote: str, *, allows_forwarded: bool, allows_access: bool = True
) -> str:
    """Make one half of a peering."""
    return az(
        "network vnet peering create",
        network,
        vnet_name=part(network, "virtualnetworks"),
        name=name,
        remote_vnet=remote,
        allow_vnet_access=allows_access,
        allow_forwarded_traffic=allows_forwarded,
    )


def peering_delete(peering: str) -> str:
    """Take one half of a peering away."""
    return _peering("delete", peering)


def peering_sync(peering: str) -> str:
    """Let a peering route what the other network has by now."""
    return _peering("sync", peering)


def peering_set(peering: str, field: str, *, value: bool) -> str:
    """Switch one flag of a peering."""
    return f"{_peering('update', peering)} --set {field}={str(value).lower()}"


def _peering(verb: str, peering: str) -> str:
    return az(
        f"network vnet peering {verb}",
        peering,
        vnet_name=part(peering, "virtualnetworks"),
        name=part(peering, "virtualnetworkpeerings"),
    )


def subnet_update(subnet: str, **options: str | Iterable[str]) -> str:
    """Change some settings of a subnet; what is listed replaces the list that was there."""
    return az(
        "network vnet subnet update",
        subnet,
        vnet_name=part(subnet, "virtualnetworks"),
        name=part(subnet, "subnets"),
        **options,
    )


def subnet_drop(subnet: str, field: str) -> str:
    """Take a reference such as `networkSecurityGroup` off a subnet."""
    return f"{subnet_update(subnet)} --remove {field}"


def nic_forwarding(nic: str, *, is_on: bool) -> str:
    """Switch IP forwarding of an interface."""
    return az("network nic update", nic, name=part(nic, "networkinterfaces"), ip_forwarding=is_on)


def vm_start(machine: str) -> str:
    """Start a virtual machine."""
    return az("vm start", machine, name=part(machine, "virtualmachines"))


def vm_deallocate(machine: str) -> str:
    """Stop a virtual machine."""
    return az("vm deallocate", machine, name=part(machine, "virtualmachines"))


# -- flexible servers -------------------------------------------------------------------------


def server_start(server: str) -> str:
    """Start a server."""
    return az(f"{_PG} start", server, name=part(server, "flexibleservers"))


def server_stop(server: str) -> str:
    """Stop a server."""
    return az(f"{_PG} stop", server, name=part(server, "flexibleservers"))


def server_public_access(server: str, state: str) -> str:
    """Switch public access of a server outside every network."""
    return az(f"{_PG} update", server, name=part(server, "flexibleservers"), public_access=state)


def parameter_set(server: str, name: str, value: str) -> str:
    """Set a server parameter."""
    return az(
        f"{_PG} parameter set",
        server,
        server_name=part(server, "flexibleservers"),
        name=name,
        value=value,
    )


def firewall_rule_create(server: str, name: str, start: str, end: str) -> str:
    """Admit a range of public addresses."""
    return _firewall_rule("create", server, name, start, end)


def firewall_rule_update(server: str, name: str, start: str, end: str) -> str:
    """Give a firewall rule another range."""
    return _firewall_rule("update", server, name, start, end)


def _firewall_rule(verb: str, server: str, name: str, start: str, end: str) -> str:
    return az(
        f"{_PG} firewall-rule {verb}",
        server,
        server_name=part(server, "flexibleservers"),
        name=name,
        start_ip_address=start,
        end_ip_address=end,
    )


def firewall_rule_delete(server: str, name: str) -> str:
    """Take a firewall rule away."""
    found = az(
        f"{_PG} firewall-rule delete",
        server,
        server_name=part(server, "flexibleservers"),
        name=name,
    )
    return f"{found} --yes"


def resource_delete(resource: str, version: str) -> str:
    """Delete a resource where its own command refuses to: firewall rules of injected servers."""
    return az_by_id("rest", method="delete", url=f"{resource}?api-version={version}")


# -- private endpoints, resolvers, locks ------------------------------------------------------


def endpoint_approve(connection: str) -> str:
    """Approve a private endpoint connection."""
    return az_by_id("network private-endpoint-connection approve", id=connection)


def endpoint_reject(connection: str) -> str:
    """Reject a private endpoint connection."""
    return az_by_id("network private-endpoint-connection reject", id=connection)


def zone_group_create(endpoint: str, name: str, zone: str) -> str:
    """Let Azure keep the records of an endpoint in a zone."""
    return az(
        "network private-endpoint dns-zone-group create",
        endpoint,
        endpoint_name=part(endpoint, "privateendpoints"),
        name=name,
        private_dns_zone=zone,
        zone_name="postgres",
    )


def zone_group_delete(endpoint: str, name: str) -> str:
    """Take a zone group, and the records Azure kept for it, away."""
    return az(
        "network private-endpoint dns-zone-group delete",
        endpoint,
        endpoint_name=part(endpoint, "privateendpoints"),
        name=name,
    )


def lock_delete(lock: str) -> str:
    """Take a lock off."""
    return az_by_id("lock delete", ids=lock)


def lock_create(lock: str, level: str) -> str:
    """Put a lock back on what it was on."""
    scope, _, tail = lock.rpartition("/providers/")
    name = tail.rsplit("/", 1)[-1]
    if "/providers/" not in scope:
        return az("lock create", scope, name=name, lock_type=level)
    return az_by_id("lock create", name=name, lock_type=level, resource=scope)
