"""What is read from Resource Manager because no table of Resource Graph holds it."""

from functools import cache

import msgspec

from pgtopo.sources.kind import Kind
from pgtopo.sources.registry import kinds

NETWORK_API = "2026-03-01"
SERVICE_TAGS = "pgtopo/servicetags"
EFFECTIVE_ROUTES = "pgtopo/effectiveroutes"
EFFECTIVE_RULES = "pgtopo/effectiverules"
SUBNET_USAGE = "pgtopo/subnetusage"
_INTERFACES = "microsoft.network/networkinterfaces"


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One list or answer that is read for each parent, each subscription, or once."""

    name: str
    """In a few words, for progress and messages."""
    kind: str
    """ARM type of the rows it gives."""
    parent: str = ""
    """Kind of what it is read for; empty for subscriptions."""
    url: str
    """Address below the cloud's endpoint; `{parent}` is the id of what it is read for."""
    api_version: str
    permission: str
    """What a login needs, as a role action."""
    method: str = "GET"
    is_once: bool = False
    """One answer holds for the whole cloud."""
    is_fallback: bool = False
    """Only read where Resource Graph gave no row of the kind for the parent."""
    is_table_sure: bool = False
    """Where the table was read, no row means that there is none; so only read where it was not."""
    option: str = "has_arm_reads"
    """Field of the request that asks for it."""

    @property
    def is_reader_enough(self) -> bool:
        """Whether the built-in Reader role grants it: that role is `*/read`."""
        return self.permission.endswith("/read")


@cache
def reads() -> tuple[Read, ...]:
    """All reads: lists of children and locks, then service tags, then what is in force.

    Rule collection groups stand in a table that not every cloud has ("Azure Resource Graph
    query language" of Azure operated by 21Vianet).
    """
    listed = [_of(kind) for kind in kinds().values() if kind.arm_path]
    return (
        *listed,
        Read(
            name="rule collection groups",
            kind="microsoft.network/firewallpolicies/rulecollectiongroups",
            parent="microsoft.network/firewallpolicies",
            url="{parent}/ruleCollectionGroups",
            api_version=NETWORK_API,
            permission="Microsoft.Network/firewallPolicies/ruleCollectionGroups/read",
            is_fallback=True,
            is_table_sure=True,
        ),
        Read(
            name="service tags",
            kind=SERVICE_TAGS,
            url="{parent}/providers/Microsoft.Network/locations/{location}/serviceTags",
            api_version=NETWORK_API,
            permission="Microsoft.Network/locations/serviceTags/read",
            is_once=True,
        ),
        Read(
            name="effective routes",
            kind=EFFECTIVE_ROUTES,
            parent=_INTERFACES,
            url="{parent}/effectiveRouteTable",
            api_version=NETWORK_API,
            permission="Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
            method="POST",
            option="has_effective",
        ),
        Read(
            name="effective rules",
            kind=EFFECTIVE_RULES,
            parent=_INTERFACES,
            url="{parent}/effectiveNetworkSecurityGroups",
            api_version=NETWORK_API,
            permission="Microsoft.Network/networkInterfaces/effectiveNetworkSecurityGroups/action",
            method="POST",
            option="has_effective",
        ),
    )


def _of(kind: Kind) -> Read:
    return Read(
        name=kind.arm_path.rsplit("/", 1)[-1],
        kind=kind.arm_type,
        parent=kind.parent,
        url="{parent}/" + kind.arm_path,
        api_version=kind.api_version,
        permission=kind.permission,
        is_fallback=bool(kind.table),
    )
