"""A virtual network link that exists but does not work."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import by_id, called
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import postgres_links
from pgtopo.model.dns import ZoneLink

_STATE = "properties.virtualNetworkLinkState"
_BROKEN = ("failed", "canceled")


@check(
    id="PGT105",
    slug="zone-link-not-ready",
    family=Family.DNS,
    title="Link of a private zone is not finished or has failed",
    severity=Severity.WARNING,
    grading="Error where the link has failed or was cancelled, warning while it is being made.",
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The state of every virtual network link of the zones that hold servers' names.",
    why="A network sees a zone only through a link that is Completed. Until then, and for good"
    " after a failure, its clients get no answer from the zone.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns link vnet show --resource-group <group> --zone-name <zone>"
    " --name <link> --query '[virtualNetworkLinkState,provisioningState]'",
    fix="Wait for a link that is being made. Remove a failed one and make it again:\n"
    "az network private-dns link vnet delete --resource-group <group> --zone-name <zone>"
    " --name <link>\n"
    "az network private-dns link vnet create --resource-group <group> --zone-name <zone>"
    " --name <link> --virtual-network <network id> --registration-enabled false",
    unknown_when="The link's row states neither of its two states.",
    sources=(
        "What is a virtual network link:"
        " https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links",
    ),
    remedy=links.remake_link,
    subject=ZoneLink,
    over=postgres_links,
)
def zone_link_not_ready(facts: Facts, link: ZoneLink) -> Outcome:
    """Whether the link is Completed and was provisioned."""
    state, provisioning = link.state.lower(), link.provisioning.lower()
    if not state and not provisioning:
        return Unknown(
            message=f"Link {link.name} of zone {called(facts, link.zone)} states no state.",
            settle_with=by_id(facts, "az network private-dns link vnet show", link.id),
        )
    if state in ("", "completed") and provisioning in ("", "succeeded"):
        return OK
    is_broken = provisioning in _BROKEN or state in _BROKEN
    seen = (
        Evidence(link.id, _STATE, link.state or None),
        Evidence(link.id, "properties.provisioningState", link.provisioning or None),
    )
    deciding, other = seen if state not in ("", "completed") else (seen[1], seen[0])
    network = called(facts, link.network) if link.network else "a network"
    return Fail(
        message=f"Link {link.name} from zone {called(facts, link.zone)} to {network} is"
        f" {deciding.value}.",
        severity=Severity.ERROR if is_broken else Severity.WARNING,
        evidence=(deciding, other),
        related=tuple(one for one in (link.zone, link.network) if one),
    )
