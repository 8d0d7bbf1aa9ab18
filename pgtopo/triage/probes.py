"""The cheapest command that settles a question, ready to paste, and what its output means.

Azure rule: commands and options as in the Azure CLI reference (Microsoft Learn); `nslookup -debug`
shows the canonical name behind a server's name ("Private DNS zone", Azure Database for PostgreSQL
documentation).
"""

import shlex
from collections.abc import Callable

import msgspec

from pgtopo.analysis.clients.parties import Client, ClientKind, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.verdict import Stage, Step
from pgtopo.checks.az import az, az_by_id, part
from pgtopo.model.ids import ArmId, ancestor, type_of
from pgtopo.model.network import NetworkInterface, Peering
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.places import client_address, server_address

AZURE_DNS = "168.63.129.16"
_UNEVEN = frozenset({"ASYMMETRIC_PATH", "ONE_WAY_STEERING"})
"""The two directions differ."""


class Probe(msgspec.Struct, frozen=True):
    """One command, and how to read what it prints."""

    command: str
    says: str
    where: str = "on the client"


def for_step(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    """The command that settles one step of a path."""
    recipe = _RECIPES.get(step.stage, _tcp)
    return recipe(facts, path, step)


def tcp(facts: Facts, server: FlexibleServer, port: int) -> Probe:
    """Whether the port answers from where one stands."""
    return Probe(
        f"nc -vz -w 5 {host_word(facts, server)} {port}",
        "'succeeded' clears the whole network; 'timed out' means that packets are dropped;"
        " 'refused' means that a machine answered and nothing listens.",
    )


def look_up(facts: Facts, server: FlexibleServer) -> Probe:
    """What the name leads to from where one stands."""
    return Probe(
        f"nslookup -debug {host_word(facts, server)}",
        "The canonical name shows the zone that answered, the address whether it is the server's.",
    )


def state(facts: Facts, server: FlexibleServer) -> Probe:
    """What the service says about the server."""
    shown = facts.topology.display(server.id)
    command = az_by_id("postgres flexible-server show", ids=shown, query="state", output="tsv")
    return Probe(command, "Anything but Ready takes no connections.", "with the Azure CLI")


def server_side(facts: Facts, server: FlexibleServer) -> Probe:
    """Who is connected, and with TLS or not."""
    query = (
        "select usename, client_addr, ssl, version from pg_stat_ssl join pg_stat_activity"
        " using (pid)"
    )
    return Probe(
        psql(server_fqdn(facts, server), query),
        "A row per session; ssl tells whether it is encrypted.",
    )


def host_word(facts: Facts, server: FlexibleServer) -> str:
    """The server's name as one word of a shell."""
    return shlex.quote(server_fqdn(facts, server))


def psql(name: str, query: str = "", user: str = "") -> str:
    """A psql command for a host; every value is one word of a shell."""
    told = f"host={name} port=5432 dbname=postgres sslmode=require"
    command = f"psql {shlex.quote(f'{told} user={user}' if user else told)}"
    return f"{command} -c {shlex.quote(query)}" if query else command


# -- by stage -------------------------------------------------------------------------------------


def _state(facts: Facts, path: PathVerdict, _step: Step) -> Probe:
    return state(facts, path.server)


def _name(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    if step.code in ("LINK_NOT_FINISHED", "LINKS_NOT_READ") and step.decided_by is not None:
        zone = ancestor(step.decided_by.resource, "privatednszones")
        if zone is not None:
            return _links(facts, zone)
    asked = _dns_server(facts, path.client)
    if asked:
        return Probe(
            f"dig @{shlex.quote(asked)} {host_word(facts, path.server)}",
            "NXDOMAIN or no answer: that DNS server is where the name is lost; the server's"
            " private address: the name is fine.",
        )
    return look_up(facts, path.server)


def _links(facts: Facts, zone: ArmId) -> Probe:
    shown = facts.topology.display(zone)
    command = az(
        "network private-dns link vnet list",
        shown,
        zone_name=part(shown, "privatednszones"),
        output="table",
    )
    says = "The network must be among the links, with state Completed."
    return Probe(command, says, "with the Azure CLI")


def _dns_server(facts: Facts, client: Client) -> str:
    """The first DNS server the client asks, where that is not Azure's own."""
    return next((one for one in dns_servers(facts, client) if one != AZURE_DNS), "")


def dns_servers(facts: Facts, client: Client) -> tuple[str, ...]:
    """The DNS servers that a client's interface or network names; Azure's own where none."""
    found: list[str] = []
    for one in client.parts:
        nic = facts.topology.get(NetworkInterface, one.nic)
        listed = nic.dns_servers if nic is not None else ()
        network = facts.topology.network_of(one.subnet)
        if not listed and network is not None:
            listed = network.dns_servers
        if one.subnet is not None:
            found += [text for text in listed if text[:1].isdigit()] or [AZURE_DNS]
    return tuple(dict.fromkeys(found))


def _client_filter(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    here, there = client_address(path.client), server_address(facts, path)
    if path.client.kind is ClientKind.VM and path.client.id and here and there:
        shown = facts.topology.display(path.client.id)
        command = az_by_id(
            "network watcher test-ip-flow",
            vm=shown,
            direction="Outbound",
            protocol="TCP",
            local=f"{here}:49152",
            remote=f"{there}:{path.port}",
        )
        says = "Deny names the rule that drops it; Allow clears the client's side."
        return Probe(command, says, "with the Azure CLI")
    return _effective_rules(facts, path) or _rule(facts, path, step)


def _effective_rules(facts: Facts, path: PathVerdict) -> Probe | None:
    nic = next((one.nic for one in path.client.parts if one.nic is not None), None)
    if nic is None:
        return None
    command = az_by_id("network nic list-effective-nsg", ids=facts.topology.display(nic))
    return Probe(command, "The first rule that fits decides.", "with the Azure CLI")


def _rule(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    group = ancestor(step.decided_by.resource, "networksecuritygroups") if step.decided_by else None
    if group is None:
        return tcp(facts, path.server, path.port)
    shown = facts.topology.display(group)
    command = az(
        "network nsg rule list",
        shown,
        nsg_name=part(shown, "networksecuritygroups"),
        include_default=True,
        output="table",
    ).replace(" --include-default true", " --include-default")
    says = "The rule with the lowest priority that fits decides."
    return Probe(command, says, "with the Azure CLI")


def _forward(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    if _is_peering(step):
        return _peering(facts, path, step)
    here, there = client_address(path.client), server_address(facts, path)
    if path.client.kind is ClientKind.VM and path.client.id and here and there:
        shown = facts.topology.display(path.client.id)
        command = az_by_id("network watcher show-next-hop", vm=shown, source_ip=here, dest_ip=there)
        says = "None or Internet drops it; VirtualAppliance names the next machine to look at."
        return Probe(command, says, "with the Azure CLI")
    nic = next((one.nic for one in path.client.parts if one.nic is not None), None)
    if nic is not None:
        shown = facts.topology.display(nic)
        command = az_by_id("network nic show-effective-route-table", ids=shown, output="table")
        says = "The longest prefix that holds the server's address decides."
        return Probe(command, says, "with the Azure CLI")
    return _tcp(facts, path, step)


def _is_peering(step: Step) -> bool:
    at = step.decided_by
    return at is not None and type_of(at.resource) == Peering.KIND


def _peering(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    if step.decided_by is None or not _is_peering(step):
        return _forward(facts, path, step)
    shown = facts.topology.display(step.decided_by.resource)
    command = az_by_id(
        "network vnet peering show",
        ids=shown,
        query="{state:peeringState, sync:peeringSyncLevel, access:allowVirtualNetworkAccess,"
        " forwarded:allowForwardedTraffic}",
    )
    says = "State Connected and sync FullyInSync on both sides are needed."
    return Probe(command, says, "with the Azure CLI")


def _back(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    if _is_peering(step):
        uneven = _uneven(facts, path) if step.code in _UNEVEN else None
        return uneven or _peering(facts, path, step)
    table = ancestor(step.decided_by.resource, "routetables") if step.decided_by else None
    if table is None:
        return _tcp(facts, path, step)
    shown = facts.topology.display(table)
    command = az(
        "network route-table route list",
        shown,
        route_table_name=part(shown, "routetables"),
        output="table",
    )
    says = "A route for the client's range must lead back the way the packets came."
    return Probe(command, says, "with the Azure CLI")


def _uneven(facts: Facts, path: PathVerdict) -> Probe | None:
    """Where the answers of a server in a network are sent; its peering may be as it should."""
    if path.server.subnet is None:
        return None
    shown = facts.topology.display(path.server.subnet)
    command = az_by_id("network vnet subnet show", ids=shown, query="routeTable.id", output="tsv")
    says = (
        "This table and that of the client's subnet must lead over the same firewall, or neither;"
        " where none is printed, answers go the direct way."
    )
    return Probe(command, says, "with the Azure CLI")


def _access(facts: Facts, path: PathVerdict, step: Step) -> Probe:
    shown = facts.topology.display(path.server.id)
    name = part(shown, "flexibleservers")
    if step.code in ("FIREWALL_RULE_MISSING", "FIREWALL_RULES_UNSEEN", "EGRESS_PARTLY_ADMITTED"):
        command = az(
            "postgres flexible-server firewall-rule list", shown, server_name=name, output="table"
        )
        says = "A rule must hold the client's public address; changes take up to five minutes."
        return Probe(command, says, "with the Azure CLI")
    if step.code == "EGRESS_UNKNOWN":
        return Probe("curl -s https://api.ipify.org", "The public address the client leaves by.")
    command = az(
        "postgres flexible-server private-endpoint-connection list",
        shown,
        server_name=name,
        output="table",
    )
    return Probe(command, "The connection must be Approved.", "with the Azure CLI")


def _tcp(facts: Facts, path: PathVerdict, _step: Step) -> Probe:
    first = path.client.parts[0] if path.client.parts else None
    if first is not None and first.home is Home.ONPREM:
        return Probe(
            f"tcptraceroute {host_word(facts, path.server)} {path.port}",
            "The last hop that answers is next to what drops the packets.",
        )
    return tcp(facts, path.server, path.port)


_RECIPES: dict[Stage, Callable[[Facts, PathVerdict, Step], Probe]] = {
    Stage.STATE: _state,
    Stage.DNS: _name,
    Stage.CLIENT_FILTER: _client_filter,
    Stage.FORWARD_ROUTE: _forward,
    Stage.PEERING: _peering,
    Stage.TRANSIT: _forward,
    Stage.SERVER_FILTER: _rule,
    Stage.RETURN_ROUTE: _back,
    Stage.SERVER_ACCESS: _access,
}
