"""Proof of what an evaluation said, as properties that a reader can look up one by one."""

from collections.abc import Iterable, Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.server import FlexibleServer

_MOST = 5


def looked_up(facts: Facts, proof: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The same proof, with lists of children told child by child."""
    found = [plain for one in proof for plain in _plain(facts, one)]
    return tuple(dict.fromkeys(_hashable(one) for one in found))


def _plain(facts: Facts, one: Evidence) -> Iterator[Evidence]:
    head = one.property.partition("[")[0]
    if head == "virtualNetworkLinks":
        yield from _links(facts, one.resource)
    elif head == "firewallRules":
        yield from _rules(facts, one.resource)
    elif "[]" in one.property:
        yield Evidence(one.resource, head, one.value)
    elif head == "properties.networkInterfaces":
        endpoint = facts.topology.get(PrivateEndpoint, one.resource)
        nics = [facts.topology.display(nic) for nic in endpoint.nics] if endpoint else None
        yield Evidence(one.resource, head, nics)
    elif ".privateLinkServiceConnections." in one.property:
        yield Evidence(one.resource, "properties.privateLinkServiceConnections", one.value)
    elif head.startswith("properties.ruleCollections/"):
        yield _named(facts, one.resource)
    else:
        yield one


def _links(facts: Facts, holder: ArmId) -> Iterator[Evidence]:
    """The links of a zone or of a network; the holder's name where there are none."""
    topology = facts.topology
    links = topology.links_of_zone(holder) or topology.links_of_network(holder)
    if not links:
        yield _named(facts, holder)
    for link in links[:_MOST]:
        shown = topology.display(link.network) if link.network is not None else None
        yield Evidence(link.id, "properties.virtualNetwork.id", shown)


def _rules(facts: Facts, server_id: ArmId) -> Iterator[Evidence]:
    """The firewall rules of a server; its public access where there are none."""
    rules = facts.topology.firewall_rules(server_id)
    for rule in rules[:_MOST]:
        yield Evidence(rule.id, "properties.startIpAddress", rule.start)
        yield Evidence(rule.id, "properties.endIpAddress", rule.end)
    server = facts.topology.get(FlexibleServer, server_id)
    if not rules and server is not None:
        path = "properties.network.publicNetworkAccess"
        yield Evidence(server_id, path, server.public_access or None)


def _named(facts: Facts, resource: ArmId) -> Evidence:
    return Evidence(resource, "name", name_of(facts.topology.display(resource)))


def _hashable(one: Evidence) -> Evidence:
    """Lists as tuples, so that equal proofs can be told."""
    value = tuple(one.value) if isinstance(one.value, list) else one.value
    return Evidence(one.resource, one.property, value)
