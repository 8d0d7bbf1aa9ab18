"""What one stage of a path says, without the rest of the path where that does not matter."""

from pgtopo.analysis.clients.parties import Client, ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.path.destinations import destinations
from pgtopo.analysis.path.trace import dns_step
from pgtopo.analysis.verdict import Stage, Step
from pgtopo.analysis.way.reach import let_out
from pgtopo.model.server import FlexibleServer

_ALONE = (Stage.DNS, Stage.CLIENT_FILTER)
"""Stages that nothing later on the path changes."""


def stage_steps(
    facts: Facts, client: Client, server: FlexibleServer, stage: Stage, *, port: int = 5432
) -> tuple[Step, ...] | None:
    """What a stage says to the parts of a client, in the order of the parts.

    None where only the whole path tells: of other stages, of clients or servers with several ways,
    and where the settings file assumes something.
    """
    if stage not in _ALONE or facts.settings.assumptions:
        return None
    found: list[Step] = []
    for one in client.parts:
        for part in name_parts(facts, one):
            answer = resolve(facts, part, server)
            steps = (
                (dns_step(answer),)
                if stage is Stage.DNS
                else _let_out(facts, part, server, answer, port)
            )
            if steps is None:
                return None
            found += steps
    return tuple(found)


def _let_out(
    facts: Facts, part: ClientPart, server: FlexibleServer, answer: DnsAnswer, port: int
) -> tuple[Step, ...] | None:
    """What the filters of a part say; None where they say several things, or go by more."""
    place, *others = destinations(facts, server, answer)
    if others or place.is_public or place.target is None:
        return None
    if part.home is not Home.SUBNET or not part.addresses:
        return None
    shares = let_out(facts, part, place.target, ("tcp", port))
    return shares[0][1] if len(shares) == 1 else None
