"""A flexible server in plain words."""

import re
import shlex

from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import parent_of
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FirewallRule, FlexibleServer, Mode
from pgtopo.views.lines import Tone
from pgtopo.views.overview.writing import Page

_MODES = {
    Mode.VNET: "Private access: injected into a subnet; reachable only through its network.",
    Mode.PUBLIC: "Public access: reachable from addresses its firewall rules allow.",
    Mode.PRIVATE_ENDPOINT: "Private endpoint: reachable through the endpoint's network.",
    Mode.UNKNOWN: "How clients reach it cannot be told from its row.",
}


def write(page: Page, server: FlexibleServer) -> None:
    """State, way in, name, availability and sign-in of a server."""
    _state(page, server)
    page.head("Way in")
    page.say(_MODES[server.mode])
    if server.subnet is not None:
        network = parent_of(server.subnet)
        page.ref("Network", network, kind=VirtualNetwork.KIND)
        page.ref("Subnet", server.subnet, _prefixes(page, server), kind=Subnet.KIND)
    ends = page.topology.endpoints_of(server.id)
    page.refs("Endpoints", [e.id for e in ends])
    write_firewall(page, server)
    page.head("Name")
    if server.fqdn:
        page.command("FQDN", server.fqdn)
        page.command("Connect with", connection(server))
        page.say("Use the name, never the address: the address may change.", Tone.DIM)
    else:
        page.say("The row does not state its name.", Tone.UNKNOWN)
    page.ref("Zone", server.zone, kind=PrivateZone.KIND)
    _availability(page, server)
    page.head("Sign-in")
    page.fact("Entra", server.entra_auth or "not stated")
    page.fact("Password", server.password_auth or "not stated")


def connection(server: FlexibleServer) -> str:
    """A psql call that verifies the server's certificate, by name; its text is one shell word."""
    told = f"host={server.fqdn} port=5432 dbname=postgres user=USER sslmode=verify-full"
    return f'psql "{told}"' if _PLAIN.fullmatch(server.fqdn) else f"psql {shlex.quote(told)}"


_PLAIN = re.compile(r"[\w.-]*")
"""Host names that need no quoting: all that Azure gives out."""


def _state(page: Page, server: FlexibleServer) -> None:
    is_ready = server.state.lower() == "ready"
    tone = Tone.GOOD if is_ready else Tone.RISK if server.state else Tone.UNKNOWN
    page.fact("State", server.state or "not stated", tone)
    version = ".".join(part for part in (server.version, server.minor_version) if part)
    page.fact("PostgreSQL", version)
    page.fact("Size", " ".join(part for part in (server.tier, server.sku) if part))
    page.fact("Region", server.location)


def _prefixes(page: Page, server: FlexibleServer) -> str:
    subnet = page.topology.get(Subnet, server.subnet)
    return ", ".join(subnet.prefixes) if subnet is not None else ""


def write_firewall(page: Page, server: FlexibleServer) -> None:
    """The addresses a public server lets in."""
    if server.subnet is not None:
        return
    rules = page.topology.firewall_rules(server.id)
    if not rules:
        is_read = page.topology.coverage.is_read(FirewallRule.KIND, server.id)
        text = "none: nobody may connect" if is_read else "not in this data"
        page.fact("Firewall", text, Tone.RISK if is_read else Tone.UNKNOWN)
    for at, rule in enumerate(sorted(rules, key=lambda r: (r.span or (0, 0), r.name))):
        page.fact("Firewall" if at == 0 else "", f"{_range(rule)}  {rule.name}")


def _range(rule: FirewallRule) -> str:
    if rule.start == rule.end == "0.0.0.0":  # noqa: S104  Azure's own way to say it
        return "all of Azure (0.0.0.0)"
    return rule.start if rule.start == rule.end else f"{rule.start} - {rule.end}"


def _availability(page: Page, server: FlexibleServer) -> None:
    page.head("Availability")
    ha = f"{server.ha_mode}, {server.ha_state or 'state not stated'}" if server.has_ha else "off"
    page.fact("High avail.", ha if server.ha_mode else "not stated")
    zones = [z for z in (server.availability_zone, server.standby_zone) if z]
    page.fact("Zones", " and ".join(zones))
    page.ref("Follows", server.source_server, kind=FlexibleServer.KIND)
    page.refs("Replicas", [r.id for r in page.topology.replicas_of(server.id)])
    page.fact("Replication", server.replication_state)
    page.fact("Geo backup", server.geo_backup)
    page.fact("Encryption", " ".join(t for t in (server.encryption, server.key_status) if t))
