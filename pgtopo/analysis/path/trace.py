"""One path in full: name, filters, routes, peerings, appliances, the way back, the server's word.

verdict = trace(facts, client, server)
verdict.verdict, verdict.dns, verdict.network, verdict.code
for part in verdict.parts:
    for step in part.steps: ...
"""

from pgtopo.analysis.clients.parties import Client, ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.networks.spaces import reserved, space_gap
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.destinations import Destination, destinations
from pgtopo.analysis.path.public_path import public_path
from pgtopo.analysis.path.server_access import endpoint_step, injected_step, state_step
from pgtopo.analysis.settle import settled, taken_as_none
from pgtopo.analysis.shares import Shares, folded_over_targets, merged
from pgtopo.analysis.verdict import Part, Stage, Step
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.reach import private_path
from pgtopo.analysis.way.walk_state import unknown
from pgtopo.model.net import EMPTY, SpanSet, union
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


def trace(
    facts: Facts,
    client: Client,
    server: FlexibleServer,
    *,
    port: int = 5432,
    client_dns: str | None = None,
) -> PathVerdict:
    """Whether a client reaches a server by its name, and every step that says so.

    The name and the network are judged apart, so that faults of both are seen at once. The parts
    are an exact partition of the client's addresses.

    Unknown when: anything that decides was not read; the step says what, and how to settle it.
    """
    parts = tuple(
        part
        for one in client.parts
        for share in name_parts(facts, one, client_dns or "")
        for part in trace_part(facts, share, server, port=port, client_dns=client_dns)
    )
    return PathVerdict(
        client=client, server=server, port=port, parts=parts, notes=taken_as_none(facts)
    )


def trace_part(
    facts: Facts,
    part: ClientPart,
    server: FlexibleServer,
    *,
    port: int = 5432,
    client_dns: str | None = None,
) -> list[Part]:
    """One part of a client, split where its addresses fare differently."""
    answer = resolve(facts, part, server, client_dns=client_dns or "")
    around = (state_step(server), dns_step(answer))
    lacking = _without_addresses(facts, part)
    unseen = [_part(facts, EMPTY, (*around, lacking), answer)] if lacking is not None else []
    if lacking is not None and not part.addresses:
        return unseen
    shares = network_shares(facts, part, server, answer, ("tcp", port))
    shares = merged([(share, around + steps) for share, steps in shares])
    judged = _without_ghosts(facts, part, shares)
    return [*(_part(facts, addresses, steps, answer) for addresses, steps in judged), *unseen]


def _without_addresses(facts: Facts, part: ClientPart) -> Step | None:
    """Why some or all addresses of a subnet cannot be judged; None where all of them can."""
    is_known = part.is_space_known and not part.has_only_ipv6
    gap = None if is_known else space_gap(facts, facts.topology.get(Subnet, part.subnet))
    return unknown(Stage.FORWARD_ROUTE, *gap) if gap is not None else None


def _without_ghosts(facts: Facts, part: ClientPart, shares: Shares) -> Shares:
    """Shares that hold more than addresses no client can have; those go to the largest share."""
    subnet = facts.topology.get(Subnet, part.subnet)
    if subnet is None or len(shares) < 2 or not part.is_whole_subnet:
        return shares
    kept = reserved(subnet)
    real = [(share, steps) for share, steps in shares if share - kept]
    ghosts = union(share for share, _ in shares if not share - kept)
    if not ghosts or not real:
        return shares
    largest = max(real, key=lambda item: len(item[0]))
    return [(s | ghosts if s is largest[0] else s, steps) for s, steps in real]


def _part(facts: Facts, addresses: SpanSet, steps: tuple[Step, ...], answer: DnsAnswer) -> Part:
    return Part(
        addresses=addresses,
        steps=tuple(settled(facts, one) for one in steps),
        answers=answer.answers,
        zone=answer.zone,
    )


def dns_step(answer: DnsAnswer) -> Step:
    """The name's answer as a step."""
    return Step(
        stage=Stage.DNS,
        verdict=answer.verdict,
        code=answer.code,
        text=answer.text,
        decided_by=answer.decided_by,
        evidence=answer.evidence,
        assumptions=answer.assumptions,
    )


def network_shares(
    facts: Facts, part: ClientPart, server: FlexibleServer, answer: DnsAnswer, service: Service
) -> Shares:
    """Everything but name and state: the part split by how its packets fare."""
    ways = [
        _to(facts, part, server, place, service) for place in destinations(facts, server, answer)
    ]
    return folded_over_targets(ways)


def _to(
    facts: Facts, part: ClientPart, server: FlexibleServer, place: Destination, service: Service
) -> Shares:
    if place.is_public:
        return public_path(facts, part, server, service)
    word = _word(server, place)
    if place.target is None:
        steps = tuple(one for one in (place.lacking, *word) if one is not None)
        return [(part.addresses, steps)]
    shares = private_path(facts, part, place.target, service)
    return [(share, steps + word) for share, steps in shares]


def _word(server: FlexibleServer, place: Destination) -> tuple[Step, ...]:
    """What the server itself says to packets that arrive."""
    if place.endpoint is not None:
        return (endpoint_step(server, place.endpoint),)
    return (injected_step(server),) if place.target is not None else ()
