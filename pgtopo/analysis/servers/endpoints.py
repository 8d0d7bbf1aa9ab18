"""The private endpoints of a server as names and packets meet them: approved ones, and where.

Azure rules: traffic and names follow approved connections only ("What is a private endpoint?",
Microsoft Learn); the endpoint and the server each state the connection, and the two can differ.
"""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, parse_address
from pgtopo.model.network import NetworkInterface
from pgtopo.model.server import EndpointConnection, FlexibleServer


class ServerEndpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One private endpoint of a server."""

    id: ArmId
    """The endpoint; the server's connection where the endpoint itself is not stated."""
    status: str
    """approved, pending, rejected, disconnected, `contradicted`, or empty where not stated."""
    addresses: SpanSet
    """Empty where its interface was not read."""
    subnet: ArmId | None = None
    evidence: tuple[Evidence, ...] = ()


class ServerEndpoints(msgspec.Struct, frozen=True, kw_only=True):
    """All private endpoints of one server."""

    all: tuple[ServerEndpoint, ...] = ()

    @property
    def approved(self) -> tuple[ServerEndpoint, ...]:
        """Those that carry traffic."""
        return tuple(one for one in self.all if one.status == "approved")

    @property
    def doubtful(self) -> tuple[ServerEndpoint, ...]:
        """Those whose two sides state different things, or nothing."""
        return tuple(one for one in self.all if one.status in ("contradicted", ""))

    @property
    def addresses(self) -> SpanSet:
        """The addresses of the approved ones that are known."""
        return SpanSet(span for one in self.approved for span in one.addresses)

    @property
    def is_address_known(self) -> bool:
        """Whether every approved endpoint's address is known."""
        return all(one.addresses for one in self.approved)


def server_endpoints(facts: Facts, server: FlexibleServer) -> ServerEndpoints:
    """The private endpoints of a server, from its own list and from the endpoints that name it.

    Unknown when: the two sides state different things, or the interface was not read.
    """
    return facts.once("server endpoints", server.id, lambda: _collect(facts, server))


def _collect(facts: Facts, server: FlexibleServer) -> ServerEndpoints:
    listed: dict[ArmId, list[EndpointConnection]] = {}
    for connection in facts.topology.connections_of(server.id):
        listed.setdefault(connection.endpoint or connection.id, []).append(connection)
    rows = {endpoint.id: endpoint for endpoint in facts.topology.endpoints_of(server.id)}
    ids = sorted({*listed, *rows})
    return ServerEndpoints(
        all=tuple(_one(facts, server, one, rows.get(one), listed.get(one, [])) for one in ids)
    )


def _one(
    facts: Facts,
    server: FlexibleServer,
    endpoint_id: ArmId,
    row: PrivateEndpoint | None,
    listed: list[EndpointConnection],
) -> ServerEndpoint:
    row = row or facts.topology.get(PrivateEndpoint, endpoint_id)
    evidence = tuple(_statements(server, row, listed))
    return ServerEndpoint(
        id=endpoint_id,
        status=_status(server, evidence, listed),
        addresses=SpanSet((a, a) for a in endpoint_addresses(facts, row)) if row else SpanSet(),
        subnet=row.subnet if row is not None else None,
        evidence=evidence,
    )


def _statements(
    server: FlexibleServer, row: PrivateEndpoint | None, listed: list[EndpointConnection]
) -> Iterable[Evidence]:
    for one in listed:
        path = "properties.privateLinkServiceConnectionState.status"
        yield Evidence(one.id, path, one.status)
    for side in row.connections if row is not None else ():
        if row is not None and side.target == server.id:
            group = "manualPrivateLinkServiceConnections" if side.is_manual else ""
            name = group or "privateLinkServiceConnections"
            path = f"properties.{name}.properties.privateLinkServiceConnectionState.status"
            yield Evidence(row.id, path, side.status)


def _status(
    server: FlexibleServer, evidence: tuple[Evidence, ...], listed: list[EndpointConnection]
) -> str:
    words = {str(one.value).lower() for one in evidence if one.value}
    # An endpoint goes on saying Approved after the server has let go of it.
    is_let_go = server.connections is not None and not listed
    if len(words) > 1 or is_let_go or any(one.is_contradicted for one in listed):
        return "contradicted"
    return words.pop() if words else ""


def endpoint_addresses(facts: Facts, endpoint: PrivateEndpoint) -> tuple[int, ...]:
    """The IPv4 addresses of an endpoint: of its interface, else as the endpoint itself states.

    Unknown when: it is empty: the interface was not read and the endpoint states none.
    """
    held = [
        one.address
        for nic_id in endpoint.nics or _interfaces_of(facts, endpoint.id)
        if (nic := facts.topology.get(NetworkInterface, nic_id)) is not None
        for one in nic.configurations
        if one.address is not None
    ]
    stated = (text for _, many in endpoint.dns_configs for text in many)
    for texts in (endpoint.static_addresses, stated):
        held = held or [value for text in texts if (value := parse_address(text)) is not None]
    return tuple(dict.fromkeys(held))


def _interfaces_of(facts: Facts, endpoint: ArmId) -> tuple[ArmId, ...]:
    by_endpoint = facts.topology.index(
        "nics by endpoint", NetworkInterface, lambda nic: (nic.private_endpoint,)
    )
    return tuple(nic.id for nic in by_endpoint.get(endpoint, []))
