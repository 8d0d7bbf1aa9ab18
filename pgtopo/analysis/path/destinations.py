"""Where packets for a server must arrive, by how the server is attached and what its name says."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.zones import held_in_range
from pgtopo.analysis.networks.spaces import space_gap, usable
from pgtopo.analysis.routes.endpoint_routes import NSG_POLICIES
from pgtopo.analysis.servers.endpoints import ServerEndpoint, server_endpoints
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.walk_state import Target, TargetKind, unknown
from pgtopo.analysis.wording import called
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """One place packets for a server go to."""

    target: Target | None = None
    """None for the public address, and where nothing is known."""
    endpoint: ServerEndpoint | None = None
    is_public: bool = False
    lacking: Step | None = None
    """Why there is nothing to judge."""


def destinations(
    facts: Facts, server: FlexibleServer, answer: DnsAnswer
) -> tuple[Destination, ...]:
    """The places a client's packets go to, given what the name resolves to for it.

    Azure rule: an injected server has one address in its subnet; one with a private endpoint has
    the endpoint's and a public one, and the name decides ("Private link", Azure Database for
    PostgreSQL documentation).
    """
    if server.mode is Mode.VNET:
        return (injected(facts, server),)
    if server.mode is Mode.UNKNOWN:
        seen = Evidence(server.id, "properties.network", value=None)
        text = f"How server {server.name} is attached to the network is not in the data."
        return (Destination(lacking=unknown(Stage.FORWARD_ROUTE, "MODE_UNKNOWN", text, seen)),)
    return _by_endpoints(facts, server, answer)


def injected(facts: Facts, server: FlexibleServer) -> Destination:
    """The place of an injected server."""
    return facts.once("injected", server.id, lambda: _injected(facts, server))


def _injected(facts: Facts, server: FlexibleServer) -> Destination:
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        path = "properties.network.delegatedSubnetResourceId"
        shown = facts.topology.display(server.subnet) if server.subnet else None
        seen = Evidence(server.id, path, shown)
        text = f"The subnet {called(facts, server.subnet)} of server {server.name} was not read."
        return Destination(lacking=unknown(Stage.FORWARD_ROUTE, "SUBNET_NOT_READ", text, seen))
    addresses = candidates(facts, server, subnet)
    gap = space_gap(facts, subnet)
    if gap is not None and not addresses:
        return Destination(lacking=unknown(Stage.FORWARD_ROUTE, *gap))
    target = Target(
        kind=TargetKind.INJECTED,
        addresses=addresses,
        subnet=subnet.id,
        network=subnet.network,
        name=server.name,
    )
    return Destination(target=target)


def candidates(facts: Facts, server: FlexibleServer, subnet: Subnet) -> SpanSet:
    """The addresses an injected server may have: its zone's records, else all of its subnet.

    Azure rule: the record's label is random, so records are matched by address.
    """
    if server.zone is not None:
        held = held_in_range(facts, server.zone, subnet.space)
        if held.addresses and held.is_read:
            return held.span
    return usable(subnet)


def _by_endpoints(
    facts: Facts, server: FlexibleServer, answer: DnsAnswer
) -> tuple[Destination, ...]:
    held = server_endpoints(facts, server)
    takes_public = answer.kind is AnswerKind.PUBLIC and answer.verdict is Verdict.ALLOWED
    if takes_public or not (held.approved or held.doubtful):
        return (Destination(is_public=True),)
    ends = held.approved or held.doubtful
    named = [one for one in ends if one.addresses and one.addresses.overlaps(answer.addresses)]
    return tuple(endpoint_destination(facts, server, one) for one in named or ends)


def endpoint_destination(
    facts: Facts, server: FlexibleServer, endpoint: ServerEndpoint
) -> Destination:
    """The place of one private endpoint."""
    subnet = facts.topology.get(Subnet, endpoint.subnet)
    name = called(facts, endpoint.id)
    if subnet is None or not endpoint.addresses:
        what = "subnet" if subnet is None else "address"
        seen = Evidence(endpoint.id, "properties.networkInterfaces", value=None)
        text = f"The {what} of private endpoint {name} of server {server.name} was not read."
        step = unknown(Stage.FORWARD_ROUTE, "ENDPOINT_NOT_READ", text, seen)
        return Destination(endpoint=endpoint, lacking=step)
    target = Target(
        kind=TargetKind.ENDPOINT,
        addresses=endpoint.addresses,
        subnet=subnet.id,
        network=subnet.network,
        name=name,
        has_nsg=subnet.endpoint_policies.lower() in NSG_POLICIES,
    )
    return Destination(target=target, endpoint=endpoint)
