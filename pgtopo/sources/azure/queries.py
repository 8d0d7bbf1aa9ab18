"""The queries sent to Resource Graph, and the kinds each of them reads.

Queries are flat: nested arrays are expanded here and never by the service, where `mv-expand`
silently stops at 128 rows per record. Every query ends in an order by id, without which pages
overlap or leave rows out ("Paging results", Microsoft Learn).
"""

from collections.abc import Iterable
from functools import cache

import msgspec

from pgtopo.sources.kind import Kind
from pgtopo.sources.registry import kinds

COLUMNS = (
    "id",
    "name",
    "type",
    "kind",
    "location",
    "resourceGroup",
    "subscriptionId",
    "sku",
    "tags",
    "zones",
    "properties",
)
"""What is asked of the table of resources."""
PLAIN = ("id", "name", "type", "location", "resourceGroup", "subscriptionId", "properties")
"""What is asked of tables whose rows have no more than that."""
_HISTORY = tuple(column for column in PLAIN if column != "location")

LETTERS = {"in_a": "a", "in_e": "e", "in_s": "s", "in_1": "1", "in_7": "7"}
"""What is counted in all ids together, to tell one set of them from another."""

SUBSCRIPTIONS = "microsoft.resources/subscriptions"
_SERVERS = "microsoft.dbforpostgresql/flexibleservers"
_NETWORKS = "microsoft.network/virtualnetworks"
_INTERFACES = "microsoft.network/networkinterfaces"
_MACHINES = "microsoft.compute/virtualmachines"
SCALE_SET_INTERFACES = "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces"
CHANGES = "microsoft.resources/changes"
HEALTH = "microsoft.resourcehealth/availabilitystatuses"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One flat query over one table."""

    name: str
    """In one word or two, for progress and messages."""
    table: str
    kinds: tuple[str, ...]
    """Lower-case ARM types, the ones it asks for."""
    columns: tuple[str, ...] = PLAIN
    paths: tuple[tuple[str, str], ...] = ()
    """Column and property path, where only some properties are fetched."""
    about: tuple[str, ...] = ()
    """Types of the resources that the rows tell about, where not the rows' own type counts."""
    about_column: str = ""
    option: str = ""
    """Field of the request that asks for it; empty where it always runs."""
    permission: str = ""
    """What it takes, where it is not the reading of the kinds themselves."""

    @property
    def text(self) -> str:
        """The query in the Kusto language."""
        return self.text_of(self.kinds)

    def text_of(self, wanted: Iterable[str]) -> str:
        """The query, narrowed to some of its kinds."""
        made = [f"{column} = properties.{path}" for column, path in self.paths]
        columns = ", ".join([*self.columns, *made])
        return "\n| ".join([*self._filter(wanted), f"project {columns}", "order by id asc"])

    def print_of(self, wanted: Iterable[str]) -> str:
        """The query that gives a fingerprint of the ids the other one gives."""
        sums = [
            f"{name} = sum(countof(tolower(id), '{letter}'))" for name, letter in LETTERS.items()
        ]
        made = ", ".join(["many = count()", "length = sum(strlen(id))", *sums])
        return "\n| ".join([*self._filter(wanted), f"summarize {made}"])

    def _filter(self, wanted: Iterable[str]) -> list[str]:
        steps = [self.table, f"where type in~ ({_listed(wanted)})"]
        if self.about:
            steps.append(f"where tostring({self.about_column}) in~ ({_listed(self.about)})")
        return steps


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in sorted(kinds))


@cache
def queries() -> tuple[Query, ...]:
    """All queries, those that everything else builds on first."""
    known = kinds()
    by_table: dict[str, list[str]] = {}
    for name, kind in known.items():
        if kind.table:
            by_table.setdefault(kind.table, []).append(name)
    apart = (_SERVERS, _NETWORKS, _INTERFACES, _MACHINES)
    rest = tuple(name for name in by_table["resources"] if name not in apart)
    return (
        Query(name="subscriptions", table="resourcecontainers", kinds=(SUBSCRIPTIONS,)),
        Query(
            name="resource groups",
            table="resourcecontainers",
            kinds=tuple(name for name in by_table["resourcecontainers"] if name != SUBSCRIPTIONS),
        ),
        Query(name="servers", table="resources", kinds=(_SERVERS,), columns=COLUMNS),
        Query(name="networks", table="resources", kinds=(_NETWORKS,), columns=COLUMNS),
        Query(name="network resources", table="resources", kinds=rest, columns=COLUMNS),
        Query(name="interfaces", table="resources", kinds=(_INTERFACES,), columns=COLUMNS),
        _machines(known[_MACHINES]),
        Query(name="records", table="dnsresources", kinds=tuple(by_table["dnsresources"])),
        Query(
            name="managed networks",
            table="networkresources",
            kinds=tuple(by_table["networkresources"]),
        ),
        Query(
            name="scale set interfaces",
            table="computeresources",
            kinds=(SCALE_SET_INTERFACES,),
            permission="Microsoft.Compute/virtualMachineScaleSets/virtualMachines/"
            "networkInterfaces/read",
        ),
        Query(
            name="changes",
            table="resourcechanges",
            kinds=(CHANGES,),
            columns=_HISTORY,
            about=(*apart, *rest),
            about_column="properties.targetResourceType",
            option="has_changes",
            permission="Microsoft.Resources/changes/read",
        ),
        Query(
            name="health",
            table="healthresources",
            kinds=(HEALTH,),
            columns=_HISTORY,
            about=(_SERVERS,),
            about_column="properties.targetResourceType",
            option="has_health",
            permission="Microsoft.ResourceHealth/availabilityStatuses/read",
        ),
    )


def _machines(kind: Kind) -> Query:
    """Virtual machines without their operating system profile, which may hold secrets."""
    return Query(
        name="machines",
        table=kind.table,
        kinds=(kind.arm_type,),
        columns=tuple(column for column in COLUMNS if column != "properties"),
        paths=tuple((path.rsplit(".", 1)[-1], path) for path in kind.columns),
    )


def permissions(query: Query) -> tuple[str, ...]:
    """What a login needs to see the rows of a query, as role actions."""
    if query.permission:
        return (query.permission,)
    known = kinds()
    return tuple(sorted({known[name].permission for name in query.kinds if name in known}))
