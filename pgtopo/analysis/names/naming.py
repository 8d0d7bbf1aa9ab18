"""What public DNS says of a server's name, before any private zone has its say.

Azure rules: the name of an injected server is an alias of a random label in its private zone; that
of a server with an approved private endpoint is an alias of `<server>.privatelink.<suffix>`; any
other name leads to a public address ("Private link" and "Network with private access" for Azure
Database for PostgreSQL - Flexible Server). That the first alias is public was seen in answers, not
found in documentation.
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind
from pgtopo.analysis.networks.spaces import SpaceGap, space_gap
from pgtopo.analysis.servers.endpoints import ServerEndpoints, server_endpoints
from pgtopo.analysis.servers.host_names import parents, privatelink_name, server_fqdn
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode


class Name(msgspec.Struct, frozen=True):
    """A name that is looked up; of an injected server's alias only the domain is known."""

    text: str
    """As shown: the whole name, or the domain with a placeholder for the label."""
    domain: str
    """The whole name where it is known, else the part behind the first label."""
    is_whole: bool = True

    @property
    def parents(self) -> tuple[str, ...]:
        """The domains a zone or rule could have to cover this name, longest first."""
        return parents(self.domain)

    def label_in(self, zone_domain: str) -> str:
        """The name relative to a zone; `@` for the zone itself, `?` where it is not known."""
        if not self.is_whole:
            return "?"
        if self.domain == zone_domain:
            return "@"
        return self.domain.removesuffix("." + zone_domain)


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """How one server is named."""

    server: ArmId
    name: str
    """The server's short name, for texts."""
    kind: AnswerKind
    """INJECTED, ENDPOINT or PUBLIC."""
    fqdn: Name
    alias: Name | None = None
    """What the public name is an alias of, where that decides anything."""
    zone: ArmId | None = None
    """The private zone of an injected server."""
    space: SpanSet = SpanSet()
    """Addresses of an injected server's subnet."""
    public_access: str = ""
    """Enabled, Disabled or empty, as written."""
    is_preview: bool = False


def naming_of(facts: Facts, server: FlexibleServer) -> Naming | None:
    """How a server is named; None where its mode or its subnet is not known."""
    return facts.once("naming", server.id, lambda: _naming(facts, server))


def endpoints_of(facts: Facts, naming: Naming) -> ServerEndpoints:
    """The private endpoints of the server that a naming is of."""
    server = facts.topology.get(FlexibleServer, naming.server)
    return server_endpoints(facts, server) if server else ServerEndpoints()


def space_gap_of(facts: Facts, naming: Naming) -> SpaceGap | None:
    """Why the addresses of an injected server's subnet are not all known; None where they are."""
    server = facts.topology.get(FlexibleServer, naming.server)
    return space_gap(facts, facts.topology.get(Subnet, server.subnet if server else None))


def _naming(facts: Facts, server: FlexibleServer) -> Naming | None:
    if server.mode is Mode.UNKNOWN:
        return None
    if server.mode is Mode.VNET:
        return _injected(facts, server)
    approved = bool(server_endpoints(facts, server).approved)
    alias = privatelink_name(facts, server)
    fqdn = server_fqdn(facts, server)
    return Naming(
        server=server.id,
        name=server.name,
        kind=AnswerKind.ENDPOINT if approved else AnswerKind.PUBLIC,
        fqdn=Name(fqdn, fqdn),
        alias=Name(alias, alias) if approved else None,
        public_access=server.public_access,
    )


def _injected(facts: Facts, server: FlexibleServer) -> Naming | None:
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        return None
    fqdn = server_fqdn(facts, server)
    domain = name_of(server.zone).lower() if server.zone else ""
    alias = Name(f"<id>.{domain}", domain, is_whole=False) if domain else None
    return Naming(
        server=server.id,
        name=server.name,
        kind=AnswerKind.INJECTED,
        fqdn=Name(fqdn, fqdn),
        alias=alias,
        zone=server.zone,
        space=subnet.space,
        is_preview=server.is_preview_body,
    )
