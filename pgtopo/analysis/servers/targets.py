"""Server texts of the command line, turned into servers: ids, names, host names, endpoint names."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import endpoint_names, follows, is_under, plain, server_fqdn
from pgtopo.analysis.wording import candidates_hint, near_misses
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId, fold, name_of, type_of
from pgtopo.model.net import is_ipv6, parse_address
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.server import FlexibleServer, VirtualEndpoint

_FORMS = "give the id, the name or the full host name of a flexible server"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A server, and the name it was asked by."""

    server: FlexibleServer
    name: str
    """The host name that clients would use: the server's own, or that of a virtual endpoint."""
    endpoint: VirtualEndpoint | None = None
    """The virtual endpoint whose name was given."""
    address: int | None = None
    """The address that was given in place of a name: it may change, and a name would follow."""


def find_server(facts: Facts, text: str) -> FlexibleServer:
    """The server a text stands for; raises `UsageError` where it is none or several."""
    return find_target(facts, text).server


def find_target(facts: Facts, text: str) -> Target:
    """The server a text stands for, with the name it was asked by.

    Raises `UsageError` where the text names no server or several.
    """
    said = text.strip()
    if said.startswith("/") or said.lower().startswith("subscriptions/"):
        return _by_id(facts, said)
    name = plain(said)
    found = facts.once("server names", "", lambda: _names(facts)).get(name, [])
    found = found or _by_address(facts, name) or _zone_suffixed(facts, name)
    return _single(facts, said, found)


def _by_id(facts: Facts, text: str) -> Target:
    server = facts.topology.get(FlexibleServer, fold(text))
    if server is not None:
        return _plain_target(facts, server)
    endpoint = facts.topology.get(VirtualEndpoint, fold(text))
    if endpoint is not None:
        names = endpoint_names(facts, endpoint)
        return _single(facts, text, _endpoint_targets(facts, endpoint, names[0]))
    kind = type_of(fold(text)) or "resource"
    if kind == FlexibleServer.KIND:
        raise UsageError(f"no flexible server with the id {text} in this data", _FORMS)
    raise UsageError(f"{name_of(text)} is a {kind}, not a flexible server", _FORMS)


def _by_address(facts: Facts, text: str) -> list[Target]:
    """The servers that a literal address can belong to; empty where the text is no address."""
    if is_ipv6(text):
        raise UsageError(f"{text} is an IPv6 address", f"servers have none: {_FORMS}")
    address = parse_address(text)
    if address is None:
        return []
    servers = [
        server for server in facts.topology.all(FlexibleServer) if _holds(facts, server, address)
    ]
    if servers:
        return [Target(server=server, name=text, address=address) for server in servers]
    raise UsageError(f"no flexible server in this data can have the address {text}", _FORMS)


def _holds(facts: Facts, server: FlexibleServer, address: int) -> bool:
    """Whether an address lies in a server's subnet or is that of one of its private endpoints."""
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is not None:
        return address in subnet.space
    nics = {nic for one in facts.topology.endpoints_of(server.id) for nic in one.nics}
    held = (facts.topology.get(NetworkInterface, nic) for nic in nics)
    return any(one.address == address for nic in held if nic for one in nic.configurations)


def _single(facts: Facts, text: str, found: list[Target]) -> Target:
    servers = {target.server.id: target for target in found}
    if len(servers) == 1:
        return next(iter(servers.values()))
    if servers:
        raise UsageError(
            f"{text} stands for {len(servers)} servers",
            candidates_hint(facts, [target.server for target in servers.values()]),
        )
    known = facts.once("server names", "", lambda: _names(facts))
    raise UsageError(
        f"no flexible server is named {text} in this data", near_misses(text, known) or _FORMS
    )


def _plain_target(facts: Facts, server: FlexibleServer) -> Target:
    return Target(server=server, name=server_fqdn(facts, server))


def _names(facts: Facts) -> dict[str, list[Target]]:
    """Every name a server can be asked by: its own, its host name, its virtual endpoints'."""
    known: dict[str, list[Target]] = {}
    for server in facts.topology.all(FlexibleServer):
        target = _plain_target(facts, server)
        for name in {server.name.lower(), name_of(server.id), target.name}:
            known.setdefault(name, []).append(target)
    for endpoint in facts.topology.all(VirtualEndpoint):
        for name in endpoint_names(facts, endpoint):
            known.setdefault(name, []).extend(_endpoint_targets(facts, endpoint, name))
    return known


def _endpoint_targets(facts: Facts, endpoint: VirtualEndpoint, name: str) -> list[Target]:
    """The servers a virtual endpoint name leads to.

    Azure rule: the writer name follows the primary, the reader name its member ("Virtual
    endpoints", Azure Database for PostgreSQL - Flexible Server).
    """
    servers = _members(facts, endpoint) if follows(name) == "reader" else []
    if not servers:
        held = facts.topology.get(FlexibleServer, endpoint.server)
        servers = [held] if held is not None else []
    return [Target(server=server, name=name, endpoint=endpoint) for server in servers]


def _members(facts: Facts, endpoint: VirtualEndpoint) -> list[FlexibleServer]:
    """The member servers: the primary's family first, so that namesakes elsewhere do not count."""
    wanted = {name_of(member).lower() for member in endpoint.members}
    family = _family(facts, endpoint.server)
    near = [server for server in family if server.name.lower() in wanted]
    if near:
        return near
    return [s for s in facts.topology.all(FlexibleServer) if s.name.lower() in wanted]


def _family(facts: Facts, primary: ArmId) -> list[FlexibleServer]:
    held = facts.topology.get(FlexibleServer, primary)
    return [*([held] if held else []), *facts.topology.replicas_of(primary)]


def _zone_suffixed(facts: Facts, name: str) -> list[Target]:
    """Servers asked by their name below their private zone or the private link zone.

    `psql-a.private.postgres.database.azure.com` is no name that resolves, but people paste it.
    """
    label, _, rest = name.partition(".")
    if not rest:
        return []
    return [
        _plain_target(facts, server)
        for server in facts.topology.all(FlexibleServer)
        if server_fqdn(facts, server).partition(".")[0] == label and _is_zone(server, rest, facts)
    ]


def _is_zone(server: FlexibleServer, rest: str, facts: Facts) -> bool:
    suffix = server_fqdn(facts, server).partition(".")[2]
    own = name_of(server.zone).lower() if server.zone else ""
    return rest == own or (rest.startswith("privatelink.") and is_under(rest, suffix))
