"""Whether a server itself lets a client in: its state, its firewall rules, its endpoints.

Azure rule: a public server admits only addresses in its firewall rules, none by default; a rule
0.0.0.0-0.0.0.0 admits every address of Azure; with public access disabled only private endpoints
work ("Firewall rules", "Private link", Azure Database for PostgreSQL documentation).
"""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.tag_ranges import tag_ranges
from pgtopo.analysis.servers.endpoints import ServerEndpoint, server_endpoints
from pgtopo.analysis.verdict import Assumption, Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.egress import Egress
from pgtopo.analysis.way.walk_state import allowed, blocked, step, unknown
from pgtopo.analysis.wording import called
from pgtopo.model.net import ANY_V4, EMPTY, PRIVATE_V4, Span, SpanSet
from pgtopo.model.server import FirewallRule, FlexibleServer

STAGE = Stage.SERVER_ACCESS
AZURE_RULE = Span(0, 0)
DEAD_STATES = ("stopped", "disabled", "dropping", "inaccessible", "provisioning")
PASSING_STATES = ("starting", "stopping", "restarting")


def state_step(server: FlexibleServer) -> Step:
    """Whether the server takes connections at all, as far as its state says.

    Azure rule: `Ready` speaks of the control plane; stopped, disabled, dropping, inaccessible and
    provisioning servers take no connections (Flexible Server REST reference, `ServerState`).
    """
    word = server.state.strip().lower()
    seen = Evidence(server.id, "properties.state", server.state or None)
    if word == "ready":
        return allowed(Stage.STATE, f"Server {server.name} is Ready.", seen)
    if word == "updating":
        text = f"Server {server.name} is Updating, which does not stop connections for long."
        return allowed(Stage.STATE, text, seen)
    if word in DEAD_STATES:
        text = f"Server {server.name} is {server.state} and takes no connections."
        return blocked(Stage.STATE, "SERVER_NOT_RUNNING", text, seen)
    if word in PASSING_STATES:
        text = f"Server {server.name} is {server.state}; look again when it is done."
        return unknown(Stage.STATE, "SERVER_IN_TRANSITION", text, seen)
    shown = f"is in state {server.state}" if server.state else "has no stated state"
    return unknown(Stage.STATE, "SERVER_STATE_UNKNOWN", f"Server {server.name} {shown}.", seen)


def injected_step(server: FlexibleServer) -> Step:
    """Azure rule: servers in a virtual network have no firewall rules; NSGs stand for them."""
    seen = Evidence(server.id, "properties.network.delegatedSubnetResourceId", server.subnet)
    text = f"Server {server.name} is in a virtual network and has no firewall rules of its own."
    return allowed(STAGE, text, seen)


def endpoint_step(server: FlexibleServer, endpoint: ServerEndpoint) -> Step:
    """Whether a private endpoint's connection to the server carries traffic."""
    seen = endpoint.evidence[0] if endpoint.evidence else Evidence(endpoint.id, "id", value=None)
    if endpoint.status == "approved":
        text = f"The private endpoint's connection to {server.name} is Approved."
        return allowed(STAGE, text, seen)
    if endpoint.status in ("contradicted", ""):
        text = "The endpoint and the server do not state the same about their connection."
        return unknown(STAGE, "ENDPOINT_STATE_UNKNOWN", text, seen)
    text = f"The private endpoint's connection to {server.name} is {endpoint.status}, not Approved."
    return blocked(STAGE, "ENDPOINT_NOT_APPROVED", text, seen)


def admitted(
    facts: Facts, server: FlexibleServer
) -> tuple[SpanSet, bool, tuple[FirewallRule, ...]]:
    """The public addresses the firewall rules admit, and whether all of Azure is among them."""
    rules = tuple(facts.topology.firewall_rules(server.id))
    spans = [r.span for r in rules if r.span is not None and r.span != AZURE_RULE]
    is_azure = any(r.span == AZURE_RULE for r in rules)
    return SpanSet(spans), is_azure, rules


def are_rules_read(facts: Facts, server: FlexibleServer) -> bool:
    """Whether every firewall rule of the server is here."""
    return facts.topology.coverage.is_read(FirewallRule.KIND, server.id)


def public_shares(
    facts: Facts, server: FlexibleServer, clients: SpanSet, egress: Egress | None
) -> list[tuple[SpanSet, Step]]:
    """Clients split by whether a public server's rules admit them.

    `egress` is what the clients look like from outside; None where they come as they are.
    """
    closed = _closed(facts, server)
    if closed is not None:
        return [(clients, closed)]
    if egress is not None:
        return [(clients, _by_egress(facts, server, egress))]
    ranges, is_azure_open, rules = admitted(facts, server)
    shares = []
    azure = tag_ranges(facts, "azurecloud") if is_azure_open else None
    if azure and (inside := clients & azure):
        rule = next(r for r in rules if r.span == AZURE_RULE)
        text = f"Rule {rule.name} (0.0.0.0) admits every address of Azure, and this is one."
        seen = Evidence(rule.id, "properties.startIpAddress", rule.start)
        shares.append((inside, allowed(STAGE, text, seen)))
        clients = clients - inside
    if clients & ranges:
        shares.append((clients & ranges, _admits(facts, server, clients & ranges)))
    if clients - ranges:
        shares.append((clients - ranges, _refusal(facts, server)))
    return shares


def _closed(facts: Facts, server: FlexibleServer) -> Step | None:
    word = server.public_access.lower()
    seen = Evidence(
        server.id, "properties.network.publicNetworkAccess", server.public_access or None
    )
    if word == "enabled":
        return None
    if word == "disabled":
        return _only_by_endpoint(facts, server, seen)
    text = f"Whether server {server.name} has public access is not in the data."
    return unknown(STAGE, "PUBLIC_ACCESS_UNKNOWN", text, seen)


def _only_by_endpoint(facts: Facts, server: FlexibleServer, closed: Evidence) -> Step:
    """The refusal of a server without public access; a waiting endpoint is what to look at."""
    waiting = [
        one
        for one in server_endpoints(facts, server).all
        if one.status not in ("approved", "contradicted", "")
    ]
    if not waiting:
        text = f"Server {server.name} has public access disabled; only private endpoints reach it."
        return blocked(STAGE, "PUBLIC_ACCESS_DISABLED", text, closed)
    first = waiting[0]
    word = first.evidence[0].value if first.evidence else first.status
    text = (
        f"Private endpoint {called(facts, first.id)} of server {server.name} is {word}, not"
        f" Approved, and public access is disabled, so nothing reaches the server."
    )
    decided = first.evidence[0] if first.evidence else closed
    return blocked(STAGE, "PUBLIC_ACCESS_DISABLED", text, decided)


def _by_egress(facts: Facts, server: FlexibleServer, egress: Egress) -> Step:
    ranges, is_azure_open, rules = admitted(facts, server)
    if is_azure_open and egress.is_azure:
        rule = next(r for r in rules if r.span == AZURE_RULE)
        text = f"Rule {rule.name} (0.0.0.0) admits every address of Azure."
        return allowed(STAGE, text, Evidence(rule.id, "properties.startIpAddress", rule.start))
    if egress.is_known:
        inside = egress.addresses & ranges
        if inside == egress.addresses:
            return _admits(facts, server, inside)
        return _partly(server, egress) if inside else _refusal(facts, server, egress)
    if not PUBLIC - ranges:
        return _admits(facts, server, PUBLIC)
    if not ranges - PRIVATE_V4:
        return _refusal(facts, server, egress)
    text = f"The client's public address is not known. {egress.text}"
    return step(STAGE, Verdict.UNKNOWN, "EGRESS_UNKNOWN", text, egress.evidence, *_notes(egress))


PUBLIC = ANY_V4 - PRIVATE_V4


def _notes(egress: Egress) -> tuple[Assumption, ...]:
    return egress.assumptions


def _admits(facts: Facts, server: FlexibleServer, addresses: SpanSet) -> Step:
    _, _, rules = admitted(facts, server)
    covering = [r for r in rules if r.span is not None and addresses <= SpanSet([r.span])]
    touching = [r for r in rules if r.span is not None and SpanSet([r.span]).overlaps(addresses)]
    rule = next(iter(covering or touching), None)
    if rule is None:
        return allowed(STAGE, f"The rules of server {server.name} admit the address.")
    text = f"Firewall rule {rule.name} ({rule.start}-{rule.end}) admits the address."
    return allowed(STAGE, text, Evidence(rule.id, "properties.startIpAddress", rule.start))


def _partly(server: FlexibleServer, egress: Egress) -> Step:
    text = (
        f"Packets may leave by several public addresses, of which server {server.name} admits"
        " only some."
    )
    return unknown(STAGE, "EGRESS_PARTLY_ADMITTED", text, egress.evidence)


def _refusal(facts: Facts, server: FlexibleServer, egress: Egress | None = None) -> Step:
    if not are_rules_read(facts, server):
        text = f"The firewall rules of server {server.name} were not read."
        note = Assumption(
            "RULES_UNSEEN",
            text,
            f"az postgres flexible-server firewall-rule list --name {server.name}",
        )
        seen = Evidence(server.id, "firewallRules", value=None)
        return unknown(STAGE, "FIREWALL_RULES_UNSEEN", text, seen, note)
    shown = ""
    if egress is not None and egress.addresses:
        shown = f" {', '.join(t.removesuffix('/32') for t in egress.addresses.cidrs()[:3])}"
    rules = facts.topology.firewall_rules(server.id)
    text = f"No firewall rule of server {server.name} admits the client's public address{shown}."
    if not rules:
        text = f"Server {server.name} has no firewall rule: it admits nobody."
    seen = Evidence(server.id, "firewallRules", tuple(r.name for r in rules))
    return blocked(STAGE, "FIREWALL_RULE_MISSING", text, seen)


def admits_nobody(facts: Facts, server: FlexibleServer) -> bool:
    """Whether it is certain that no public address gets in."""
    if server.public_access.lower() == "disabled":
        return True
    ranges, is_azure_open, _ = admitted(facts, server)
    return are_rules_read(facts, server) and ranges - PRIVATE_V4 == EMPTY and not is_azure_open
