"""A resolver endpoint in a subnet that does not suit it."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import by_id, not_visible, unread
from pgtopo.model.base import Resource
from pgtopo.model.dns import InboundEndpoint, OutboundEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.network import RESOLVER_DELEGATION, Subnet
from pgtopo.model.topology import Topology

_SMALLEST, _LARGEST = 16, 256


def _endpoints(topology: Topology) -> Iterator[Resource]:
    yield from topology.all(InboundEndpoint)
    yield from topology.all(OutboundEndpoint)


@check(
    id="PGT207",
    slug="resolver-subnet-unsuitable",
    family=Family.RESOLVER,
    title="Subnet of a resolver endpoint does not suit it",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The subnets of inbound and outbound endpoints: delegated to Microsoft.Network/"
    "dnsResolvers, of a size between /28 and /24, used by one endpoint alone.",
    why="The service supports nothing else: an endpoint in another kind of subnet is refused or"
    " cannot be updated.",
    client_sees="Nothing at first; names fail when the endpoint does.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[delegations[].serviceName,addressPrefix,ipConfigurations]'",
    fix="Give each endpoint a subnet of its own:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <new subnet> --address-prefixes <prefix of /28> --delegations"
    " Microsoft.Network/dnsResolvers",
    unknown_when="The subnet is not in the data or not read in full, or the endpoint names none.",
    sources=(
        "Azure DNS Private Resolver, Subnet restrictions:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    subject=Resource,
    over=_endpoints,
)
def resolver_subnet_unsuitable(facts: Facts, endpoint: Resource) -> Outcome:
    """Whether the endpoint's subnet is delegated, of a fitting size and its own."""
    subnet_id = _subnet_of(endpoint)
    if subnet_id is None:
        return Unknown(
            message=f"Resolver endpoint {endpoint.name} names no subnet.",
            settle_with=by_id(facts, "az resource show", endpoint.id),
        )
    subnet = facts.topology.get(Subnet, subnet_id)
    if subnet is None:
        return not_visible(facts, Subnet.KIND, subnet_id)
    faults = tuple(_faults(facts, endpoint, subnet))
    return (unread(facts, Subnet.KIND, subnet_id) or faults) if faults else OK


def _subnet_of(endpoint: Resource) -> ArmId | None:
    if isinstance(endpoint, InboundEndpoint):
        return endpoint.subnets[0] if endpoint.subnets else None
    return endpoint.subnet if isinstance(endpoint, OutboundEndpoint) else None


def _faults(facts: Facts, endpoint: Resource, subnet: Subnet) -> Iterator[Fail]:
    place, size = called(facts, subnet.id), len(subnet.space)
    if not any(service.lower() == RESOLVER_DELEGATION for service in subnet.delegations):
        yield Fail(
            message=f"Subnet {place} of resolver endpoint {endpoint.name} is not delegated to"
            " Microsoft.Network/dnsResolvers.",
            evidence=(Evidence(subnet.id, "properties.delegations", list(subnet.delegations)),),
            related=(subnet.id,),
            discriminator="delegation",
            cause=subnet.id,
        )
    if size and not _SMALLEST <= size <= _LARGEST:
        yield Fail(
            message=f"Subnet {place} of resolver endpoint {endpoint.name} has {size} addresses; a"
            " /28 to a /24 is supported.",
            evidence=(Evidence(subnet.id, "properties.addressPrefix", subnet.prefixes[0]),),
            related=(subnet.id,),
            discriminator="size",
            cause=subnet.id,
        )
    others = [other for other in _residents(facts, subnet.id) if other != endpoint.id]
    if others:
        yield Fail(
            message=f"Subnet {place} of resolver endpoint {endpoint.name} also holds"
            f" {called(facts, others[0])}.",
            evidence=tuple(_seat(facts, other, subnet.id) for other in others[:5]),
            related=(subnet.id, *others),
            discriminator="shared",
            cause=subnet.id,
        )


def _seat(facts: Facts, resident: ArmId, subnet: ArmId) -> Evidence:
    """Where a resident's row names the subnet."""
    is_outbound = facts.topology.get(OutboundEndpoint, resident) is not None
    path = "properties.subnet.id" if is_outbound else "properties.ipConfigurations"
    return Evidence(resident, path, facts.topology.display(subnet))


def _residents(facts: Facts, subnet: ArmId) -> list[ArmId]:
    def gather() -> dict[ArmId, list[ArmId]]:
        found: dict[ArmId, list[ArmId]] = {}
        for endpoint in _endpoints(facts.topology):
            place = _subnet_of(endpoint)
            if place is not None:
                found.setdefault(place, []).append(endpoint.id)
        return found

    known = facts.once("resolver endpoints by subnet", "", gather).get(subnet, [])
    return [*known, *(nic.id for nic in facts.topology.nics_in(subnet))]
