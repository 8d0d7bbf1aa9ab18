"""Security rules that come as rows of their own; usually they are nested in their group."""

from collections.abc import Iterable

from pgtopo.model.ids import parent_of
from pgtopo.model.nsg import SecurityRule, SecurityRuleBody, SecurityRuleRow
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes_security import note_priority


def build(row: Row[SecurityRuleBody], edge: Edge) -> Iterable[Built]:
    """The rule, to be put into its group."""
    base = edge.base(row)
    note_priority(row.properties, edge, "properties")
    yield SecurityRuleRow(
        **base,
        group=parent_of(base["id"]),
        rule=SecurityRule(name=base["name"], id=row.id, properties=row.properties),
    )


KIND = Kind(
    arm_type=SecurityRuleRow.KIND,
    shape=Row[SecurityRuleBody],
    build=build,
    permission="Microsoft.Network/networkSecurityGroups/securityRules/read",
    is_assumed_none=True,
    summary="security rules given apart from their group",
)
