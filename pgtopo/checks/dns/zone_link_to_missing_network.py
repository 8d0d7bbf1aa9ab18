"""A link whose network does not exist."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import called, not_visible, settle
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import postgres_links
from pgtopo.model.base import RefState
from pgtopo.model.dns import ZoneLink
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT106",
    slug="zone-link-to-missing-network",
    family=Family.DNS,
    title="Link of a private zone leads to a network that was not found",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The networks that the links of servers' zones name, where networks were read in that"
    " subscription.",
    why="The link is a leftover of a deleted network, or the network is hidden from this login. A"
    " leftover counts against the limit of the zone and misleads whoever reads the list.",
    client_sees="Nothing.",
    confirm="az network vnet show --ids <network id> --query id",
    fix="Delete the link if the network is gone:\n"
    "az network private-dns link vnet delete --resource-group <group> --zone-name <zone>"
    " --name <link>",
    unknown_when="Networks were not read in that subscription, or the link names no network.",
    sources=(
        "What is a virtual network link:"
        " https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links",
    ),
    remedy=links.delete_link,
    subject=ZoneLink,
    over=postgres_links,
)
def zone_link_to_missing_network(facts: Facts, link: ZoneLink) -> Outcome:
    """Whether the linked network is in the data."""
    if link.network is None:
        return Unknown(
            message=f"Link {link.name} of zone {called(facts, link.zone)} names no network.",
            settle_with=settle(facts, ZoneLink.KIND, link.zone),
        )
    if facts.topology.get(VirtualNetwork, link.network) is not None:
        return OK
    if facts.topology.ref(link.network, VirtualNetwork.KIND) is not RefState.DANGLING:
        return not_visible(facts, VirtualNetwork.KIND, link.network)
    return Fail(
        message=f"Link {link.name} of zone {called(facts, link.zone)} leads to"
        f" {called(facts, link.network)}, which is not among the networks read there.",
        certainty=Certainty.LIKELY,
        evidence=(
            Evidence(link.id, "properties.virtualNetwork.id", facts.topology.display(link.network)),
        ),
        related=(link.zone, link.network),
    )
