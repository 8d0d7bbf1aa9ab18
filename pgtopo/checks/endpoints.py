"""What the checks ask of private endpoints: their server, addresses, state and zone groups."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.model.endpoint import PrivateEndpoint, ZoneGroup
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, format_address, parse_address
from pgtopo.model.network import NetworkInterface
from pgtopo.model.server import EndpointConnection, FlexibleServer

_APPROVED = "approved"


def target_of(endpoint: PrivateEndpoint) -> ArmId | None:
    """The id of the service an endpoint leads to."""
    return next((c.target for c in endpoint.connections if c.target), None)


def server_of(facts: Facts, endpoint: PrivateEndpoint) -> FlexibleServer | None:
    """The server an endpoint leads to; None where its row is not here."""
    return facts.topology.get(FlexibleServer, target_of(endpoint))


def addresses_of(facts: Facts, endpoint: PrivateEndpoint) -> frozenset[str]:
    """The addresses of an endpoint, from its interfaces and its own row; empty if not visible."""
    found: set[str] = set(endpoint.static_addresses)
    for _, addresses in endpoint.dns_configs:
        found.update(addresses)
    for nic in endpoint.nics:
        held = facts.topology.get(NetworkInterface, nic)
        for configuration in held.configurations if held else ():
            if configuration.address is not None:
                found.add(format_address(configuration.address))
    return frozenset(found)


def address_space(facts: Facts, endpoint: PrivateEndpoint) -> SpanSet:
    """The same IPv4 addresses as a set."""
    values = (parse_address(text) for text in addresses_of(facts, endpoint))
    return SpanSet((value, value) for value in values if value is not None)


def zone_groups_of(facts: Facts, endpoint: ArmId) -> list[ZoneGroup]:
    """The DNS zone groups of an endpoint."""
    groups = facts.topology.index("zone groups", ZoneGroup, lambda group: (group.endpoint,))
    return groups.get(endpoint, [])


def statuses(facts: Facts, endpoint: PrivateEndpoint) -> Iterator[str]:
    """What the endpoint and its server's list say of the connection, in lower case."""
    for connection in endpoint.connections:
        if connection.status:
            yield connection.status.lower()
    target = target_of(endpoint)
    for listed in facts.topology.connections_of(target) if target else ():
        if listed.endpoint == endpoint.id and listed.status:
            yield listed.status.lower()


def has_approved_endpoint(facts: Facts, server: FlexibleServer) -> bool:
    """Whether any private endpoint of a server is approved, by either side's word."""
    if any(_is_approved(c) for c in facts.topology.connections_of(server.id)):
        return True
    if server.connections is not None:
        return False
    return any(
        _APPROVED in statuses(facts, endpoint)
        for endpoint in facts.topology.endpoints_of(server.id)
    )


def _is_approved(connection: EndpointConnection) -> bool:
    return connection.status.lower() == _APPROVED
