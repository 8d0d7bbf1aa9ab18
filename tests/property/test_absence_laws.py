"""Laws of what was not read: less data never makes an answer surer, or another one."""

from __future__ import annotations

import copy

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, dns_verdict, network_verdict, part_verdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Part, Verdict
from pgtopo.model.ids import fold
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode
from tests.estates.rows import KINDS
from tests.estates.world import World
from tests.oracle.estates import Made, random_estate
from tests.oracle.gaps import deny
from tests.oracle.rows import ADMIN, SERVERS, SUBNETS, VNETS
from tests.thorough import some

KEPT = {
    VNETS,  # without it there is no client
    SUBNETS,
    SERVERS,
    ADMIN,  # not seeing admin rules is an assumption, not an open question
}
GONE = sorted(set(KINDS) - KEPT)


def _verdicts(world: World, made: Made) -> dict[tuple[str, str], PathVerdict]:
    facts = Facts(world.topology())
    found: dict[tuple[str, str], PathVerdict] = {}
    for client_id in made.clients:
        subnet = facts.topology.get(Subnet, fold(client_id))
        assert subnet is not None
        client = subnet_client(facts, subnet)
        for server in facts.topology.all(FlexibleServer):
            found[client_id, server.id] = trace(facts, client, server)
    return found


def _at(verdict: PathVerdict, address: int) -> Part:
    return next(part for part in verdict.parts if address in part.addresses)


def _is_lawful(full: Verdict, less: Verdict) -> bool:
    return less in (full, Verdict.UNKNOWN)


def _is_moved(verdict: PathVerdict, full: Part, less: Part) -> bool:
    """Whether the two judge the way to different addresses of one server."""
    if verdict.server.mode is not Mode.PRIVATE_ENDPOINT:
        return False
    is_public = any(step.code == "PUBLIC_ANSWER" for step in full.steps)
    return is_public and dns_verdict(less) is Verdict.UNKNOWN


def _is_assumed(less: Part) -> bool:
    """Whether it rests on no interface having its own public address, which J30 takes for given."""
    return any(step.code == "NO_EGRESS" and step.assumptions for step in less.steps)


def _broken(full: PathVerdict, less: PathVerdict) -> list[str]:
    """Where less data says more, or the opposite.

    Where the name of a server with an endpoint becomes unknown, the network is judged to the
    endpoint and no more to the public address (J39), so that only the name can be compared.
    """
    found = []
    bounds = {
        bound
        for verdict in (full, less)
        for part in verdict.parts
        for span in part.addresses
        for bound in span
    }
    for address in sorted(bounds):
        one, other = _at(full, address), _at(less, address)
        for name, word in (
            ("dns", dns_verdict),
            ("network", network_verdict),
            ("total", part_verdict),
        ):
            is_excused = name != "dns" and (_is_moved(full, one, other) or _is_assumed(other))
            if not is_excused and not _is_lawful(word(one), word(other)):
                found.append(f"{address} {name}: {word(one).value} -> {word(other).value}")
    return found


@pytest.mark.parametrize("seed", some(range(5000, 5012), 3))
def test_removing_data_never_turns_a_verdict(seed: int) -> None:
    made = random_estate(seed, with_gaps=False)
    full = _verdicts(made.world, made)
    for kind in GONE:
        if not any(row["type"].lower() == kind for row in made.world.rows):
            continue
        world = copy.deepcopy(made.world)
        deny(world, (kind,))
        for (client, server), less in _verdicts(world, made).items():
            broken = _broken(full[client, server], less)
            where = f"seed {seed} without {kind}: {client[-20:]} to {server[-6:]}"
            assert not broken, f"{where}: {broken[:3]}"
