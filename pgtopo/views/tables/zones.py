"""`list zones`: every private DNS zone."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import subscription_of
from pgtopo.views.tables.base import Column, Table, all_shown, stated


class ZoneItem(msgspec.Struct, frozen=True, kw_only=True):
    """One private DNS zone."""

    id: str
    name: str
    subscription: str | None
    records: int
    """Record sets of type A, AAAA and CNAME that were seen."""
    stated_records: int | None
    """What the zone itself counts, SOA included; may be stale."""
    links: list[str]
    networks: list[str]
    servers: list[str]


def items(facts: Facts) -> list[ZoneItem]:
    """Every private DNS zone, ordered by id."""
    topology = facts.topology
    found: list[ZoneItem] = []
    for zone in topology.all(PrivateZone):
        links = topology.links_of_zone(zone.id)
        found.append(
            ZoneItem(
                id=topology.display(zone.id),
                name=zone.name,
                subscription=stated(subscription_of(zone.id)),
                records=len(topology.records_of(zone.id)),
                stated_records=zone.records,
                links=all_shown(topology, (link.id for link in links)),
                networks=all_shown(topology, (k.network for k in links if k.network is not None)),
                servers=all_shown(topology, (s.id for s in topology.servers_of_zone(zone.id))),
            )
        )
    return found


TABLE = Table(
    kind="zones",
    title="private DNS zones",
    item=ZoneItem,
    items=items,
    columns=(
        Column("ZONE", lambda i: i.name),
        Column("RECORDS", lambda i: i.records, is_number=True),
        Column("LINKS", lambda i: len(i.links), is_number=True),
        Column("SERVERS", lambda i: len(i.servers), is_number=True),
        Column("SUBSCRIPTION", lambda i: i.subscription),
    ),
    if_empty="no private DNS zone is in these files",
)
