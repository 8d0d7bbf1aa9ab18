"""What a server's name resolves to for a client: the question in one function."""

import msgspec

from pgtopo.analysis.assumptions import stated
from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.lookup import answer_by
from pgtopo.analysis.names.naming import Naming, naming_of
from pgtopo.analysis.names.resolvers import Resolver, resolver_for
from pgtopo.analysis.names.say import blocked, unknown
from pgtopo.analysis.servers.endpoints import server_endpoints
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.server import FlexibleServer, Mode


def resolve(
    facts: Facts, part: ClientPart, server: FlexibleServer, *, client_dns: str = ""
) -> DnsAnswer:
    """What the server's name resolves to for a part of a client.

    `client_dns` is the DNS server of a client outside Azure; it is ignored for others, whose
    servers are known.

    Unknown when: nobody states how the server is attached, who answers for the client, or what
    the zone that answers holds.
    """
    naming = naming_of(facts, server)
    settled = answer_for_all(facts, server)
    if settled is not None or naming is None:
        return settled or _not_attached(facts, server)
    resolver = resolver_for(facts, part, client_dns)
    return resolved_by(facts, resolver, naming)


def answer_for_all(facts: Facts, server: FlexibleServer) -> DnsAnswer | None:
    """The answer every client gets because the server itself is not known well enough; or None."""
    naming = naming_of(facts, server)
    if naming is None:
        return _not_attached(facts, server)
    return _contradicted(facts, server) if _is_contradicted(facts, server, naming) else None


def resolved_by(facts: Facts, resolver: Resolver, naming: Naming) -> DnsAnswer:
    """The answer of whoever answers for a client, without what the settings file settles."""
    key = (resolver.kind, resolver.network, resolver.address, resolver.code, resolver.hops)
    answer = facts.once(
        "resolved by",
        (key, naming.server),
        lambda: answer_by(facts, resolver, naming, naming.fqdn),
    )
    if answer.verdict is Verdict.UNKNOWN and answer.kind is AnswerKind.PUBLIC:
        answer = msgspec.structs.replace(answer, kind=AnswerKind.NONE)
    said = facts.settings.assumptions
    kept = tuple(one for one in answer.assumptions if one.code not in said)
    if len(kept) == len(answer.assumptions):
        return answer
    denied = [one for one in answer.assumptions if stated(facts, one.code) is Verdict.BLOCKED]
    if denied and answer.verdict is Verdict.ALLOWED:
        text = f"By the settings file this does not hold: {denied[0].text}"
        return blocked(denied[0].code, text, answer.decided_by, zone=answer.zone)
    return msgspec.structs.replace(answer, assumptions=kept)


def _not_attached(facts: Facts, server: FlexibleServer) -> DnsAnswer:
    if server.mode is Mode.UNKNOWN:
        text = f"How {server.name} is attached to the network is not stated in its row."
        evidence = Evidence(server.id, "properties.network", None)
        return unknown("MODE_UNKNOWN", text, "az postgres flexible-server show", evidence)
    path = "properties.network.delegatedSubnetResourceId"
    evidence = Evidence(server.id, path, facts.topology.display(server.subnet or server.id))
    text = f"The subnet {called(facts, server.subnet)} of {server.name} was not read."
    settle = "Reader on its virtual network, then collect again"
    return unknown("SUBNET_NOT_READ", text, settle, evidence)


def _is_contradicted(facts: Facts, server: FlexibleServer, naming: Naming) -> bool:
    """Whether it is open which name public DNS has for a server with private endpoints."""
    return naming.kind is AnswerKind.PUBLIC and bool(server_endpoints(facts, server).doubtful)


def _contradicted(facts: Facts, server: FlexibleServer) -> DnsAnswer:
    doubtful = server_endpoints(facts, server).doubtful[0]
    says = " and ".join(repr(str(one.value)) for one in doubtful.evidence) or "nothing"
    text = (
        f"The state of private endpoint {called(facts, doubtful.id)} of {server.name} is not"
        f" clear: its two sides say {says}."
    )
    settle = "az network private-endpoint-connection list for the server"
    decided_by = doubtful.evidence[0] if doubtful.evidence else None
    return unknown("ENDPOINT_STATE_CONTRADICTED", text, settle, decided_by)
