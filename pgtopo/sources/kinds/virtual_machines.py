"""Virtual machines: which interfaces they own and whether they run."""

from collections.abc import Iterable

from pgtopo.model.network import VirtualMachine
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present


class NetworkProfile(Wire, frozen=True):
    """The machine's interfaces."""

    network_interfaces: list[IdRef | None] | None = None


class Code(Wire, frozen=True):
    """A state by its code."""

    code: str | None = None


class InstanceView(Wire, frozen=True):
    """How the machine stands: as Resource Graph writes it, and as Resource Manager does."""

    power_state: Code | None = None
    statuses: list[Code | None] | None = None


class Extended(Wire, frozen=True):
    """What Resource Graph adds to the row."""

    instance_view: InstanceView | None = None


class Properties(Wire, frozen=True):
    """The few properties of a virtual machine that bear on the network."""

    network_profile: NetworkProfile | None = None
    extended: Extended | None = None
    instance_view: InstanceView | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The machine."""
    found = row.properties or Properties()
    profile = found.network_profile
    arm_id, name, location, origin = edge.head(row)
    made = VirtualMachine(
        id=arm_id,
        name=name,
        location=location,
        origin=origin,
        nics=edge.refs(
            profile.network_interfaces if profile else None,
            "properties.networkProfile.networkInterfaces.id",
        ),
        power_state=edge.shared(_power_state(found)),
    )
    return (made,)


def _power_state(found: Properties) -> str:
    view = (found.extended.instance_view if found.extended else None) or found.instance_view
    if view is None:
        return ""
    if view.power_state is not None:
        return view.power_state.code or ""
    codes = [one.code for one in present(view.statuses) if one.code]
    return next((code for code in codes if code.lower().startswith("powerstate/")), "")


KIND = Kind(
    arm_type=VirtualMachine.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Compute/virtualMachines/read",
    columns=(
        "networkProfile.networkInterfaces",
        "extended.instanceView.powerState",
    ),
    summary="interfaces and power state",
)
