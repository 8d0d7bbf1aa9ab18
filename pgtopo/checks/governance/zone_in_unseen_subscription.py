"""A server's zone in a subscription that was not looked into."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import subscription_of
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT003",
    slug="zone-in-unseen-subscription",
    family=Family.GOVERNANCE,
    title="Private zone of a server belongs to a subscription out of sight",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Servers whose zone is in another subscription than their own and not in the data.",
    why="Somebody else owns the zone. They can remove its links or lock it without knowing whose"
    " name it holds, and whoever runs the server cannot see it.",
    client_sees="Nothing.",
    confirm="az network private-dns zone show --ids <zone id> --query '[id,tags]'",
    fix="Ask the owner for Reader on the zone, then collect again:\n"
    "az role assignment create --assignee <your principal> --role Reader --scope <zone id>",
    unknown_when="Never: ids hold their subscription, and a zone is in the data or not.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_in_unseen_subscription(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a zone of another subscription is visible."""
    zone = server.zone
    if zone is None or subscription_of(zone) == subscription_of(server.id):
        return OK
    if facts.topology.get(PrivateZone, zone) is not None:
        return OK
    return Fail(
        message=f"Zone {called(facts, zone)} of server {server.name} is in subscription"
        f" {subscription_of(zone)}, out of sight.",
        evidence=(
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(zone),
            ),
        ),
        related=(zone,),
    )
