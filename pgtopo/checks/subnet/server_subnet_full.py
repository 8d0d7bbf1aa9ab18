"""A server's subnet with few addresses left, or none."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import RESERVED_PER_PREFIX, Ledger, UsedSource, ledger
from pgtopo.analysis.networks.spaces import space_gap
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Unknown,
    Unseen,
    check,
)
from pgtopo.checks.reading import called, settle, space_unknown
from pgtopo.checks.scope import postgres_subnets
from pgtopo.model.network import Subnet, SubnetUsage
from pgtopo.model.topology import Topology

_HEADROOM = 4
_BUSY = 0.7


def _subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """The subnets for servers, and other ones that are full at a glance."""
    yield from postgres_subnets(topology)
    for subnet in topology.all(Subnet):
        listed = max(len(subnet.ip_configurations), len(topology.nics_in(subnet.id)))
        usable = len(subnet.space) - RESERVED_PER_PREFIX * len(subnet.prefixes)
        is_other = not subnet.is_pg_delegated and not topology.servers_in(subnet.id)
        if is_other and 0 < usable <= listed:
            yield subnet


@check(
    id="PGT604",
    slug="server-subnet-full",
    family=Family.SUBNET,
    title="Subnet is running out of addresses",
    severity=Severity.WARNING,
    grading="Error when no address is left, or even the low end of the estimate fills the subnet;"
    " warning when fewer than four are left; info above 70 % use, and for a subnet of anything"
    " but servers that has no address left.",
    since="0.1",
    symptoms=(),
    looks_at="The address ledger of every subnet for servers: its size less the five addresses"
    " Azure keeps, against the use that the service states or, without that, an estimate from the"
    " servers in it (four with high availability, else one to four). Of other subnets, those whose"
    " listed addresses fill them.",
    why="Switching on high availability takes four addresses, and failover, scaling and"
    " maintenance may need spare ones. A subnet in use cannot grow.",
    client_sees="Nothing; creating, scaling or failing over a server fails for lack of addresses.",
    confirm="az rest --method post --url https://management.azure.com/subscriptions/<subscription>"
    "/providers/Microsoft.DBforPostgreSQL/locations/<region>/checkVirtualNetworkSubnetUsage"
    '?api-version=2024-08-01 --body \'{"virtualNetworkArmResourceId": "<network id>"}\'',
    fix="Place further servers in another subnet; a subnet with servers cannot be resized. Make"
    " room for growth with a larger one:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <new subnet> --address-prefixes <larger prefix>"
    " --delegations Microsoft.DBforPostgreSQL/flexibleServers",
    unknown_when="The service's figure is not in the data and the servers do not tell: an elastic"
    " cluster, or a delegated subnet whose servers were not read. Or its prefix cannot be read.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
        "Azure Virtual Network FAQ: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-faq",
    ),
    subject=Subnet,
    over=_subnets,
)
def server_subnet_full(facts: Facts, subnet: Subnet) -> Outcome:
    """How close to full the subnet is."""
    held = ledger(facts, subnet)
    is_for_servers = subnet.is_pg_delegated or bool(facts.topology.servers_in(subnet.id))
    if not is_for_servers and not held.is_surely_full:
        return OK
    gap = space_gap(facts, subnet) if is_for_servers else None
    if gap is not None:
        return space_unknown(facts, subnet, gap)
    severity = _severity(held) if is_for_servers else Severity.INFO
    place = called(facts, subnet.id)
    if severity is None:
        if held.free is not None:
            return OK
        return Unknown(
            message=f"Subnet {place}: how many of its {held.usable} addresses are in use is not"
            " known.",
            settle_with=settle(facts, SubnetUsage.KIND, subnet.id),
        )
    return Fail(
        message=f"Subnet {place} has {_left(held)} of {held.usable} usable addresses left"
        f" ({_basis(held)}).",
        severity=severity,
        certainty=Certainty.LIKELY if held.is_estimate else Certainty.CERTAIN,
        evidence=_evidence(facts, subnet, held),
        related=tuple(server.id for server in facts.topology.servers_in(subnet.id)),
    )


def _severity(held: Ledger) -> Severity | None:
    if held.usable == 0:
        return None
    if held.is_surely_full:
        return Severity.ERROR
    if held.free is None or held.used is None:
        return None
    if held.free < _HEADROOM:
        return Severity.WARNING
    return Severity.INFO if held.used > _BUSY * held.usable else None


def _left(held: Ledger) -> str:
    return "none" if held.is_surely_full else str(held.free)


def _basis(held: Ledger) -> str:
    if held.used_source is UsedSource.SERVICE:
        return f"{held.used} in use, as the PostgreSQL service states"
    if held.used_source is UsedSource.USAGES:
        return f"{held.used} in use, as the network states"
    if held.used_source is UsedSource.COUNTED:
        return f"{held.used} counted"
    span = f"{held.low} to {held.high}" if held.high is not None else f"at least {held.low}"
    return f"estimated from its servers: {span} in use"


def _evidence(facts: Facts, subnet: Subnet, held: Ledger) -> tuple[Evidence, ...]:
    usage = facts.topology.usage_of(subnet.id)
    if usage is not None and held.used_source in (UsedSource.SERVICE, UsedSource.USAGES):
        used: tuple[Evidence, ...] = (Evidence(usage.id, "properties.used", usage.used),)
    elif held.used_source is UsedSource.COUNTED:
        shown = [facts.topology.display(one) for one in subnet.ip_configurations]
        used = (Evidence(subnet.id, "properties.ipConfigurations", shown),)
    else:
        used = tuple(
            Evidence(server.id, "properties.highAvailability.mode", server.ha_mode or None)
            for server in facts.topology.servers_in(subnet.id)
        )
    if len(subnet.prefixes) == 1:
        return (*used, Evidence(subnet.id, "properties.addressPrefix", subnet.prefixes[0]))
    return (*used, Evidence(subnet.id, "properties.addressPrefixes", list(subnet.prefixes)))
