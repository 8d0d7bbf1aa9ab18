"""Who else suffers from the cause of an incident: other clients that are meant to connect."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.checks import registry
from pgtopo.checks.base import Symptom
from pgtopo.checks.pairs import Pair, pairs_of_network, pairs_of_subnet, pairs_to, path_of
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.causes.cause import Cause, WhoElse
from pgtopo.triage.ends import Ends
from pgtopo.triage.unresolved import unresolved

MOST_PATHS = 300
"""So many paths are traced for one cause; where there are more, that is said."""
_MOST_COPIED = 100
"""So many where each is traced in a copy, too."""
_NAMED = 8
_WHOLE_SERVER = frozenset(
    {
        "CONNECTIONS_EXHAUSTED",
        "POOLER_EXHAUSTED",
        "POOLER_OFF",
        "PASSWORD_SIGN_IN_OFF",
        "ENTRA_SIGN_IN_OFF",
    }
)
"""Causes that every client of the server meets."""


def who_else(facts: Facts, cause: Cause, ends: Ends, mended: Facts | None = None) -> WhoElse:
    """The other client subnets and servers that the same object keeps apart.

    Clients are those that the settings declare, and the subnets of networks that are meant to
    reach a server. Where the fault lies in the server's name, the networks that fail on it too.
    With a copy in which the cause is mended, those whose path has less against it there.
    """
    if mended is not None and cause.resource is not None:
        return _freed(facts, mended, cause.resource, ends)
    found = _hit(facts, cause, ends)
    if not cause.is_settled or ends.server is None:
        return found
    own = {part.network for part in ends.client.parts} if ends.client is not None else set()
    lost = unresolved(facts, ends.server).keys() - own if _is_of_name(cause) else ()
    return msgspec.structs.replace(
        found, networks=len(lost), has_known_clients=bool(pairs_to(facts, ends.server))
    )


def _is_of_name(cause: Cause) -> bool:
    """Whether a setting keeps the server's name from being found."""
    if cause.step is not None:
        return cause.step.stage is Stage.DNS
    check = next((one for one in registry.catalogue() if one.id == cause.check), None)
    return check is not None and Symptom.NAME_NOT_FOUND in check.symptoms


def _hit(facts: Facts, cause: Cause, ends: Ends) -> WhoElse:
    step = cause.step
    if step is None or step.decided_by is None:
        return _beside(facts, cause, ends)
    pairs = _meant(facts, step.decided_by.resource, ends)
    return _counted(facts, ends, pairs, MOST_PATHS, lambda pair: _is_hit(facts, pair, step))


def _freed(facts: Facts, mended: Facts, resource: ArmId, ends: Ends) -> WhoElse:
    """The other pairs from whose path something is gone in a copy."""
    pairs = _meant(facts, resource, ends)
    return _counted(
        facts,
        ends,
        pairs,
        _MOST_COPIED,
        lambda pair: bool(_blocks(facts, pair) - _blocks(mended, pair)),
    )


def _counted(
    facts: Facts, ends: Ends, pairs: Iterable[Pair], most: int, is_meant: Callable[[Pair], bool]
) -> WhoElse:
    """The clients and servers of some pairs, without those of the incident itself."""
    own = {part.subnet for part in ends.client.parts} if ends.client is not None else set()
    clients: dict[ArmId, str] = {}
    servers: dict[ArmId, str] = {}
    for traced, pair in enumerate(pairs):
        if traced >= most:
            return _made(clients, servers, is_complete=False)
        if not is_meant(pair):
            continue
        if pair.subnet is not None and pair.subnet not in own:
            clients[pair.subnet] = _place(facts, pair.subnet)
        if ends.server is None or pair.server.id != ends.server.id:
            servers[pair.server.id] = pair.server.name
    return _made(clients, servers, is_complete=True)


def _blocks(facts: Facts, pair: Pair) -> set[tuple[object, ...]]:
    return {
        (one.stage, one.code, one.decided_by.resource if one.decided_by else None)
        for one in path_of(facts, pair).steps
        if one.verdict is Verdict.BLOCKED
    }


def _beside(facts: Facts, cause: Cause, ends: Ends) -> WhoElse:
    """The other servers that hang on the object of a check's finding."""
    if cause.code in _WHOLE_SERVER and cause.is_settled and ends.server is not None:
        return _all_clients(facts, ends.server, ends)
    if cause.finding is None or not cause.finding.is_fail:
        return WhoElse()
    blamed, topology = cause.finding.cause, facts.topology
    holders = [ancestor(blamed, one) for one in ("networksecuritygroups", "routetables")]
    subnets = [one for held in holders if held for one in topology.subnets_using(held)]
    found = [server for one in subnets for server in topology.servers_in(one.id)]
    zone = ancestor(blamed, "privatednszones")
    found += topology.servers_of_zone(zone) if zone is not None else []
    own = ends.server.id if ends.server is not None else None
    servers = {one.id: one.name for one in found if one.id != own}
    return _made(_in_the_dark(facts, cause, ends), servers, is_complete=True)


def _in_the_dark(facts: Facts, cause: Cause, ends: Ends) -> dict[ArmId, str]:
    """The clients meant to reach the server whose network does not resolve its name."""
    if ends.server is None or not _is_of_name(cause):
        return {}
    own = {part.subnet for part in ends.client.parts} if ends.client is not None else set()
    lost = unresolved(facts, ends.server)
    subnets = {one.subnet for one in pairs_to(facts, ends.server) if one.network in lost} - own
    return {one: _place(facts, one) for one in subnets if one}


def _all_clients(facts: Facts, server: FlexibleServer, ends: Ends) -> WhoElse:
    """Every other client that is meant to reach the server."""
    own = {part.subnet for part in ends.client.parts} if ends.client is not None else set()
    subnets = {pair.subnet for pair in pairs_to(facts, server) if pair.subnet is not None} - own
    return _made({one: _place(facts, one) for one in subnets if one}, {}, is_complete=True)


def _made(clients: dict[ArmId, str], servers: dict[ArmId, str], *, is_complete: bool) -> WhoElse:
    return WhoElse(
        clients=len(clients),
        servers=len(servers),
        client_names=tuple(sorted(clients.values())[:_NAMED]),
        server_names=tuple(sorted(servers.values())[:_NAMED]),
        is_complete=is_complete,
    )


def _place(facts: Facts, subnet: ArmId) -> str:
    held = facts.topology.get(Subnet, subnet)
    network = facts.topology.network_of(subnet)
    if held is None or network is None:
        return facts.topology.display(subnet)
    return f"{network.name}/{held.name}"


def _is_hit(facts: Facts, pair: Pair, step: Step) -> bool:
    """Whether the same object stops a pair in the same way."""
    decided = step.decided_by.resource if step.decided_by is not None else None
    return any(
        one.verdict is step.verdict
        and one.verdict is not Verdict.ALLOWED
        and one.code == step.code
        and one.decided_by is not None
        and one.decided_by.resource == decided
        for one in path_of(facts, pair).steps
    )


def _meant(facts: Facts, resource: ArmId, ends: Ends) -> Iterator[Pair]:
    """The pairs that the object can have a part in, each once."""
    seen: set[tuple[ArmId | None, ArmId]] = set()
    for pair in _candidates(facts, resource, ends):
        mark = (pair.subnet, pair.server.id)
        if mark not in seen:
            seen.add(mark)
            yield pair


def _candidates(facts: Facts, resource: ArmId, ends: Ends) -> Iterator[Pair]:
    topology = facts.topology
    server = ancestor(resource, "flexibleservers")
    held = topology.get(FlexibleServer, server)
    if held is not None:
        yield from pairs_to(facts, held)
        return
    zone = ancestor(resource, "privatednszones")
    if zone is not None:
        for one in topology.servers_of_zone(zone):
            yield from pairs_to(facts, one)
    for segment in ("networksecuritygroups", "routetables"):
        holder = ancestor(resource, segment)
        for subnet in topology.subnets_using(holder) if holder is not None else ():
            yield from _of_subnet(facts, subnet)
    for network in _networks(facts, resource):
        yield from pairs_of_network(facts, network)
    if ends.server is not None:
        yield from pairs_to(facts, ends.server)


def _of_subnet(facts: Facts, subnet: Subnet) -> Iterator[Pair]:
    yield from pairs_of_subnet(facts, subnet)
    for server in facts.topology.servers_in(subnet.id):
        yield from pairs_to(facts, server)


def _networks(facts: Facts, resource: ArmId) -> Iterable[ArmId]:
    own = ancestor(resource, "virtualnetworks")
    peering = facts.topology.get(Peering, resource)
    both = (own, peering.remote if peering is not None else None)
    return [one for one in both if one is not None and facts.topology.get(VirtualNetwork, one)]
