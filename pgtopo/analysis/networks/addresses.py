"""The address ledger of a subnet: its size, what uses it, how that is known, and what still fits.

Injected servers take addresses that no network API shows, so a number is only as good as its
source, and the ledger always says which it is.

Azure rules: five addresses of each subnet prefix are kept by Azure ("Azure Virtual Network FAQ");
a server with high availability uses four ("Networking overview for Azure Database for PostgreSQL
- Flexible Server"); addresses of injected services are missing from the subnet's own counts
(github.com/Azure/azure-cli/issues/28745). Two per server without high availability is a planning
figure: one in use, one for the replacement that scaling or maintenance brings.
"""

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId, ancestor, name_of, type_of
from pgtopo.model.net import is_ipv6, parse_prefix
from pgtopo.model.network import Subnet, SubnetUsage
from pgtopo.model.server import FlexibleServer

RESERVED_PER_PREFIX = 5
PER_SERVER = 2
PER_HA_SERVER = 4


class UsedSource(Enum):
    """Where the number of used addresses comes from, best first."""

    SERVICE = "service"
    """The PostgreSQL service itself was asked."""
    USAGES = "usages"
    """The network's own usage figure."""
    COUNTED = "counted"
    """IP configurations that the subnet or its interfaces list."""
    ESTIMATED = "estimated"
    """Worked out from the servers that are injected here."""


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One user of addresses."""

    what: str
    """In words: `server psql-orders, high availability`."""
    resource: ArmId | None = None
    addresses: int
    """The planning figure."""
    low: int
    high: int | None
    """None where there is no upper bound to give."""
    known_by: UsedSource


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """How full a subnet is."""

    subnet: ArmId
    size: int
    """IPv4 addresses of all its prefixes."""
    reserved: int
    used: int | None
    """None where nothing tells how many are in use."""
    low: int
    high: int | None
    used_source: UsedSource
    lines: tuple[LedgerLine, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def usable(self) -> int:
        """Addresses that anything can use at all."""
        return max(self.size - self.reserved, 0)

    @property
    def free(self) -> int | None:
        """Addresses left by the planning figure; None where use is unknown."""
        return None if self.used is None else max(self.usable - self.used, 0)

    @property
    def more_servers(self) -> int | None:
        """How many more servers without high availability fit."""
        return None if self.free is None else self.free // PER_SERVER

    @property
    def more_ha_servers(self) -> int | None:
        """How many more servers with high availability fit."""
        return None if self.free is None else self.free // PER_HA_SERVER

    @property
    def is_estimate(self) -> bool:
        """Whether the number rests on planning figures."""
        return self.used_source is UsedSource.ESTIMATED

    @property
    def is_surely_full(self) -> bool:
        """Whether nothing is left even at the low end of what is known."""
        return self.usable - self.low < 1


def ledger(facts: Facts, subnet: Subnet) -> Ledger:
    """The address ledger of a subnet, worked out once.

    Unknown when: the subnet is delegated to servers and neither the service nor the servers in it
    were read, or an elastic cluster lives in it.
    """
    return facts.once("address ledger", subnet.id, lambda: _ledger(facts, subnet))


def _ledger(facts: Facts, subnet: Subnet) -> Ledger:
    lines = (*_server_lines(facts, subnet), *_counted_lines(facts, subnet))
    usage = facts.topology.usage_of(subnet.id)
    stated = _stated_source(subnet, usage)
    low, high, used, source = _summed(facts, subnet, lines)
    if stated is not None and usage is not None:
        low = high = used = usage.used
        source = stated
    return Ledger(
        subnet=subnet.id,
        size=len(subnet.space),
        reserved=RESERVED_PER_PREFIX * _ipv4_prefixes(subnet),
        used=used,
        low=low,
        high=high,
        used_source=source,
        lines=lines,
        notes=tuple(_notes(subnet, usage, lines)),
    )


def _ipv4_prefixes(subnet: Subnet) -> int:
    return len({text for text in subnet.prefixes if parse_prefix(text) is not None})


def _stated_source(subnet: Subnet, usage: SubnetUsage | None) -> UsedSource | None:
    """How far Azure's own figure can be trusted; None where it cannot."""
    if usage is None:
        return None
    if usage.source.lower() == "check_subnet_usage":
        return UsedSource.SERVICE
    if usage.used == 0 and (subnet.delegations or subnet.service_links):
        return None
    return UsedSource.USAGES


def _summed(
    facts: Facts, subnet: Subnet, lines: tuple[LedgerLine, ...]
) -> tuple[int, int | None, int | None, UsedSource]:
    """Low end, high end, planning figure and source, from the ledger's lines."""
    low = sum(line.low for line in lines)
    planned = sum(line.addresses for line in lines)
    highs = [line.high for line in lines]
    high = None if None in highs else sum(line.high or 0 for line in lines)
    has_servers = any(line.known_by is UsedSource.ESTIMATED for line in lines)
    if not has_servers and not subnet.delegations and not subnet.service_links:
        return low, high, planned, UsedSource.COUNTED
    if high is None or not (has_servers or _is_surely_empty(facts, subnet)):
        return low, None, None, UsedSource.ESTIMATED
    return low, high, planned, UsedSource.ESTIMATED


def _is_surely_empty(facts: Facts, subnet: Subnet) -> bool:
    """Whether a delegated subnet without servers in the data really holds none."""
    if not subnet.is_pg_delegated or subnet.service_links:
        return False
    return facts.topology.coverage.is_read_everywhere(FlexibleServer.KIND) or (
        facts.topology.coverage.is_read(FlexibleServer.KIND, subnet.id)
    )


def _server_lines(facts: Facts, subnet: Subnet) -> Iterator[LedgerLine]:
    for server in facts.topology.servers_in(subnet.id):
        if server.cluster_size:
            yield _server_line(server, "elastic cluster", server.cluster_size, None)
        elif server.has_ha:
            yield _server_line(server, "high availability", PER_HA_SERVER, PER_HA_SERVER)
        else:
            yield _server_line(server, "no high availability", 1, PER_HA_SERVER)


def _server_line(server: FlexibleServer, kind: str, low: int, high: int | None) -> LedgerLine:
    planned = PER_SERVER * max(server.cluster_size, 1)
    return LedgerLine(
        what=f"server {server.name}, {kind}",
        resource=server.id,
        addresses=PER_HA_SERVER if server.has_ha and not server.cluster_size else planned,
        low=low,
        high=high,
        known_by=UsedSource.ESTIMATED,
    )


def _counted_lines(facts: Facts, subnet: Subnet) -> Iterator[LedgerLine]:
    """One line per owner of the IP configurations in the subnet."""
    owners: dict[ArmId, set[ArmId]] = {}
    for configuration in _configurations(facts, subnet):
        owners.setdefault(owner_of(configuration), set()).add(configuration)
    for owner, held in sorted(owners.items()):
        kind = type_of(owner).rsplit("/", 1)[-1]
        yield LedgerLine(
            what=f"{_WORDS.get(kind, kind)} {name_of(facts.topology.display(owner))}",
            resource=owner,
            addresses=len(held),
            low=len(held),
            high=len(held),
            known_by=UsedSource.COUNTED,
        )


def _configurations(facts: Facts, subnet: Subnet) -> Iterable[ArmId]:
    """Every IP configuration known in the subnet: what it lists, and what interfaces say."""
    found = dict.fromkeys(subnet.ip_configurations)
    for nic in facts.topology.nics_in(subnet.id):
        for number, configuration in enumerate(nic.configurations):
            if configuration.subnet == subnet.id:
                made = configuration.id or ArmId(f"{nic.id}/ipconfigurations/{number}")
                found[made] = None
    return found


def owner_of(configuration: ArmId) -> ArmId:
    """The resource an IP configuration belongs to."""
    for segment in _WORDS:
        owner = ancestor(configuration, segment)
        if owner is not None:
            return owner
    return configuration


_WORDS = {
    "networkinterfaces": "interface",
    "loadbalancers": "load balancer",
    "azurefirewalls": "firewall",
    "virtualnetworkgateways": "gateway",
    "applicationgateways": "application gateway",
    "bastionhosts": "bastion",
    "virtualhubs": "route server",
    "dnsresolvers": "DNS resolver",
    "privateendpoints": "private endpoint",
}


def _notes(
    subnet: Subnet, usage: SubnetUsage | None, lines: tuple[LedgerLine, ...]
) -> Iterator[str]:
    if any(is_ipv6(text) for text in subnet.prefixes):
        yield "IPv6 prefixes are not counted: servers use IPv4 addresses only."
    if subnet.unread_prefixes:
        yield f"What cannot be read is not counted: prefix {', '.join(subnet.unread_prefixes)}."
    if len(subnet.space.spans) == 0:
        yield "The subnet has no IPv4 prefix that can be read."
    if usage is not None and _stated_source(subnet, usage) is None:
        yield "The network reports 0 used; for a delegated subnet that figure says nothing."
    if any(line.high is None for line in lines):
        yield "How many addresses an elastic cluster takes is not documented."
    if subnet.service_links and not any(line.known_by is UsedSource.ESTIMATED for line in lines):
        kinds = ", ".join(sorted({link.linked_type for link in subnet.service_links}))
        yield f"A service is injected here ({kinds}) that is not among the servers read."
