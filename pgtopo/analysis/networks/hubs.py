"""Which networks a Virtual WAN hub joins, and which of those joints are plain.

Azure rule: connections associate with one route table of the hub and propagate to others; with
both on the default table, no static routes and no routing intent, connected networks reach each
other ("About virtual hub routing", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.routing import HubConnection, HubRouteTable, RoutingIntent, VirtualHub

DEFAULT_TABLE = "defaultroutetable"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """One network on one hub."""

    connection: ArmId
    network: ArmId
    hub: ArmId
    wan: ArmId | None = None
    is_plain: bool = False
    """Default table on both counts, no static routes, no maps, no intent in the hub."""


def attachments(facts: Facts) -> dict[ArmId, list[Attachment]]:
    """The hub connections of every network."""
    return facts.once("hub attachments", 0, lambda: _attachments(facts))


def _attachments(facts: Facts) -> dict[ArmId, list[Attachment]]:
    found: dict[ArmId, list[Attachment]] = {}
    for connection in facts.topology.all(HubConnection):
        if connection.network is not None:
            one = _attachment(facts, connection, connection.network)
            found.setdefault(connection.network, []).append(one)
    return found


def _attachment(facts: Facts, connection: HubConnection, network: ArmId) -> Attachment:
    hub = facts.topology.get(VirtualHub, connection.hub)
    return Attachment(
        connection=connection.id,
        network=network,
        hub=connection.hub,
        wan=hub.wan if hub else None,
        is_plain=_is_default(connection) and _is_hub_plain(facts, connection.hub, hub),
    )


def _is_default(connection: HubConnection) -> bool:
    tables = (connection.associated_table, *connection.propagated_tables)
    on_default = all(t is None or name_of(t) == DEFAULT_TABLE for t in tables)
    labels = all(label.lower() == "default" for label in connection.propagated_labels)
    plain = not (connection.has_static_routes or connection.has_route_maps)
    return on_default and labels and plain


def _is_hub_plain(facts: Facts, hub_id: ArmId, hub: VirtualHub | None) -> bool:
    if hub is None or hub.has_static_routes:
        return False
    topology = facts.topology
    if any(intent.hub == hub_id for intent in topology.all(RoutingIntent)):
        return False
    return not any(t.routes for t in topology.all(HubRouteTable) if t.hub == hub_id)


def hub_neighbours(facts: Facts, network: ArmId) -> list[tuple[Attachment, Attachment]]:
    """A network's own hub connections, each with another's on the same hub or the same WAN."""
    everyone = attachments(facts)
    return [
        (mine, other)
        for mine in everyone.get(network, ())
        for other in (one for held in everyone.values() for one in held)
        if other.network != network
        and (other.hub == mine.hub or (mine.wan is not None and other.wan == mine.wan))
    ]
