"""`list links`: which networks see which zones and forwarding rulesets."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.dns import RulesetLink, ZoneLink
from pgtopo.views.tables.base import Column, Table, owner_shown, short, shown, stated


class LinkItem(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a zone or of a ruleset to a network."""

    id: str
    kind: str
    """`zone` or `ruleset`."""
    name: str
    owner: str
    """The zone or the ruleset."""
    network: str | None
    state: str | None
    registration: bool | None
    """Whether the network's machines register themselves; None for ruleset links."""
    resolution_policy: str | None


def items(facts: Facts) -> list[LinkItem]:
    """Zone links, then ruleset links, each ordered by id."""
    topology = facts.topology
    zone_links = [
        LinkItem(
            id=topology.display(link.id),
            kind="zone",
            name=link.name,
            owner=owner_shown(topology, link.id, link.zone),
            network=shown(topology, link.network),
            state=stated(link.state),
            registration=link.has_registration,
            resolution_policy=stated(link.resolution_policy),
        )
        for link in topology.all(ZoneLink)
    ]
    ruleset_links = [
        LinkItem(
            id=topology.display(link.id),
            kind="ruleset",
            name=link.name,
            owner=owner_shown(topology, link.id, link.ruleset),
            network=shown(topology, link.network),
            state=stated(link.provisioning),
            registration=None,
            resolution_policy=None,
        )
        for link in topology.all(RulesetLink)
    ]
    return zone_links + ruleset_links


TABLE = Table(
    kind="links",
    title="virtual network links",
    item=LinkItem,
    items=items,
    columns=(
        Column("KIND", lambda i: i.kind),
        Column("ZONE OR RULESET", lambda i: short(i.owner)),
        Column("NETWORK", lambda i: short(i.network)),
        Column("STATE", lambda i: i.state),
        Column("REGISTRATION", lambda i: i.registration),
        Column("NAME", lambda i: i.name),
    ),
    if_empty="no virtual network link is in these files",
)
