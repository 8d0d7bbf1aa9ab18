"""`list peerings`: one row per peering object, with the state of its other half."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import RefState
from pgtopo.model.network import Peering
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, owner_shown, short, shown, stated


class PeeringItem(msgspec.Struct, frozen=True, kw_only=True):
    """One half of a peering."""

    id: str
    name: str
    network: str
    remote_network: str | None
    state: str | None
    sync_level: str | None
    other_half: str
    """`present`, `missing`, or `unknown` where the remote network was not read."""
    other_state: str | None
    allow_access: bool
    allow_forwarded: bool
    allow_gateway_transit: bool
    use_remote_gateways: bool
    complete: bool
    remote_addresses: list[str]


def items(facts: Facts) -> list[PeeringItem]:
    """Every peering object, ordered by id."""
    topology = facts.topology
    return [_item(topology, peering) for peering in topology.all(Peering)]


def _item(topology: Topology, peering: Peering) -> PeeringItem:
    other = topology.reverse_of(peering)
    return PeeringItem(
        id=topology.display(peering.id),
        name=peering.name,
        network=owner_shown(topology, peering.id, peering.network),
        remote_network=shown(topology, peering.remote),
        state=stated(peering.state),
        sync_level=stated(peering.sync_level),
        other_half="present" if other else _without_other(topology, peering),
        other_state=stated(other.state) if other else None,
        allow_access=peering.allows_access,
        allow_forwarded=peering.allows_forwarded,
        allow_gateway_transit=peering.allows_gateway_transit,
        use_remote_gateways=peering.uses_remote_gateways,
        complete=peering.is_complete,
        remote_addresses=list(peering.remote_prefixes),
    )


def _without_other(topology: Topology, peering: Peering) -> str:
    if peering.remote is None or topology.ref(peering.remote) is RefState.UNREAD:
        return "unknown"
    return "missing"


def _other(item: PeeringItem) -> str:
    return item.other_state or item.other_half


TABLE = Table(
    kind="peerings",
    title="peerings",
    item=PeeringItem,
    items=items,
    columns=(
        Column("NETWORK", lambda i: short(i.network)),
        Column("REMOTE", lambda i: short(i.remote_network)),
        Column("STATE", lambda i: i.state),
        Column("OTHER HALF", _other),
        Column("SYNC", lambda i: i.sync_level),
        Column("ACCESS", lambda i: i.allow_access),
        Column("FORWARDED", lambda i: i.allow_forwarded),
        Column("TRANSIT", lambda i: i.allow_gateway_transit),
        Column("REMOTE GW", lambda i: i.use_remote_gateways),
    ),
    if_empty="no peering is in these files",
)
