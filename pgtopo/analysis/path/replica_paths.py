"""The way of replication traffic from one injected server to another."""

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import usable
from pgtopo.analysis.path.destinations import injected
from pgtopo.analysis.shares import in_order
from pgtopo.analysis.verdict import Stage, Step
from pgtopo.analysis.way.reach import private_path
from pgtopo.analysis.way.walk_state import unknown
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer

SERVICE = ("tcp", 5432)


def replication_steps(
    facts: Facts, source: FlexibleServer, target: FlexibleServer
) -> tuple[Step, ...]:
    """The steps of port 5432 from one server's subnet to the other server and back.

    Azure rule: replication needs connectivity both ways, because a promotion turns it around
    ("Read replicas", Azure Database for PostgreSQL documentation).

    Unknown when: a subnet was not read, or something on the way was not.
    """
    here = facts.topology.get(Subnet, source.subnet)
    there = injected(facts, target)
    if here is None or there.target is None:
        text = f"The subnet of {source.name if here is None else target.name} is not in the data."
        return (unknown(Stage.FORWARD_ROUTE, "SUBNET_UNSEEN", text),)
    part = ClientPart(
        addresses=usable(here), subnet=here.id, network=here.network, is_whole_subnet=True
    )
    shares = private_path(facts, part, there.target, SERVICE)
    return in_order(tuple(step for _, steps in shares for step in steps))
