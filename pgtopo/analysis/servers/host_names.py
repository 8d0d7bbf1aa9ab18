"""Host names of servers: the suffix of each cloud, server names, virtual endpoint names.

Azure rules: servers are named `<server>.postgres.database.azure.com`, and private link zones put
`privatelink.` before the suffix ("Azure Private Endpoint private DNS zone values", Microsoft
Learn).
"""

from functools import lru_cache

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import SUFFIXES
from pgtopo.analysis.servers.cloud import suffix as cloud_suffix
from pgtopo.model.server import FlexibleServer, VirtualEndpoint

PRIVATELINK = "privatelink."


def is_under(name: str, domain: str) -> bool:
    """Whether a name is a domain itself or lies below it; the root contains everything."""
    return not domain or name == domain or name.endswith("." + domain)


@lru_cache(maxsize=1 << 14)
def parents(name: str) -> tuple[str, ...]:
    """A name and every domain above it, longest first, without the root."""
    labels = name.split(".")
    return tuple(".".join(labels[start:]) for start in range(len(labels)))


def plain(text: str) -> str:
    """A host name as compared: lower case, without blanks around or a trailing dot."""
    return text.strip().rstrip(".").lower()


def server_fqdn(facts: Facts, server: FlexibleServer) -> str:
    """The name clients use: as the row states it, else built from the server's name."""
    return server.fqdn or f"{server.name.lower()}.{cloud_suffix(facts)}"


def server_label(facts: Facts, server: FlexibleServer) -> str:
    """The first label of the server's name, which is also its label in a private link zone."""
    return server_fqdn(facts, server).partition(".")[0]


def server_suffix(facts: Facts, server: FlexibleServer) -> str:
    """What follows the server's label in its name."""
    fqdn = server_fqdn(facts, server)
    for suffix in SUFFIXES.values():
        if fqdn.endswith("." + suffix):
            return suffix
    return fqdn.partition(".")[2] or cloud_suffix(facts)


def privatelink_zone(facts: Facts, server: FlexibleServer) -> str:
    """The zone name that a private endpoint of this server is found under."""
    return PRIVATELINK + server_suffix(facts, server)


def privatelink_name(facts: Facts, server: FlexibleServer) -> str:
    """The alias that public DNS gives for a server with an approved private endpoint.

    Azure rule: "Private link" for Azure Database for PostgreSQL - Flexible Server.
    """
    return f"{server_label(facts, server)}.{privatelink_zone(facts, server)}"


def endpoint_names(facts: Facts, endpoint: VirtualEndpoint) -> tuple[str, ...]:
    """The writer and reader names of a virtual endpoint.

    Azure rule: `<name>.writer.<suffix>` and `<name>.reader.<suffix>` ("Virtual endpoints", Azure
    Database for PostgreSQL - Flexible Server).
    """
    if endpoint.names:
        return tuple(map(plain, endpoint.names))
    suffix = cloud_suffix(facts)
    return tuple(f"{endpoint.name.lower()}.{role}.{suffix}" for role in ("writer", "reader"))


def follows(name: str) -> str:
    """Whether a virtual endpoint name is the `writer` or the `reader` one; empty for neither."""
    label = name.partition(".")[2].partition(".")[0]
    return label if label in ("writer", "reader") else ""
