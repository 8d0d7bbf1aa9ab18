"""Asks what a server's name comes to for a client of a small world."""

from __future__ import annotations

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.servers.targets import find_server
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.settings import DnsServerFact, Settings
from tests.estates.world import World
from tests.examples.test_name_examples import EndpointScene

SUFFIX = "postgres.database.azure.com"
PARENT = f"private.{SUFFIX}"
ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


def name_of(
    world: World,
    client: str = "vm-a",
    server: str = "pg1",
    client_dns: str = "",
    **assumptions: str,
) -> DnsAnswer:
    """What the server's name resolves to for the first part of a client."""
    facts = Facts(world.topology(), Settings(assumptions=assumptions))
    part = find_client(facts, client).parts[0]
    found = resolve(facts, part, find_server(facts, server), client_dns=client_dns)
    if found.verdict is UNKNOWN:
        assert found.text
    if found.verdict is not ALLOWED:
        assert found.code != "OK"
    assert all(note.text and note.settle_with for note in found.assumptions)
    return found


def codes(found: DnsAnswer) -> set[str]:
    return {note.code for note in found.assumptions}


def public_scene() -> EndpointScene:
    scene = EndpointScene()
    scene.public_server("pg2")
    return scene


def dns_machine(scene: World, network: str, prefix: str, address: str) -> str:
    subnet = scene.subnet(network, "snet-dns", prefix)
    return scene.vm("vm-dns", scene.nic("nic-dns", subnet, address))


def declared(world: World, *facts: DnsServerFact, client: str = "vm-a", **kw: str) -> DnsAnswer:
    found = Facts(world.topology(), Settings(dns_servers=facts))
    part = find_client(found, client).parts[0]
    return resolve(found, part, find_server(found, "pg1"), **kw)
