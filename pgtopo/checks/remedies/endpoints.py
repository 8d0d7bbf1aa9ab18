"""Fixes for private endpoints: approval, records, zone groups."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.checks import commands as az
from pgtopo.checks.az import part
from pgtopo.checks.base import Fail
from pgtopo.checks.endpoints import addresses_of, statuses, target_of, zone_groups_of
from pgtopo.checks.fix import Fix
from pgtopo.model.base import Resource
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, ancestor, name_of
from pgtopo.model.patch import Op, add_row, set_value
from pgtopo.model.server import EndpointConnection, FlexibleServer

_STATUS = "/properties/privateLinkServiceConnectionState/status"


def approve(facts: Facts, subject: Resource, fail: Fail | None = None) -> tuple[Fix, ...]:
    """Approve a connection that waits for it; a refused one is its owner's to make anew."""
    connections = list(_connections(facts, subject))
    words = {one.status.lower() for one in connections}
    if isinstance(subject, PrivateEndpoint):
        words |= set(statuses(facts, subject))
    if words != {"pending"}:
        return (Fix(text="Ask the endpoint's owner to make it anew, then approve it."),)
    if not connections:
        return (Fix(text="Approve the connection at the server, whose list was not read."),)
    shown = [facts.topology.display(one.id) for one in connections]
    fix = Fix(
        text=f"Approve the connection of private endpoint {subject.name}.",
        ops=(
            *(set_value(row, _STATUS, "Approved") for row in shown),
            *_approved_side(facts, subject, connections),
        ),
        commands=tuple(az.endpoint_approve(row) for row in shown),
        roll_back=tuple(az.endpoint_reject(row) for row in shown),
        effect="The endpoint's network reaches the server past its firewall rules.",
        risk="Make sure who made the endpoint: it may be in another tenant.",
        needs=("Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections/write",),
    )
    return (fix,)


def _connections(facts: Facts, subject: Resource) -> Iterator[EndpointConnection]:
    if isinstance(subject, EndpointConnection):
        yield subject
        return
    target = target_of(subject) if isinstance(subject, PrivateEndpoint) else None
    for connection in facts.topology.connections_of(target) if target else ():
        if connection.endpoint == subject.id:
            yield connection


def _approved_side(
    facts: Facts, subject: Resource, connections: list[EndpointConnection]
) -> Iterator[Op]:
    """The endpoint's own word, which follows the server's."""
    wanted = {one.endpoint for one in connections}
    found = subject if isinstance(subject, PrivateEndpoint) else None
    if found is None or found.id not in wanted:
        return
    shown = facts.topology.display(found.id)
    places = {True: 0, False: 0}
    for connection in found.connections:
        kind = "manualPrivateLinkServiceConnections"
        kind = kind if connection.is_manual else "privateLinkServiceConnections"
        at = places[connection.is_manual]
        places[connection.is_manual] += 1
        if connection.status:
            yield set_value(shown, f"/properties/{kind}/{at}{_STATUS}", "Approved")


def keep_record(facts: Facts, endpoint: PrivateEndpoint, fail: Fail) -> tuple[Fix, ...]:
    """Let Azure keep the endpoint's record in the zone its network is linked to."""
    network = ancestor(endpoint.subnet, "virtualnetworks") if endpoint.subnet else None
    server = facts.topology.get(FlexibleServer, target_of(endpoint))
    zone = next(
        (
            zone
            for zone in facts.topology.zones_named(private_link_zone(facts))
            if network in {link.network for link in facts.topology.links_of_zone(zone.id)}
        ),
        None,
    )
    addresses = sorted(addresses_of(facts, endpoint))
    if zone is None or server is None or not addresses:
        text = f"Make zone {private_link_zone(facts)}, link it to the clients' networks, and add a"
        return (Fix(text=f"{text} DNS zone group to the endpoint."),)
    return (_kept(facts, endpoint, zone, server.name.lower(), addresses),)


def _kept(
    facts: Facts, endpoint: PrivateEndpoint, zone: PrivateZone, label: str, addresses: list[str]
) -> Fix:
    shown, kept = facts.topology.display(endpoint.id), facts.topology.display(zone.id)
    name = "default"
    group = f"{shown}/privateDnsZoneGroups/{name}"
    configs = [{"name": "postgres", "properties": {"privateDnsZoneId": kept}}]
    record = f"{kept}/A/{label}"
    held = facts.topology.get(RecordSet, _find(facts, zone, label))
    values = [{"ipv4Address": text} for text in addresses]
    written = (
        add_row({"id": record, "properties": {"ttl": 10, "aRecords": values}})
        if held is None
        else set_value(facts.topology.display(held.id), "/properties/aRecords", values)
    )
    if zone_groups_of(facts, endpoint.id):
        return Fix(
            text=f"Write record {label} ({', '.join(addresses)}) into zone {zone.name}.",
            ops=(written,),
            commands=tuple(az.record_add(kept, label, text) for text in addresses),
            roll_back=tuple(az.record_remove(kept, label, text) for text in addresses),
            effect=f"{label} leads to the endpoint in every network linked to the zone.",
            risk="The endpoint's DNS zone group should keep this record: look why it does not.",
            needs=("Microsoft.Network/privateDnsZones/A/write",),
        )
    return Fix(
        text=f"Add a DNS zone group to endpoint {endpoint.name}, so that Azure keeps its record in"
        f" zone {zone.name}.",
        ops=(add_row({"id": group, "properties": {"privateDnsZoneConfigs": configs}}), written),
        commands=(az.zone_group_create(shown, name, kept),),
        roll_back=(az.zone_group_delete(shown, name),),
        effect=f"{label} leads to {', '.join(addresses)} in every network linked to the zone.",
        risk="Networks that are linked to the zone and cannot reach the endpoint lose the server.",
        needs=(
            "Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write",
            "Microsoft.Network/privateDnsZones/join/action",
        ),
    )


def write_record(facts: Facts, endpoint: PrivateEndpoint, zone: PrivateZone) -> tuple[Fix, ...]:
    """Put the endpoint's address into a zone that clients ask and nothing keeps for it."""
    server = facts.topology.get(FlexibleServer, target_of(endpoint))
    addresses = sorted(addresses_of(facts, endpoint))
    if server is None or not addresses or _find(facts, zone, server.name.lower()) is not None:
        return ()
    kept, label = facts.topology.display(zone.id), server.name.lower()
    values = [{"ipv4Address": text} for text in addresses]
    fix = Fix(
        text=f"Write record {label} ({', '.join(addresses)}) into zone {zone.name} of resource"
        f" group {part(kept, 'resourcegroups')}.",
        ops=(add_row({"id": f"{kept}/A/{label}", "properties": {"ttl": 10, "aRecords": values}}),),
        commands=tuple(az.record_add(kept, label, text) for text in addresses),
        roll_back=tuple(az.record_remove(kept, label, text) for text in addresses),
        effect=f"{label} leads to the endpoint in every network linked to this zone.",
        risk="Nothing keeps this record: it is written anew by hand when the address changes.",
        needs=("Microsoft.Network/privateDnsZones/A/write",),
    )
    return (fix,)


def _find(facts: Facts, zone: PrivateZone, label: str) -> ArmId | None:
    for record in facts.topology.records_of(zone.id):
        if record.label == label and record.record_type == "A":
            return record.id
    return None


def correct_record(facts: Facts, record: RecordSet, fail: Fail) -> tuple[Fix, ...]:
    """Put the endpoint's address in the place of the stale one."""
    endpoints = (facts.topology.get(PrivateEndpoint, one) for one in fail.related)
    right = sorted({text for one in endpoints if one for text in addresses_of(facts, one)})
    if not right:
        return ()
    shown = facts.topology.display(record.id)
    zone, label = shown.rsplit("/", 2)[0], name_of(shown)
    fix = Fix(
        text=f"Set record {label} to {', '.join(right)}.",
        ops=(set_value(shown, "/properties/aRecords", [{"ipv4Address": text} for text in right]),),
        commands=(
            *(az.record_add(zone, label, text) for text in right),
            *(az.record_remove(zone, label, t) for t in record.addresses if t not in right),
        ),
        roll_back=(
            *(az.record_add(zone, label, text) for text in record.addresses),
            *(az.record_remove(zone, label, t) for t in right if t not in record.addresses),
        ),
        effect="New look-ups lead to the endpoint; old answers die with their time to live.",
        risk="A zone group keeps the record from now on if you add one; until then it is by hand.",
        needs=("Microsoft.Network/privateDnsZones/A/write",),
    )
    return (fix,)
