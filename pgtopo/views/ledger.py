"""The addresses of a subnet as a bar and a ledger."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import Ledger, UsedSource, ledger
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece, to_resource
from pgtopo.views.literal import printable
from pgtopo.views.overview.writing import Page
from pgtopo.views.signs import count

BAR = 36
"""Columns of a full bar."""

_SOURCES = {
    UsedSource.SERVICE: "stated by the PostgreSQL service",
    UsedSource.USAGES: "stated by the network",
    UsedSource.COUNTED: "counted from interfaces",
    UsedSource.ESTIMATED: "estimated from the servers here",
}


def addresses(facts: Facts, arm_id: ArmId) -> tuple[Line, ...]:
    """The ledger of a subnet, of a server's subnet, or of every subnet of a network."""
    topology = facts.topology
    held = topology.find(arm_id)
    page = Page(topology)
    if isinstance(held, FlexibleServer) and held.subnet is not None:
        held = topology.get(Subnet, held.subnet)
        if held is not None:
            page.ref("Subnet", held.id)
    if isinstance(held, Subnet):
        _subnet(page, facts, held)
    elif isinstance(held, VirtualNetwork):
        _network(page, facts, held)
    else:
        page.say(
            "Addresses are kept per subnet: select a subnet, a network or a server in one.",
            Tone.DIM,
        )
    return page.done()


def _subnet(page: Page, facts: Facts, subnet: Subnet) -> None:
    book = ledger(facts, subnet)
    page.fact("Range", ", ".join(subnet.prefixes) or "none")
    page.lines += [bar(book), legend()]
    page.fact("Size", f"{book.size:,} addresses, {book.reserved} kept by Azure")
    page.fact("Used", _used(book))
    tone = Tone.BAD if book.free == 0 else Tone.RISK if _is_tight(book) else Tone.PLAIN
    page.fact("Free", "unknown" if book.free is None else f"{book.free:,}", tone)
    if subnet.is_pg_delegated and book.more_servers is not None:
        more = count(book.more_servers, "server")
        page.fact("Room for", f"{more} more, or {book.more_ha_servers} with high availability")
    page.head("Who uses them")
    if not book.lines:
        page.say("Nobody in this data.", Tone.DIM)
    for entry in book.lines:
        pieces = (Piece(f"{entry.addresses:>5}  "), piece(entry.what, Tone.LINK))
        target = to_resource(entry.resource) if entry.resource else None
        page.lines.append(
            Line((*pieces, Piece(_spread(entry.low, entry.high), Tone.DIM)), 0, target, "", 7)
        )
    for note in book.notes:
        page.lines.append(BLANK)
        page.say(note, Tone.DIM)


def _network(page: Page, facts: Facts, network: VirtualNetwork) -> None:
    for subnet in facts.topology.subnets_of(network.id):
        book = ledger(facts, subnet)
        free = "free unknown" if book.free is None else f"{book.free:,} of {book.usable:,} free"
        page.ref(f"{free:<22}", subnet.id, ", ".join(subnet.prefixes))
        page.lines.append(bar(book))


def bar(book: Ledger) -> Line:
    """Reserved, used, possibly used and free addresses, side by side."""
    if not book.size:
        return Line((Piece("no IPv4 addresses known", Tone.DIM),))
    reserved = _columns(book.reserved, book.size)
    low = _columns(book.low if book.used is None else min(book.used, book.usable), book.size)
    low = min(low, BAR - reserved)
    high = BAR if book.high is None else reserved + _columns(book.high, book.size)
    maybe = max(0, min(high, BAR) - reserved - low)
    free = BAR - reserved - low - maybe
    tone = Tone.BAD if book.free == 0 else Tone.RISK if _is_tight(book) else Tone.INFO
    return Line(
        (
            Piece("▒" * reserved, Tone.DIM),
            Piece("█" * low, tone),
            Piece("▓" * maybe, Tone.UNKNOWN),
            Piece("░" * free, Tone.GOOD),
        )
    )


def legend() -> Line:
    """What the parts of a bar stand for."""
    return Line((Piece("▒ Azure's  █ used  ▓ perhaps  ░ free", Tone.DIM),))


def _columns(number: int, size: int) -> int:
    return max(1, round(number * BAR / size)) if number > 0 else 0


def _is_tight(book: Ledger) -> bool:
    return book.free is not None and book.free < 4


def _used(book: Ledger) -> str:
    source = _SOURCES[book.used_source]
    if book.used is None:
        return f"unknown, at least {book.low:,}"
    return f"{book.used:,}{_spread(book.low, book.high)}, {source}"


def _spread(low: int, high: int | None) -> str:
    if high is None:
        return f" (at least {low:,})"
    return printable(f" ({low:,} to {high:,})") if low != high else ""
