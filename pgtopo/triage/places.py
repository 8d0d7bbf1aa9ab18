"""One address of each end of a path, where the data knows it."""

from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.destinations import candidates
from pgtopo.analysis.servers.endpoints import server_endpoints
from pgtopo.model.net import EMPTY, SpanSet, format_address, union
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


def client_address(client: Client) -> str:
    """The client's address, where it is a single machine; empty for a range."""
    spans = client.addresses.spans
    if len(spans) >= 1 and all(span.low == span.high for span in spans):
        return format_address(spans[0].low)
    return ""


def true_addresses(facts: Facts, server: FlexibleServer) -> SpanSet:
    """The private addresses the server can be at; empty for a public server."""
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is not None:
        return candidates(facts, server, subnet)
    held = server_endpoints(facts, server)
    return union(one.addresses for one in held.approved) if held.approved else EMPTY


def server_address(facts: Facts, path: PathVerdict) -> str:
    """One address the client's packets would go to; empty where none is known."""
    held = true_addresses(facts, path.server)
    if held:
        return format_address(held.spans[0].low)
    return path.answers[0] if path.answers else ""
