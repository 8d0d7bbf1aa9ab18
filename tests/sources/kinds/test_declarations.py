"""What each kind declares about itself feeds queries and the table of kinds."""

from __future__ import annotations

import pytest

from pgtopo.sources.kind import Kind
from pgtopo.sources.registry import kinds

TABLES = {
    "resources",
    "networkresources",
    "dnsresources",
    "resourcecontainers",
    "resourcechanges",
}

#: Read inside another kind's row, with no question of their own.
NESTED = {
    "microsoft.network/virtualnetworks/subnets",
    "microsoft.network/virtualnetworks/virtualnetworkpeerings",
    "microsoft.network/networksecuritygroups/securityrules",
    "microsoft.network/routetables/routes",
}

#: Absence is taken for "none exist" where nothing is known about what was read.
ASSUMED_NONE = (
    "microsoft.network/dnsforwardingrulesets",
    "microsoft.network/dnsresolverpolicies",
    "microsoft.network/dnsresolverdomainlists",
    "microsoft.network/effectivesecurityadminrules",
    "microsoft.network/effectiveconnectivityconfigurations",
    "microsoft.network/networkgroupmemberships",
    "microsoft.network/virtualhubs",
    "microsoft.network/virtualwans",
    "microsoft.network/loadbalancers",
    "microsoft.network/natgateways",
    "microsoft.network/routetables",
    "microsoft.network/networksecuritygroups",
)

#: Answers of a service, for which the collector has a question of its own.
ANSWERS = {"pgtopo/servicetags", "pgtopo/effectiveroutes"}

every_kind = pytest.mark.parametrize("kind", kinds().values(), ids=lambda k: str(k.arm_type))


@every_kind
def test_a_kind_says_what_it_is_and_what_reading_takes(kind: Kind) -> None:
    assert kind.arm_type == kind.arm_type.lower()
    assert kind.summary
    assert kind.permission.endswith(("/read", "/effectiveRouteTable/action"))


@every_kind
def test_a_kind_is_asked_for_in_a_table_or_by_a_path(kind: Kind) -> None:
    assert kind.table in TABLES | {""}
    assert bool(kind.arm_path) == bool(kind.api_version)
    assert bool(kind.table or kind.arm_path) == (kind.arm_type not in NESTED | ANSWERS)
    assert kind.parent == "" or kind.parent in kinds()


@every_kind
def test_absence_is_assumed_for_the_listed_kinds_only(kind: Kind) -> None:
    listed = any(
        kind.arm_type == name or kind.arm_type.startswith(f"{name}/") for name in ASSUMED_NONE
    )
    assert kind.is_assumed_none is listed


def test_children_that_only_resource_manager_lists() -> None:
    found = {kind.arm_type for kind in kinds().values() if kind.arm_path and not kind.table}
    assert found == {
        "microsoft.authorization/locks",
        "microsoft.dbforpostgresql/flexibleservers/configurations",
        "microsoft.dbforpostgresql/flexibleservers/firewallrules",
        "microsoft.dbforpostgresql/flexibleservers/privateendpointconnections",
        "microsoft.dbforpostgresql/flexibleservers/virtualendpoints",
        "microsoft.network/privateendpoints/privatednszonegroups",
        "microsoft.network/virtualhubs/hubroutetables",
        "microsoft.network/virtualhubs/hubvirtualnetworkconnections",
        "microsoft.network/virtualhubs/routingintent",
        "pgtopo/subnetusage",
    }
