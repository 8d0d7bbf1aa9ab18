"""`list resolvers`: DNS private resolvers with their endpoints and rulesets."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.dns import (
    DnsResolver,
    ForwardingRule,
    ForwardingRuleset,
    InboundEndpoint,
    OutboundEndpoint,
    RulesetLink,
)
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, all_shown, short, shown, stated


class RuleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One forwarding rule."""

    domain: str
    enabled: bool
    targets: list[str]


class RulesetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One ruleset that leaves through the resolver."""

    id: str
    rules: list[RuleEntry]
    networks: list[str]


class InboundEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One inbound endpoint."""

    id: str
    addresses: list[str]


class OutboundEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One outbound endpoint."""

    id: str
    subnet: str | None


class ResolverItem(msgspec.Struct, frozen=True, kw_only=True):
    """One DNS private resolver."""

    id: str
    name: str
    network: str | None
    state: str | None
    location: str | None
    inbound: list[InboundEntry]
    outbound: list[OutboundEntry]
    rulesets: list[RulesetEntry]


def items(facts: Facts) -> list[ResolverItem]:
    """Every DNS private resolver, ordered by id."""
    topology = facts.topology
    return [_item(topology, resolver) for resolver in topology.all(DnsResolver)]


def _item(topology: Topology, resolver: DnsResolver) -> ResolverItem:
    inbound = topology.index("list: inbound by resolver", InboundEndpoint, lambda e: (e.resolver,))
    outbound = topology.index(
        "list: outbound by resolver", OutboundEndpoint, lambda e: (e.resolver,)
    )
    leaving = outbound.get(resolver.id, [])
    ways_out = {endpoint.id for endpoint in leaving}
    return ResolverItem(
        id=topology.display(resolver.id),
        name=resolver.name,
        network=shown(topology, resolver.network),
        state=stated(resolver.state),
        location=stated(resolver.location),
        inbound=[
            InboundEntry(id=topology.display(e.id), addresses=list(e.addresses))
            for e in inbound.get(resolver.id, [])
        ],
        outbound=[
            OutboundEntry(id=topology.display(e.id), subnet=shown(topology, e.subnet))
            for e in leaving
        ],
        rulesets=[
            _ruleset(topology, ruleset.id)
            for ruleset in topology.all(ForwardingRuleset)
            if ways_out.intersection(ruleset.outbound_endpoints)
        ],
    )


def _ruleset(topology: Topology, ruleset: ArmId) -> RulesetEntry:
    rules = topology.index("list: rules by ruleset", ForwardingRule, lambda r: (r.ruleset,))
    links = topology.index("list: links by ruleset", RulesetLink, lambda k: (k.ruleset,))
    networks = [k.network for k in links.get(ruleset, []) if k.network is not None]
    return RulesetEntry(
        id=topology.display(ruleset),
        rules=[
            RuleEntry(domain=f"{r.domain}.", enabled=r.is_enabled, targets=list(r.targets))
            for r in rules.get(ruleset, [])
        ],
        networks=all_shown(topology, networks),
    )


TABLE = Table(
    kind="resolvers",
    title="DNS private resolvers",
    item=ResolverItem,
    items=items,
    columns=(
        Column("NAME", lambda i: i.name),
        Column("NETWORK", lambda i: short(i.network)),
        Column("INBOUND", lambda i: [a for e in i.inbound for a in e.addresses]),
        Column("OUTBOUND", lambda i: [short(e.subnet) for e in i.outbound]),
        Column("RULESETS", lambda i: [short(r.id) for r in i.rulesets]),
        Column("STATE", lambda i: i.state),
        Column("LOCATION", lambda i: i.location),
    ),
    if_empty="no DNS private resolver is in these files",
)
