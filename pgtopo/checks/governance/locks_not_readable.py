"""Subscriptions of servers' zones in which locks could not be read."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import NOT_APPLICABLE, OK, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import unread
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.governance import Lock
from pgtopo.model.ids import subscription_of, subscription_scope
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology


def _first_of_subscription(topology: Topology) -> Iterator[FlexibleServer]:
    """One server for each subscription that holds zones of servers."""
    seen: set[str] = set()
    for server in servers_with_zone(topology):
        place = subscription_of(server.zone or server.id)
        if place not in seen:
            seen.add(place)
            yield server


@check(
    id="PGT004",
    slug="locks-not-readable",
    family=Family.GOVERNANCE,
    title="Locks around servers' zones could not be read",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Whether locks were read in every subscription that holds a server's private zone.",
    why="Resource Graph has no locks; they are read one subscription at a time and need a right of"
    " their own. Without them it stays open whether a failover can update the zone.",
    client_sees="Nothing by itself.",
    confirm="az lock list --subscription <subscription> --output table",
    fix="Give the login Microsoft.Authorization/locks/read there, then collect again:\n"
    "pgtopo collect -o <file> --subscription <subscription>",
    unknown_when="Locks were not read there; that is all this check tells.",
    sources=(
        "Lock your resources to protect your infrastructure: https://learn.microsoft.com/azure/"
        "azure-resource-manager/management/lock-resources",
    ),
    subject=FlexibleServer,
    over=_first_of_subscription,
    never_fails=True,
)
def locks_not_readable(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether locks were read in the subscription of the server's zone."""
    if server.zone is None:
        return NOT_APPLICABLE
    place = subscription_scope(server.zone)
    missing = unread(facts, Lock.KIND, place)
    if missing is None:
        return OK
    return Unknown(
        message=missing.message,
        settle_with=missing.settle_with,
        related=(server.zone,),
        discriminator=place,
    )
