"""What several rows tell together, once all of them are built.

A server's mode rests on its private endpoint connections, which may be rows of their own; so may
the rules of a security group and the routes of a table.
"""

from collections.abc import Callable, Iterable, MutableMapping
from typing import TypeVar

import msgspec

from pgtopo.model.base import ParseIssue, Resource
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRuleRow, rule_name, with_rules
from pgtopo.model.routing import Route, RouteRow, RouteTable, with_routes
from pgtopo.model.server import EndpointConnection, FlexibleServer
from pgtopo.model.server import finish as finish_server
from pgtopo.sources.overlay import overlay

R = TypeVar("R", bound=Resource)
Resources = MutableMapping[ArmId, Resource]

_ASKED = (FlexibleServer, EndpointConnection, PrivateEndpoint, SecurityRuleRow, RouteRow)
"""The classes that say something of others, or of which others say something."""


def finish(resources: Resources) -> list[ParseIssue]:
    """Bring servers, security groups and route tables up to what their children's rows say.

    Returns what is to be noted: rules and routes whose parent was not read.
    """
    by_class: dict[type[Resource], list[Resource]] = {kind: [] for kind in _ASKED}
    for resource in resources.values():
        if type(resource) in by_class:
            by_class[type(resource)].append(resource)
    _finish_servers(resources, by_class)
    issues = _put_rules(resources, _only(SecurityRuleRow, by_class))
    return issues + _put_routes(resources, _only(RouteRow, by_class))


def _finish_servers(resources: Resources, by_class: dict[type[Resource], list[Resource]]) -> None:
    connections = _by(_only(EndpointConnection, by_class), lambda c: (c.server,))
    endpoints = _by(_only(PrivateEndpoint, by_class), lambda e: {c.target for c in e.connections})
    for server in _only(FlexibleServer, by_class):
        resources[server.id] = finish_server(
            server,
            connections.get(server.id, ()),
            [endpoint.id for endpoint in endpoints.get(server.id, ())],
        )


def _put_rules(resources: Resources, rows: list[SecurityRuleRow]) -> list[ParseIssue]:
    issues: list[ParseIssue] = []
    for group_id, rules in _by(rows, lambda row: (row.group,)).items():
        group = resources.get(group_id)
        if isinstance(group, NetworkSecurityGroup):
            resources[group_id] = with_rules(group, [_full_rule(row, group) for row in rules])
        else:
            issues.extend(_orphan(row, "security group") for row in rules)
    return issues


def _put_routes(resources: Resources, rows: list[RouteRow]) -> list[ParseIssue]:
    issues: list[ParseIssue] = []
    for table_id, routes in _by(rows, lambda row: (row.table,)).items():
        table = resources.get(table_id)
        if isinstance(table, RouteTable):
            resources[table_id] = with_routes(table, [_full_route(row, table) for row in routes])
        else:
            issues.extend(_orphan(row, "route table") for row in routes)
    return issues


def _full_rule(row: SecurityRuleRow, group: NetworkSecurityGroup) -> SecurityRuleRow:
    """The row, with what it leaves out taken from the group's own list."""
    name = row.name.lower()
    nested = next((rule for rule in group.rules if rule_name(rule).lower() == name), None)
    return msgspec.structs.replace(row, rule=overlay(nested, row.rule))


def _full_route(row: RouteRow, table: RouteTable) -> RouteRow:
    """The row, with what it leaves out taken from the table's own list."""
    nested = next((route for route in table.routes if route.id == row.route.id), None)
    if nested is None:
        return row
    stated = {
        name: value for name in Route.__struct_fields__ if (value := getattr(row.route, name))
    }
    return msgspec.structs.replace(row, route=msgspec.structs.replace(nested, **stated))


def _orphan(row: Resource, parent: str) -> ParseIssue:
    return ParseIssue(row.id, "id", f"its {parent} is not among the rows")


def _only(kind: type[R], by_class: dict[type[Resource], list[Resource]]) -> list[R]:
    return [resource for resource in by_class[kind] if isinstance(resource, kind)]


def _by(
    resources: Iterable[R], keys: Callable[[R], Iterable[ArmId | None]]
) -> dict[ArmId, list[R]]:
    found: dict[ArmId, list[R]] = {}
    for resource in resources:
        for key in keys(resource):
            if key is not None:
                found.setdefault(key, []).append(resource)
    return found
