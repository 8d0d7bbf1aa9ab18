"""The networks in which the name of a server fails."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.table import parts_of
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer


def unresolved(facts: Facts, server: FlexibleServer) -> dict[ArmId, str]:
    """The networks, by name, in which no client gets the server's address."""
    return facts.once("unresolved", server.id, lambda: _unresolved(facts, server))


def _unresolved(facts: Facts, server: FlexibleServer) -> dict[ArmId, str]:
    found = {}
    for network in facts.topology.all(VirtualNetwork):
        answers = (resolve(facts, part, server).verdict for part in parts_of(facts, network))
        if all(verdict is Verdict.BLOCKED for verdict in answers):
            found[network.id] = network.name
    return found
