"""Virtual network links of private DNS zones."""

from collections.abc import Iterable

from pgtopo.model.dns import ZoneLink
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire

_STATES = frozenset({"inprogress", "completed"})
_POLICIES = frozenset({"default", "nxdomainredirect"})


class Properties(Wire, frozen=True):
    """Which network sees the zone, and how."""

    virtual_network: IdRef | None = None
    virtual_network_link_state: str | None = None
    provisioning_state: str | None = None
    registration_enabled: bool | None = None
    resolution_policy: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The link."""
    found = row.properties or Properties()
    head = edge.head(row)
    yield ZoneLink(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        zone=ancestor(head.id, "privatednszones") or parent_of(head.id),
        network=edge.ref(found.virtual_network, "properties.virtualNetwork.id"),
        state=edge.word(
            found.virtual_network_link_state, _STATES, "properties.virtualNetworkLinkState"
        ),
        provisioning=found.provisioning_state or "",
        has_registration=found.registration_enabled is True,
        resolution_policy=edge.word(
            found.resolution_policy, _POLICIES, "properties.resolutionPolicy"
        ),
    )


KIND = Kind(
    arm_type=ZoneLink.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/privateDnsZones/virtualNetworkLinks/read",
    summary="which networks see a private zone",
)
