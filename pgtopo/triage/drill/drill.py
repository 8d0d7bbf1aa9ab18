"""Whether a failover, a promotion and a restore of one server would work, before they must.

Azure rules: at a failover the service rewrites the server's record, which locks can stop; the
standby needs port 5432 within the subnet and Storage; a server with high availability takes four
addresses; a promoted replica keeps its own name unless a virtual endpoint moves; a restore makes a
new server of another name ("High availability", "Read replicas", "Backup and restore",
"Networking overview with private access", Azure Database for PostgreSQL documentation).
"""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.drill import reach, standing
from pgtopo.triage.drill.item import Drill, Event, Item, event


def drill(facts: Facts, server: FlexibleServer) -> Drill:
    """What a failover, a promotion and a restore of a server come to.

    Unknown when: locks, rules, usage or records were not read; each item says which.
    """
    events = [_failover(facts, server)]
    replicas = facts.topology.replicas_of(server.id)
    if replicas:
        events += [_promotion(facts, server, replica) for replica in replicas]
    elif server.is_replica:
        primary = facts.topology.get(FlexibleServer, server.source_server)
        events.append(_promotion(facts, primary or server, server))
    else:
        text = f"Server {server.name} has no read replica to promote."
        none = Item(code="NO_REPLICA", verdict=Verdict.BLOCKED, text=text, resource=server.id)
        events.append(event("promotion", f"Promote a read replica of {server.name}", [none]))
    events.append(_restore(facts, server))
    return Drill(server=server, events=tuple(events))


def _failover(facts: Facts, server: FlexibleServer) -> Event:
    return event(
        "failover",
        f"Fail over {server.name} to its standby",
        [*_failing_over(facts, server)],
    )


def _failing_over(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    yield standing.standby(facts, server)
    if not server.has_ha:
        return
    yield from standing.zones(server)
    yield from standing.locks(facts, server)
    yield from standing.needs_of(facts, server)
    yield from standing.room(facts, server, wanted=0)
    yield from reach.follows_record(facts, server)


def _promotion(facts: Facts, primary: FlexibleServer, replica: FlexibleServer) -> Event:
    return event(
        "promotion",
        f"Promote {replica.name} in place of {primary.name}",
        [*_promoting(facts, primary, replica)],
    )


def _promoting(facts: Facts, primary: FlexibleServer, replica: FlexibleServer) -> Iterator[Item]:
    yield from standing.state(replica)
    yield standing.replication(facts, replica)
    yield from standing.replication_flows(facts, replica)
    yield from standing.locks(facts, replica)
    yield standing.virtual_endpoint(facts, primary, replica)
    yield from reach.also_reach(facts, primary, replica)


def _restore(facts: Facts, server: FlexibleServer) -> Event:
    return event(
        "restore",
        f"Restore {server.name} as a new server into the same subnet"
        if server.subnet is not None
        else f"Restore {server.name} as a new server",
        [*_restoring(facts, server)],
    )


def _restoring(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    yield from standing.room(facts, server, wanted=4 if server.has_ha else 2)
    yield from standing.delegated(facts, server)
    yield from standing.locks(facts, server, is_new=True)
    yield from standing.needs_of(facts, server)
    yield from reach.new_name(facts, server)
