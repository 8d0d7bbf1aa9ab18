"""The whole verdict for one address and one server."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.egress import public_path
from tests.oracle.filters import End
from tests.oracle.names import Answer, ask
from tests.oracle.nsgs import Packet
from tests.oracle.reach import path
from tests.oracle.rows import Estate
from tests.oracle.servers import Server, candidates, server, state
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN, both, one_of


@dataclass(frozen=True)
class Found:
    """Verdicts of name and network, both together, and where it is blocked."""

    dns: str
    network: str
    total: str
    blocked: frozenset[str]
    is_public: bool = False
    """The network was judged to the server's public address."""


def judge(
    estate: Estate,
    client: End,
    source: int,
    server_id: str,
    port: int = 5432,
    client_dns: str = "",
) -> Found:
    """What becomes of a connection from one address to one server."""
    found = server(estate, server_id)
    state_word = state(estate, server_id)
    is_seen = found.mode != "unknown" and (found.mode != "vnet" or bool(found.ranges))
    if not is_seen:
        network = both([state_word, UNKNOWN])
        return Found(UNKNOWN, network, both([UNKNOWN, network]), frozenset())
    said = ask(estate, client, source, found, client_dns)
    steps = _network(estate, client, source, found, said, port)
    network = both([state_word, *(word for _, word in steps)])
    stages = {stage for stage, word in steps if word == BLOCKED}
    if said.word == BLOCKED:
        stages.add("dns")
    if state_word == BLOCKED:
        stages.add("state")
    total = both([said.word, network])
    is_public = found.mode == "public" or not (found.has_endpoint or found.mode == "vnet")
    is_public = is_public or (found.has_endpoint and said.is_public and said.word == ALLOWED)
    return Found(said.word, network, total, frozenset(stages), is_public)


def _network(
    estate: Estate, client: End, source: int, found: Server, said: Answer, port: int
) -> list[tuple[str, str]]:
    if found.mode == "vnet":
        goal = End(found.subnet)
        ways = [
            path(estate, client, Packet(source, address, port), goal)
            for address in candidates(estate, found)
        ]
        return _over(ways)
    is_public = found.mode == "public" or not found.has_endpoint
    if is_public or (said.is_public and said.word == ALLOWED):
        return public_path(estate, client, source, found, port)
    if not found.addresses:
        return [("forward_route", UNKNOWN)]
    goal = End(found.endpoint_subnet, is_endpoint=True)
    return path(estate, client, Packet(source, found.addresses[0], port), goal)


def _over(ways: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """One list of steps for all candidate addresses: where they differ, nobody knows."""
    total = one_of(both(word for _, word in way) for way in ways)
    if total == BLOCKED:
        shared = set.intersection(*({one[0] for one in way if one[1] == BLOCKED} for way in ways))
        return [(stage, BLOCKED) for stage in sorted(shared)] or [("forward_route", BLOCKED)]
    return [("forward_route", total)]


__all__ = ["ALLOWED", "Found", "judge"]
