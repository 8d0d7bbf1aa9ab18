"""The `trace` document: what every format of it is made from."""

import msgspec

from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.servers.targets import Target
from pgtopo.analysis.verdict import Part, Step
from pgtopo.checks.opened import Opened
from pgtopo.model.net import union
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.proof import AssumptionItem, EvidenceItem, assumption_item, decided_by
from pgtopo.views.remedy import FixItem, fix_item
from pgtopo.views.tables.base import shown

SCHEMA = "pgtopo.trace/1"


class ClientItem(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks."""

    kind: str
    id: str | None
    addresses: list[str]


class ServerItem(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked."""

    id: str
    name: str
    fqdn: str
    mode: str


class NameAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the name comes to."""

    verdict: str
    code: str
    answers: list[str]
    zone: str | None


class NetworkAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether packets get there and back, given the right address."""

    verdict: str
    code: str


class StepItem(msgspec.Struct, frozen=True, kw_only=True):
    """One stage."""

    stage: str
    verdict: str
    code: str
    text: str
    decided_by: EvidenceItem | None
    addresses: list[str]
    """The client addresses it speaks for."""


class PartItem(msgspec.Struct, frozen=True, kw_only=True):
    """Client addresses that fare alike."""

    addresses: list[str]
    verdict: str


class TraceDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One path, every step."""

    schema: str = SCHEMA
    client: ClientItem
    server: ServerItem
    port: int
    verdict: str
    dns: NameAnswer
    network: NetworkAnswer
    steps: list[StepItem]
    parts: list[PartItem]
    assumptions: list[AssumptionItem]
    fixes: list[FixItem]
    verdict_with_fixes: str | None
    """What the path comes to once all proved fixes are made; absent where there are none."""
    notes: list[str]
    """What to know beside the verdict."""


def build(
    facts: Facts, target: Target, path: PathVerdict, opened: Opened | None = None
) -> TraceDocument:
    """The document of one traced path."""
    topology = facts.topology
    opened = opened or Opened()
    return TraceDocument(
        client=client_item(topology, path.client),
        server=server_item(facts, path.server),
        port=path.port,
        verdict=path.verdict.value,
        dns=NameAnswer(
            verdict=path.dns.value,
            code=path.dns_code,
            answers=list(path.answers),
            zone=shown(topology, path.zone),
        ),
        network=NetworkAnswer(verdict=path.network.value, code=path.network_code),
        steps=[_step(facts, path, one) for one in path.steps],
        parts=[
            PartItem(addresses=addresses.cidrs(), verdict=verdict.value)
            for addresses, verdict in path.verdict_parts
        ],
        assumptions=[assumption_item(one) for one in path.assumptions],
        fixes=[fix_item(topology, fix) for fix in opened.fixes],
        verdict_with_fixes=opened.verdict.value if opened.verdict is not None else None,
        notes=_notes(facts, target),
    )


def client_item(topology: Topology, client: Client) -> ClientItem:
    """Who asks, with ids as first seen."""
    return ClientItem(
        kind=client.kind.value,
        id=shown(topology, client.id),
        addresses=client.addresses.cidrs(),
    )


def server_item(facts: Facts, server: FlexibleServer) -> ServerItem:
    """Who is asked, with ids as first seen."""
    return ServerItem(
        id=facts.topology.display(server.id),
        name=server.name,
        fqdn=server_fqdn(facts, server),
        mode=server.mode.value,
    )


def _step(facts: Facts, path: PathVerdict, step: Step) -> StepItem:
    return StepItem(
        stage=step.stage.value,
        verdict=step.verdict.value,
        code=step.code,
        text=step.text,
        decided_by=decided_by(facts.topology, step.decided_by),
        addresses=_speaks_for(path.parts, step),
    )


def _speaks_for(parts: tuple[Part, ...], step: Step) -> list[str]:
    return union(part.addresses for part in parts if step in part.steps).cidrs()


def _notes(facts: Facts, target: Target) -> list[str]:
    """What the way the server was named is worth.

    Azure rule: the address of a server may change, so clients connect by its name ("Networking
    overview", Azure Database for PostgreSQL - Flexible Server).
    """
    name = server_fqdn(facts, target.server)
    if target.address is not None:
        return [f"An address may change at any time: clients should connect to {name}."]
    if target.endpoint is not None:
        return [f"{target.name} is a virtual endpoint that leads to {target.server.name} today."]
    return []
