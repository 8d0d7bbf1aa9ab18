"""Routes whose prefix means nothing, or too many service tags in one table."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.tag_names import is_known_tag
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.route_tables import route_evidence
from pgtopo.checks.scope import server_route_tables
from pgtopo.checks.tags import GRADING, certainty_of
from pgtopo.model.net import is_ipv6, parse_prefix
from pgtopo.model.routing import Route, RouteTable

_MOST_TAGS = 25


@check(
    id="PGT419",
    slug="route-with-unknown-prefix",
    family=Family.ROUTES,
    title="Route for something that is neither a range nor a service tag",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(),
    looks_at="The prefixes of the routes on subnets with servers, and how many of them are service"
    " tags (a table may hold 25).",
    why="Such a route matches nothing, so the traffic it was meant for takes another way.",
    client_sees="Nothing by itself; Entra sign-in fails where the route for it is misspelled.",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --query '[].[name,addressPrefix]' --output table",
    fix="az network route-table route update --resource-group <group>"
    " --route-table-name <route table> --name <route>"
    " --address-prefix <range or service tag such as AzureActiveDirectory>",
    unknown_when="The route table is not in the data.",
    sources=(
        "Virtual network traffic routing, Service tags for user-defined routes:"
        " https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    ),
    subject=RouteTable,
    over=server_route_tables,
)
def route_with_unknown_prefix(facts: Facts, table: RouteTable) -> Outcome:
    """Whether every prefix means something, one finding per route."""
    return tuple(_faults(table)) or OK


def _faults(table: RouteTable) -> Iterator[Fail]:
    named = [route for route in table.routes if _is_word(route)]
    for route in named:
        if not is_known_tag(route.prefix.strip().lower()):
            shown = route.prefix or "nothing"
            yield Fail(
                message=f"Route {route.name} of {table.name} is for {shown}, which is neither a"
                " range nor a service tag.",
                certainty=certainty_of(route.prefix),
                evidence=route_evidence(route),
                related=(route.id,),
                discriminator=route.name,
                cause=route.id,
            )
    if len(named) > _MOST_TAGS:
        yield Fail(
            message=f"Route table {table.name} has {len(named)} routes for service tags; Azure"
            f" heeds {_MOST_TAGS}.",
            evidence=route_evidence(named[_MOST_TAGS]),
            discriminator="too many tags",
        )


def _is_word(route: Route) -> bool:
    return parse_prefix(route.prefix) is None and not is_ipv6(route.prefix)
