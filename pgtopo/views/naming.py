"""What names resolve to: a server's name in every network, or every server's name in one."""

from collections.abc import Iterable

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.table import DnsCell, DnsTable, dns_table, in_short
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.views.labels import name_in
from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece, to_resource
from pgtopo.views.overview.writing import MOST, Page
from pgtopo.views.path import SIGNS
from pgtopo.views.placed_in import subnets_of
from pgtopo.views.signs import count

NAMED = (
    FlexibleServer,
    VirtualNetwork,
    Subnet,
    NetworkInterface,
    VirtualMachine,
    PrivateZone,
)
"""What names can be told of."""

_ORDER = {Verdict.BLOCKED: 0, Verdict.MIXED: 1, Verdict.UNKNOWN: 2, Verdict.ALLOWED: 3}


def names(facts: Facts, arm_id: ArmId) -> tuple[Line, ...]:
    """The names page of a server, of a client's network, or of a zone and its servers."""
    page = Page(facts.topology)
    held = facts.topology.find(arm_id)
    if isinstance(held, FlexibleServer):
        _of_server(page, facts, held)
    elif isinstance(held, PrivateZone):
        for server in facts.topology.servers_of_zone(held.id):
            _of_server(page, facts, server)
        if not page.lines:
            page.say("No server in this data keeps its name in this zone.", Tone.DIM)
    else:
        for network in _networks(facts, arm_id):
            _in_network(page, facts, network)
    if not page.lines:
        page.say("Names are resolved by networks: select a server, network or client.", Tone.DIM)
    return page.done()


def _networks(facts: Facts, arm_id: ArmId) -> tuple[ArmId, ...]:
    held = facts.topology.find(arm_id)
    if isinstance(held, VirtualNetwork):
        return (held.id,)
    if isinstance(held, Subnet):
        return (held.network,)
    found = (ancestor(one, "virtualnetworks") for one in subnets_of(facts.topology, arm_id))
    return tuple(dict.fromkeys(one for one in found if one))


def _of_server(page: Page, facts: Facts, server: FlexibleServer) -> None:
    page.head("What clients ask for")
    page.command("Name", server_fqdn(facts, server))
    page.ref("Zone", server.zone, kind=PrivateZone.KIND)
    table = dns_table(facts)
    column = next((at for at, one in enumerate(table.servers) if one.id == server.id), None)
    if column is None:
        return
    page.head("What networks are told")
    groups: dict[DnsCell, list[ArmId]] = {}
    for row, network in enumerate(table.networks):
        groups.setdefault(table.cell(row, column), []).append(network.id)
    _groups(page, groups, "network")


def _in_network(page: Page, facts: Facts, network: ArmId) -> None:
    held = facts.topology.get(VirtualNetwork, network)
    page.head(f"In network {name_in(facts.topology, network)}")
    if held is None:
        page.why_absent(network, VirtualNetwork.KIND)
        return
    dns = ", ".join(held.dns_servers)
    page.fact("Asks", dns or "Azure DNS (168.63.129.16)")
    links = facts.topology.links_of_network(network)
    page.refs("Sees zones", [link.zone for link in links])
    table = dns_table(facts)
    row = next((at for at, one in enumerate(table.networks) if one.id == network), None)
    if row is None:
        return
    page.lines.append(BLANK)
    _groups(page, _by_answer(table, row), "server")


def _by_answer(table: DnsTable, row: int) -> dict[DnsCell, list[ArmId]]:
    groups: dict[DnsCell, list[ArmId]] = {}
    for column, server in enumerate(table.servers):
        groups.setdefault(table.cell(row, column), []).append(server.id)
    return groups


def _groups(page: Page, groups: dict[DnsCell, list[ArmId]], noun: str) -> None:
    """Those that get the same answer together, the worst first."""
    for cell in sorted(groups, key=lambda one: (_ORDER[one.verdict], -len(groups[one]))):
        members = groups[cell]
        page.lines.append(_answer(page, cell, count(len(members), noun)))
        page.lines += _members(page, members)


def _answer(page: Page, cell: DnsCell, told: str) -> Line:
    sign = SIGNS[cell.verdict]
    code = "" if cell.code == "OK" else f"  {cell.code}"
    answers = f"  {', '.join(cell.answers[:3])}" if cell.answers else ""
    zone = f"  from {name_in(page.topology, cell.zone)}" if cell.zone else ""
    pieces = (
        Piece(f"{sign.shown()} {in_short(cell).value}", sign.tone),
        piece(f"{answers}{zone}", Tone.PLAIN),
        piece(code, Tone.DIM),
        piece(f"  {told}", Tone.STRONG),
    )
    return Line(pieces, 0, to_resource(cell.zone) if cell.zone else None, "", 2)


def _members(page: Page, members: Iterable[ArmId]) -> list[Line]:
    every = list(members)
    lines = [
        Line((Piece(name_in(page.topology, one), Tone.LINK),), 4, to_resource(one))
        for one in every[:MOST]
    ]
    if len(every) > MOST:
        lines.append(Line((Piece(f"and {len(every) - MOST:,} more", Tone.DIM),), 4))
    return lines
