"""`list needs`: the flows each injected server itself needs, judged by filters and routes."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.service_needs import NeedFlow, needs
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.proof import (
    AssumptionItem,
    EvidenceItem,
    assumption_item,
    decided_by,
)
from pgtopo.views.tables.base import Column, Table, short, shown, stated


class NeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One flow a server needs."""

    server: str
    need: str
    """`within_subnet`, `storage`, `entra` or `replication`."""
    name: str
    direction: str
    port: int
    peer: str | None
    region: str | None
    verdict: str
    code: str
    text: str
    decided_by: EvidenceItem | None
    assumptions: list[AssumptionItem]


def items(facts: Facts) -> list[NeedItem]:
    """Every flow of every injected server, in order of server id."""
    servers = facts.topology.all(FlexibleServer)
    return [_item(facts.topology, flow) for server in servers for flow in needs(facts, server)]


def _item(topology: Topology, flow: NeedFlow) -> NeedItem:
    return NeedItem(
        server=topology.display(flow.server),
        need=flow.need.value,
        name=flow.name,
        direction=flow.direction.value,
        port=flow.port,
        peer=shown(topology, flow.peer),
        region=stated(flow.region),
        verdict=flow.verdict.value,
        code=flow.code,
        text=flow.text,
        decided_by=decided_by(topology, flow.decided_by),
        assumptions=[assumption_item(one) for one in flow.assumptions],
    )


TABLE = Table(
    kind="needs",
    title="flows that servers themselves need",
    item=NeedItem,
    items=items,
    columns=(
        Column("SERVER", lambda i: short(i.server)),
        Column("FLOW", lambda i: i.name),
        Column("VERDICT", lambda i: i.verdict),
        Column("CODE", lambda i: i.code),
        Column("DECIDED BY", lambda i: short(i.decided_by.resource) if i.decided_by else None),
    ),
    if_empty="no server in a virtual network is in these files",
)
