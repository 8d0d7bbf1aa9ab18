"""The way of replication traffic from one injected server to another."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters import Gate, Passage, gate_steps
from pgtopo.analysis.nsg import Direction
from pgtopo.analysis.shares import once
from pgtopo.analysis.sides import AddressSide
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer

PORT = 5432


def replication_steps(
    facts: Facts, source: FlexibleServer, target: FlexibleServer
) -> tuple[Step, ...]:
    """The steps of port 5432 from one server's subnet to the other's."""
    here = facts.topology.get(Subnet, source.subnet)
    there = facts.topology.get(Subnet, target.subnet)
    if here is None or there is None:
        text = f"The subnet of {source.name if here is None else target.name} is not visible."
        unseen = Step(
            stage=Stage.FORWARD_ROUTE, verdict=Verdict.UNKNOWN, code="SUBNET_UNSEEN", text=text
        )
        return (unseen,)
    passage = Passage(
        source=AddressSide(addresses=here.space, network=here.network),
        destination=AddressSide(addresses=there.space, network=there.network),
        port=PORT,
    )
    ends = (
        (here, Direction.OUTBOUND, Stage.CLIENT_FILTER),
        (there, Direction.INBOUND, Stage.SERVER_FILTER),
    )
    steps: list[Step] = []
    for subnet, direction, stage in ends:
        gate = Gate(subnet=subnet.id, network=subnet.network)
        shares = gate_steps(facts, gate, direction, passage, stage)
        steps += [step for _, found in shares for step in found]
    return once(tuple(steps))
