"""What a user can state that the data cannot: clients, DNS servers, appliances, assumptions."""

import msgspec


class DeclaredClient(msgspec.Struct, frozen=True, kw_only=True):
    """A client that is meant to reach servers."""

    source: str
    """As on the command line: id, name, CIDR, `onprem:...`."""
    targets: tuple[str, ...] = ()
    """Servers by id, name or FQDN; empty means all."""
    port: int = 5432


class DnsServerFact(msgspec.Struct, frozen=True, kw_only=True):
    """How a DNS server outside the model behaves."""

    address: str
    forwards_to: str
    network: str = ""
    """Id of the virtual network its queries come from."""


class ApplianceFact(msgspec.Struct, frozen=True, kw_only=True):
    """How a network appliance behaves."""

    address: str
    snat: bool | None = None
    """Whether it translates the source address; None where not stated."""
    allows: tuple[str, ...] | None = None
    """Sources it lets through; None where not stated."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything from the settings file that bears on verdicts."""

    clients: tuple[DeclaredClient, ...] = ()
    dns_servers: tuple[DnsServerFact, ...] = ()
    appliances: tuple[ApplianceFact, ...] = ()
    assumptions: dict[str, str] = msgspec.field(default_factory=dict)
    """Assumption code to `allowed` or `blocked`."""
