"""The subnets of a network, with what is in them and what governs them, for a close look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.model.ids import ArmId
from pgtopo.model.network import RESERVED_SUBNETS, Subnet
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.map.card import Row
from pgtopo.views.map.scale import Scale
from pgtopo.views.signs import count
from pgtopo.views.sort_keys import by_address

if TYPE_CHECKING:
    from pgtopo.views.map.cards import Writer


def subnet_rows(writer: Writer, network: ArmId, server: ArmId | None = None) -> list[Row]:
    """Every subnet with its filter and routes; servers below theirs.

    With a server, only its own subnet is told in full, and the others as a number.
    """
    topology = writer.topology
    subnets = sorted(topology.subnets_of(network), key=by_address)
    mine = [one for one in subnets if any(s.id == server for s in topology.servers_in(one.id))]
    told = mine or subnets
    rows: list[Row] = []
    for one in told:
        rows.append(_subnet(writer.desk, one))
        servers = writer.server_rows(topology.servers_in(one.id), Scale.CLOSE)
        rows += [(Piece("    "), *row) for row in servers]
    rest = len(subnets) - len(told)
    if rest:
        rows.append((Piece(f"and {count(rest, 'other subnet')}", Tone.DIM),))
    return rows


def _subnet(desk: Desk, subnet: Subnet) -> Row:
    words = [printable(", ".join(subnet.prefixes[:1]))]
    if subnet.nsg is not None:
        words.append(f"NSG {name_in(desk.topology, subnet.nsg)}")
    if subnet.route_table is not None:
        words.append(f"routes {name_in(desk.topology, subnet.route_table)}")
    reserved = RESERVED_SUBNETS.get(subnet.name.lower())
    if reserved:
        words.append(f"for {reserved}")
    own = desk.problems.sign(subnet.id)
    mark = Piece(f"{own.shown()} ", own.tone) if own.is_fault else Piece("◇ ", Tone.DIM)
    note = Piece("  " + "  ".join(one for one in words if one), Tone.DIM)
    return (mark, Piece(printable(subnet.name)), note)
