"""Every virtual network against every server name: what the name resolves to there.

A network is judged by the subnets that clients can live in, each with the network's own DNS
setting; where these differ because one cannot reach a DNS server, the network is mixed.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.clients.parts import network_parts
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.classes import NameClasses, Row, name_classes
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.verdict import Verdict, folded
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer


class DnsCell(msgspec.Struct, frozen=True, gc=False):
    """What one server's name comes to in one network."""

    verdict: Verdict
    code: str
    answers: tuple[str, ...]
    zone: ArmId | None
    kind: AnswerKind
    """INJECTED and ENDPOINT are private answers; see `AnswerKind` for the others."""


class NameWord(Enum):
    """What a name comes to, in the words of the grid of names."""

    PRIVATE = "private answer"
    PUBLIC = "public answer"
    NONE = "no answer"
    WRONG = "wrong zone"
    DEPENDS = "depends on custom DNS"
    UNKNOWN = "not known"
    MIXED = "differs by subnet"


_DEPENDS = frozenset(
    {
        *("FORWARDER_UNKNOWN", "DNS_SERVER_UNKNOWN", "DNS_SERVER_PATH_UNKNOWN"),
        *("DNS_PROXY_UNKNOWN", "CLIENT_DNS_UNKNOWN"),
    }
)
_WRONG = frozenset({"WRONG_ZONE", "WRONG_ADDRESS", "NAME_CAPTURED"})


def in_short(cell: DnsCell) -> NameWord:
    """What a cell comes to in one word."""
    if cell.verdict is Verdict.MIXED:
        return NameWord.MIXED
    if cell.verdict is Verdict.UNKNOWN:
        return NameWord.DEPENDS if cell.code in _DEPENDS else NameWord.UNKNOWN
    if cell.kind is AnswerKind.PUBLIC:
        return NameWord.PUBLIC
    if cell.code in _WRONG:
        return NameWord.WRONG
    return NameWord.PRIVATE if cell.verdict is Verdict.ALLOWED else NameWord.NONE


class DnsTable(msgspec.Struct, frozen=True, kw_only=True):
    """Every network against every server; networks that fare alike share a row."""

    networks: tuple[VirtualNetwork, ...]
    servers: tuple[FlexibleServer, ...]
    rows: tuple[tuple[DnsCell, ...], ...]
    """One row per class of networks, one cell per server."""
    row_of: tuple[int, ...]
    """The row of each network."""

    def cell(self, network: int, server: int) -> DnsCell:
        """The cell of a network and a server, by their places in the lists."""
        return self.rows[self.row_of[network]][server]

    def cells(self) -> Iterator[tuple[int, int, DnsCell]]:
        """Every cell, network by network."""
        for network, row in enumerate(self.row_of):
            for server, cell in enumerate(self.rows[row]):
                yield network, server, cell


def dns_table(facts: Facts) -> DnsTable:
    """What every server's name resolves to in every virtual network."""
    return facts.once("dns table", "", lambda: _table(facts))


def _table(facts: Facts) -> DnsTable:
    networks = facts.topology.all(VirtualNetwork)
    servers = facts.topology.all(FlexibleServer)
    classes = name_classes(facts)
    known: dict[tuple[int, ...], int] = {}
    rows: list[tuple[DnsCell, ...]] = []
    row_of: list[int] = []
    for network in networks:
        key = _classes_of(facts, classes, network)
        if key not in known:
            known[key] = len(rows)
            rows.append(_cells([classes.row(one) for one in key]))
        row_of.append(known[key])
    return DnsTable(networks=networks, servers=servers, rows=tuple(rows), row_of=tuple(row_of))


def _classes_of(facts: Facts, classes: NameClasses, network: VirtualNetwork) -> tuple[int, ...]:
    """The classes of the subnets a network is judged by."""
    parts, subnets = network_parts(facts, network)
    found: set[int] = set()
    for part, subnet in zip(parts, subnets, strict=True):
        known = classes.class_of_subnet(subnet)
        shares = (part,) if known is not None else name_parts(facts, part)
        found.update((known,) if known is not None else map(classes.class_of, shares))
    return tuple(sorted(found or {classes.class_of(_bare(network))}))


def _bare(network: VirtualNetwork) -> ClientPart:
    return ClientPart(addresses=EMPTY, network=network.id, is_whole_subnet=True)


def parts_of(facts: Facts, network: VirtualNetwork) -> tuple[ClientPart, ...]:
    """The subnets a network is judged by; the network itself where no client can live in it."""
    parts, _ = network_parts(facts, network)
    found = tuple(share for part in parts for share in name_parts(facts, part))
    return found or (_bare(network),)


def _cells(rows: Sequence[Row]) -> tuple[DnsCell, ...]:
    if len(rows) == 1:
        return tuple(_cell(answer) for answer in rows[0])
    return tuple(_folded(answers) for answers in zip(*rows, strict=True))


def _cell(answer: DnsAnswer) -> DnsCell:
    return DnsCell(answer.verdict, answer.code, answer.answers, answer.zone, answer.kind)


def _folded(answers: Sequence[DnsAnswer]) -> DnsCell:
    """One cell for subnets of a network: blocked first for the code, then unknown."""
    worst = min(answers, key=lambda one: (_ORDER[one.verdict], one.code))
    verdict = folded([one.verdict for one in answers])
    texts = tuple(dict.fromkeys(text for one in answers for text in one.answers))
    zones = {one.zone for one in answers}
    zone = worst.zone if len(zones) == 1 else None
    return DnsCell(verdict, worst.code, texts, zone, worst.kind)


_ORDER = {Verdict.BLOCKED: 0, Verdict.UNKNOWN: 1, Verdict.MIXED: 2, Verdict.ALLOWED: 3}
