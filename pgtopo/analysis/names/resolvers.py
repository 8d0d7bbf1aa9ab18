"""Who answers for a client in the end: the DNS servers it asks are followed hop by hop.

Azure rules: several DNS servers are a list to fall back on, and the next is asked only when one
does not answer ("Name resolution for resources in Azure virtual networks"); Azure Firewall passes
queries on to the servers of its policy, or to Azure DNS ("Azure Firewall DNS settings"); Azure DNS
answers only from inside a network ("What is IP address 168.63.129.16?", all Microsoft Learn).
"""

from enum import Enum

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import Hop
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.firewall_proxy import proxy_of
from pgtopo.analysis.names.owners import AZURE_DNS, Owner, OwnerKind, owner_of
from pgtopo.analysis.names.platform import Way
from pgtopo.analysis.names.server_path import reach
from pgtopo.analysis.verdict import Assumption, Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.net import EMPTY, SpanSet, parse_address
from pgtopo.model.settings import DnsServerFact


class ResolverKind(Enum):
    """What sort of thing answers in the end."""

    AZURE = "azure"
    """Azure DNS, as one network sees it."""
    FORWARDER = "forwarder"
    """A machine in a network, whose own configuration nobody states."""
    PUBLIC = "public"
    """Public DNS."""
    UNKNOWN = "unknown"
    SILENT = "silent"
    """Nobody: no DNS server that the client asks can be reached."""


class Resolver(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for a client, and how the query gets there."""

    kind: ResolverKind
    network: ArmId | None = None
    """The network whose links and rulesets count."""
    address: str = ""
    """The server that answers, or stays silent."""
    code: str = "OK"
    text: str = ""
    """Why nobody answers, or why it is not known who does."""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    hops: tuple[Hop, ...] = ()


def resolver_for(facts: Facts, part: ClientPart, client_dns: str = "") -> Resolver:
    """Who answers the queries of a part of a client.

    Unknown when: nobody states the client's DNS servers, the path to one cannot be judged, or
    its owner is not in the data.
    """
    key = (part, client_dns)
    return facts.once("resolver for", key, lambda: _resolver_for(facts, part, client_dns))


def _resolver_for(facts: Facts, part: ClientPart, client_dns: str) -> Resolver:
    asked = asked_servers(facts, part, client_dns)
    if asked.is_public:
        hop = Hop("The client asks public DNS.")
        return Resolver(kind=ResolverKind.PUBLIC, hops=(hop,))
    if asked.unknown:
        return _unknown_setting(facts, part, asked.unknown)
    found = follow(facts, part, asked.servers)
    hop = Hop(
        f"{_asker(facts, part)} asks {', '.join(asked.servers)}.",
        asked.evidence.resource if asked.evidence else None,
    )
    evidence = (asked.evidence,) if asked.evidence else ()
    return msgspec.structs.replace(
        found,
        hops=(hop, *found.hops),
        evidence=(*evidence, *found.evidence),
        decided_by=found.decided_by or asked.evidence,
    )


def _asker(facts: Facts, part: ClientPart) -> str:
    if part.nic is not None and not part.is_whole_subnet:
        return called(facts, part.nic)
    if part.network is not None:
        return called(facts, part.network)
    return "The client"


def _unknown_setting(facts: Facts, part: ClientPart, code: str) -> Resolver:
    if code == "CLIENT_DNS_UNKNOWN":
        text = "Nobody states which DNS server this client outside Azure asks."
        settle = "--client-dns ADDRESS, the DNS server that the client is set to"
    else:
        where = called(facts, part.network) if part.network else "the client's network"
        text = f"The DNS servers of {where} are not known: its row was not read."
        settle = "Reader on the virtual network, then collect again"
    note = assume("FORWARDER_BEHAVIOUR", text, settle)
    return Resolver(kind=ResolverKind.UNKNOWN, code=code, text=text, assumptions=(note,))


# -- one list of servers ---------------------------------------------------------------------------


def follow(
    facts: Facts,
    part: ClientPart,
    servers: tuple[str, ...],
    passed: frozenset[str] = frozenset(),
) -> Resolver:
    """Who answers a query that leaves a place for a list of DNS servers.

    A server that is known to be out of reach, or silent, is skipped; one whose path cannot be
    judged leaves the answer unknown, because nothing tells whether the next one is asked.
    """
    silent: list[Resolver] = []
    for server in servers:
        found = _one(facts, part, server.strip(), passed)
        if found.kind is not ResolverKind.SILENT:
            skipped = tuple(hop for one in silent for hop in one.hops)
            return msgspec.structs.replace(found, hops=(*skipped, *found.hops))
        silent.append(found)
    if not silent:
        return Resolver(kind=ResolverKind.SILENT, code="DNS_NO_SERVER", text="No DNS server.")
    first = silent[0]
    texts = " ".join(dict.fromkeys(one.text for one in silent))
    return msgspec.structs.replace(
        first,
        text=texts,
        hops=tuple(hop for one in silent for hop in one.hops),
        evidence=tuple(item for one in silent for item in one.evidence),
    )


def _one(facts: Facts, part: ClientPart, server: str, passed: frozenset[str]) -> Resolver:
    """Who answers where one DNS server is asked."""
    if server in passed:
        text = f"The query comes back to DNS server {server}: a loop."
        return _silent("DNS_LOOP", text, server, hops=(Hop(text, None, server),))
    owner = owner_of(facts, server, part.network)
    if owner.kind is OwnerKind.AZURE and part.home is not Home.SUBNET:
        text = f"Azure DNS at {AZURE_DNS} answers only inside a virtual network."
        return _silent("AZURE_DNS_FROM_OUTSIDE", text, server, hops=(Hop(text, None, server),))
    way = reach(facts, part, server, owner)
    if way.verdict is Verdict.BLOCKED:
        return _cut_off(owner, server, way)
    if way.verdict is Verdict.UNKNOWN:
        text = f"Whether DNS server {server} can be reached on port 53 is not known: {way.text}"
        met = (way.decided_by,) if way.decided_by is not None else ()
        is_owned = owner.kind is not OwnerKind.UNKNOWN
        return Resolver(
            kind=ResolverKind.UNKNOWN,
            address=server,
            code="DNS_SERVER_PATH_UNKNOWN",
            text=text,
            decided_by=way.decided_by if is_owned else None,
            evidence=(*(() if is_owned else met), *way.evidence),
            assumptions=way.assumptions,
            hops=(Hop(text, owner.resource, server),),
        )
    found = _behind(facts, owner, server, passed | {server})
    return msgspec.structs.replace(
        found,
        assumptions=(*way.assumptions, *found.assumptions),
        evidence=(*way.evidence, *found.evidence),
    )


def _cut_off(owner: Owner, server: str, way: Way) -> Resolver:
    """A DNS server that no packet of the client gets to."""
    is_platform = owner.kind is OwnerKind.AZURE
    code = "PLATFORM_DNS_DENIED" if is_platform else "DNS_SERVER_UNREACHABLE"
    text = f"DNS server {server} cannot be reached on port 53: {way.text}"
    found = _silent(code, text, server, (Hop(text, owner.resource, server),))
    return msgspec.structs.replace(found, decided_by=way.decided_by, evidence=way.evidence)


def _silent(code: str, text: str, server: str, hops: tuple[Hop, ...]) -> Resolver:
    return Resolver(kind=ResolverKind.SILENT, address=server, code=code, text=text, hops=hops)


def _behind(facts: Facts, owner: Owner, server: str, passed: frozenset[str]) -> Resolver:
    """What a DNS server that is reached does with the query."""
    fact = next((one for one in facts.settings.dns_servers if one.address == server), None)
    if fact is not None and owner.kind not in (OwnerKind.AZURE, OwnerKind.INBOUND):
        return _declared(facts, fact, owner, passed)
    if owner.kind in (OwnerKind.AZURE, OwnerKind.INBOUND):
        return _azure(facts, owner, server)
    if owner.kind is OwnerKind.FIREWALL:
        return _firewall(facts, owner, server, passed)
    if owner.kind is OwnerKind.MACHINE:
        return _machine(facts, owner, server)
    return _unknown_owner(owner, server)


def _azure(facts: Facts, owner: Owner, server: str) -> Resolver:
    if owner.network is None:
        text = f"The network that DNS server {server} answers for was not read."
        return Resolver(
            kind=ResolverKind.UNKNOWN, address=server, code="NETWORK_NOT_READ", text=text
        )
    where = called(facts, owner.network)
    what = "Azure DNS" if owner.kind is OwnerKind.AZURE else f"Inbound endpoint {server}"
    hop = Hop(f"{what} answers as {where} sees it.", owner.resource or owner.network, server)
    return Resolver(kind=ResolverKind.AZURE, network=owner.network, address=server, hops=(hop,))


def _firewall(facts: Facts, owner: Owner, server: str, passed: frozenset[str]) -> Resolver:
    name = called(facts, owner.resource)
    proxy = proxy_of(facts, owner.resource)
    if proxy.is_on is None:
        text = f"Whether firewall {name} answers DNS queries is not known: its policy was not read."
        return Resolver(
            kind=ResolverKind.UNKNOWN,
            address=server,
            code="DNS_PROXY_UNKNOWN",
            text=text,
            decided_by=proxy.evidence,
        )
    if not proxy.is_on:
        text = f"Firewall {name} at {server} does not answer: its DNS proxy is off."
        found = _silent("DNS_PROXY_OFF", text, server, (Hop(text, owner.resource, server),))
        return msgspec.structs.replace(found, decided_by=proxy.evidence)
    if owner.network is None and not proxy.servers:
        text = f"Firewall {name} stands in a virtual hub: which zones it sees is not known."
        return Resolver(
            kind=ResolverKind.UNKNOWN, address=server, code="DNS_PROXY_UNKNOWN", text=text
        )
    to = ", ".join(proxy.servers) or "Azure DNS"
    hop = Hop(f"Firewall {name} passes the query on to {to}.", owner.resource, server)
    found = follow(facts, _place(owner, server), proxy.servers or (AZURE_DNS,), passed)
    return _after(found, hop, proxy.evidence)


def _after(found: Resolver, hop: Hop, evidence: Evidence | None) -> Resolver:
    more = (evidence,) if evidence is not None else ()
    return msgspec.structs.replace(
        found, hops=(hop, *found.hops), evidence=(*more, *found.evidence)
    )


def _machine(facts: Facts, owner: Owner, server: str) -> Resolver:
    name = called(facts, owner.resource)
    if owner.network is None:
        return _unknown_owner(owner, server)
    where = called(facts, owner.network)
    text = f"{name} at {server} in {where} is taken to forward to Azure DNS there."
    return Resolver(
        kind=ResolverKind.FORWARDER,
        network=owner.network,
        address=server,
        decided_by=owner.seen,
        hops=(Hop(text, owner.resource, server),),
    )


def _unknown_owner(owner: Owner, server: str) -> Resolver:
    text = (
        f"DNS server {server} belongs to {owner.others} resources, none nearer than another."
        if owner.others
        else f"Nothing in this data has the address of DNS server {server}."
    )
    note = assume("FORWARDER_BEHAVIOUR", f"{text} What it answers is not known.")
    return Resolver(
        kind=ResolverKind.UNKNOWN,
        address=server,
        code="DNS_SERVER_UNKNOWN",
        text=f"{text} What it answers is not known.",
        assumptions=(note,),
        hops=(Hop(text, None, server),),
    )


# -- declared in the settings file -----------------------------------------------------------------


def _declared(facts: Facts, fact: DnsServerFact, owner: Owner, passed: frozenset[str]) -> Resolver:
    network = fold(fact.network) if fact.network else owner.network
    origin = Owner(
        kind=owner.kind,
        resource=owner.resource,
        network=network,
        subnet=owner.subnet if owner.network == network else None,
    )
    hop = Hop(
        f"DNS server {fact.address} forwards to {fact.forwards_to} (settings file).",
        owner.resource,
        fact.address,
    )
    servers = tuple(one.strip() for one in fact.forwards_to.split(",") if one.strip())
    if network is not None and servers == (AZURE_DNS,):
        azure = Owner(kind=OwnerKind.AZURE, network=network)
        return _after(_azure(facts, azure, AZURE_DNS), hop, None)
    return _after(follow(facts, _place(origin, fact.address), servers, passed), hop, None)


def _place(owner: Owner, server: str) -> ClientPart:
    """A DNS server as the one who asks the next."""
    value = parse_address(server)
    addresses = SpanSet.of(value) if value is not None else EMPTY
    if owner.network is None:
        return ClientPart(addresses=addresses, home=Home.ONPREM)
    return ClientPart(
        addresses=addresses,
        subnet=owner.subnet,
        network=owner.network,
        is_whole_subnet=True,
    )
