"""A link through which machines register themselves in a server's zone."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import postgres_links
from pgtopo.model.dns import ZoneLink


@check(
    id="PGT113",
    slug="zone-link-with-registration",
    family=Family.DNS,
    title="Machines register themselves in a zone of servers",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="registrationEnabled on the virtual network links of zones that hold servers' names.",
    why="Every machine of the network writes its name into the zone, and the network's only slot"
    " for registration is taken: a zone that is meant for it cannot be linked that way any more.",
    client_sees="Nothing; machines answer to names below the servers' zone.",
    confirm="az network private-dns link vnet show --resource-group <group> --zone-name <zone>"
    " --name <link> --query registrationEnabled",
    fix="az network private-dns link vnet update --resource-group <group> --zone-name <zone>"
    " --name <link> --registration-enabled false",
    unknown_when="Never: a link that does not state it has registration off.",
    sources=(
        "What is a virtual network link:"
        " https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links",
    ),
    remedy=links.stop_registration,
    subject=ZoneLink,
    over=postgres_links,
)
def zone_link_with_registration(facts: Facts, link: ZoneLink) -> Outcome:
    """Whether the link only resolves."""
    if not link.has_registration:
        return OK
    network = called(facts, link.network) if link.network else "its network"
    return Fail(
        message=f"Link {link.name} lets machines of {network} register in zone"
        f" {called(facts, link.zone)}.",
        evidence=(Evidence(link.id, "properties.registrationEnabled", value=True),),
        related=tuple(one for one in (link.zone, link.network) if one),
    )
