"""What a drill asks of the server itself: standby, locks, service needs, addresses."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import ledger
from pgtopo.analysis.path.server_access import state_step
from pgtopo.analysis.path.service_needs import Need, NeedFlow, needs
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.checks.az import az, az_by_id
from pgtopo.checks.locks import lock_evidence, locks_inside, locks_over
from pgtopo.model.governance import Lock
from pgtopo.model.ids import subscription_of
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode, VirtualEndpoint
from pgtopo.triage.drill.item import Item

_BUSY = ("creatingstandby", "replicatingdata", "failingover", "removingstandby")


def show(facts: Facts, server: FlexibleServer, query: str) -> str:
    """The command that shows one part of a server."""
    shown = facts.topology.display(server.id)
    return az_by_id("postgres flexible-server show", ids=shown, query=query)


def standby(facts: Facts, server: FlexibleServer) -> Item:
    """Whether there is a standby that can take over."""
    if not server.has_ha:
        text = f"High availability of {server.name} is off: there is no standby to fail over to."
        seen = Evidence(server.id, "properties.highAvailability.mode", server.ha_mode or None)
        return Item(
            code="NO_STANDBY",
            verdict=Verdict.BLOCKED,
            text=text,
            resource=server.id,
            evidence=(seen,),
        )
    seen = Evidence(server.id, "properties.highAvailability.state", server.ha_state or None)
    state = server.ha_state.lower()
    if not state:
        text = f"Server {server.name} does not state how its standby stands."
        return Item(
            code="STANDBY_STATE_UNKNOWN",
            verdict=Verdict.UNKNOWN,
            text=text,
            resource=server.id,
            evidence=(seen,),
            settle_with=show(facts, server, "highAvailability"),
        )
    is_healthy = state == "healthy"
    text = f"The standby of {server.name} is {server.ha_state}."
    if not is_healthy:
        wait = " Wait until it is Healthy." if state in _BUSY else ""
        text = f"{text} Only a Healthy standby can take over.{wait}"
    return Item(
        code="OK" if is_healthy else "STANDBY_NOT_HEALTHY",
        verdict=Verdict.ALLOWED if is_healthy else Verdict.BLOCKED,
        text=text,
        resource=server.id,
        evidence=(seen,),
    )


def zones(server: FlexibleServer) -> Iterator[Item]:
    """Whether the standby survives what stops the primary's zone."""
    if server.ha_mode.lower() != "zoneredundant":
        text = f"High availability is {server.ha_mode}: the standby is in the primary's own zone."
        seen = Evidence(server.id, "properties.highAvailability.mode", server.ha_mode)
        yield Item(
            code="OK", verdict=Verdict.ALLOWED, text=text, resource=server.id, evidence=(seen,)
        )
        return
    near, far = server.availability_zone, server.standby_zone
    if near and far:
        is_apart = near != far
        seen = Evidence(server.id, "properties.highAvailability.standbyAvailabilityZone", far)
        yield Item(
            code="OK" if is_apart else "STANDBY_IN_SAME_ZONE",
            verdict=Verdict.ALLOWED if is_apart else Verdict.BLOCKED,
            text=f"Primary in zone {near}, standby in zone {far}.",
            resource=server.id,
            evidence=(seen,),
        )


def state(server: FlexibleServer) -> Iterator[Item]:
    """Whether the server takes connections."""
    step = state_step(server)
    yield Item(
        code=step.code,
        verdict=step.verdict,
        text=step.text,
        resource=server.id,
        evidence=(step.decided_by,) if step.decided_by else (),
    )


def locks(facts: Facts, server: FlexibleServer, *, is_new: bool = False) -> Iterator[Item]:
    """Whether a lock would stop the service from writing the record; a new one needs no deletion.

    Unknown when: locks were not read around the zone.
    """
    if server.zone is None:
        return
    zone = facts.topology.display(server.zone)
    found = [*locks_over(facts, server.zone), *locks_inside(facts, server.zone)]
    for lock in found:
        if is_new and lock.level.lower() != "readonly":
            continue
        yield Item(
            code="ZONE_LOCKED",
            verdict=Verdict.BLOCKED,
            text=f"Lock {lock.name} ({lock.level}) can stop the service from writing the server's"
            " record, so that the name keeps the old address.",
            resource=lock.id,
            evidence=(lock_evidence(lock),),
        )
    if any(not is_new or lock.level.lower() == "readonly" for lock in found):
        return
    subscription = subscription_of(server.zone)
    if not facts.topology.coverage.is_read(Lock.KIND, server.zone):
        yield Item(
            code="LOCKS_NOT_READ",
            verdict=Verdict.UNKNOWN,
            text="Locks around the server's zone were not read.",
            resource=server.zone,
            evidence=(Evidence(server.zone, "id", zone),),
            settle_with=f"az lock list --subscription {subscription} --output table",
        )
        return
    text = "No lock stops the service from writing the server's record."
    yield Item(
        code="OK",
        verdict=Verdict.ALLOWED,
        text=text,
        resource=server.zone,
        evidence=(Evidence(server.zone, "id", zone),),
    )


def needs_of(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    """Whether filters and routes let through what the server itself needs."""
    wanted = (Need.WITHIN_SUBNET, Need.STORAGE)
    yield from (_flow(one) for one in needs(facts, server) if one.need in wanted)


def replication_flows(facts: Facts, replica: FlexibleServer) -> Iterator[Item]:
    """Whether primary and replica reach each other, as they must again after a switch."""
    yield from (_flow(one) for one in needs(facts, replica) if one.need is Need.REPLICATION)


def _flow(flow: NeedFlow) -> Item:
    settles = next((one.settle_with for one in flow.assumptions if one.settle_with), "")
    return Item(
        code=flow.code,
        verdict=flow.verdict,
        text=f"{flow.name}: {flow.text}" if flow.text else flow.name,
        resource=flow.decided_by.resource if flow.decided_by else flow.server,
        evidence=tuple(one for one in (flow.decided_by, *flow.evidence) if one is not None),
        settle_with=settles if flow.verdict is Verdict.UNKNOWN else "",
    )


def room(facts: Facts, server: FlexibleServer, *, wanted: int) -> Iterator[Item]:
    """Whether the subnet has the addresses that are needed.

    Unknown when: nothing tells how many are in use.
    """
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        if server.mode is Mode.VNET:
            text = "The server's subnet was not read, so its free addresses are not known."
            yield Item(code="SUBNET_NOT_READ", verdict=Verdict.UNKNOWN, text=text)
        return
    found = ledger(facts, subnet)
    seen = Evidence(subnet.id, "properties.addressPrefix", ", ".join(subnet.prefixes))
    command = az_by_id("network vnet subnet show", ids=facts.topology.display(subnet.id))
    if found.free is None:
        text = f"How many addresses of {subnet.name} are in use is not in the data."
        yield Item(
            code="ADDRESSES_UNKNOWN",
            verdict=Verdict.UNKNOWN,
            text=text,
            resource=subnet.id,
            evidence=(seen,),
            settle_with=command,
        )
        return
    needs_one = max(wanted, 1)
    kind = " (estimated)" if found.is_estimate else ""
    text = f"{found.free} of {found.usable} addresses of {subnet.name} are free{kind}"
    if wanted:
        text = f"{text}; a server takes {wanted}"
    verdict, code = Verdict.ALLOWED, "OK"
    if found.free < needs_one:
        is_sure = not found.is_estimate or found.is_surely_full
        verdict = Verdict.BLOCKED if is_sure else Verdict.UNKNOWN
        code = "SUBNET_FULL"
    yield Item(
        code=code,
        verdict=verdict,
        text=f"{text}.",
        resource=subnet.id,
        evidence=(seen,),
        settle_with=command if verdict is Verdict.UNKNOWN else "",
    )


def delegated(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    """Whether a new server may be made in the subnet."""
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        return
    seen = Evidence(subnet.id, "properties.delegations", list(subnet.delegations))
    is_right = subnet.is_pg_delegated
    text = "is" if is_right else "is not"
    yield Item(
        code="OK" if is_right else "NOT_DELEGATED",
        verdict=Verdict.ALLOWED if is_right else Verdict.BLOCKED,
        text=f"Subnet {subnet.name} {text} delegated to flexible servers.",
        resource=subnet.id,
        evidence=(seen,),
    )


def replication(facts: Facts, replica: FlexibleServer) -> Item:
    """Whether the replica follows its primary."""
    seen = Evidence(
        replica.id, "properties.replica.replicationState", replica.replication_state or None
    )
    word = replica.replication_state.lower()
    if not word:
        return Item(
            code="REPLICATION_STATE_UNKNOWN",
            verdict=Verdict.UNKNOWN,
            text=f"Replica {replica.name} does not state whether it follows.",
            resource=replica.id,
            evidence=(seen,),
            settle_with=show(facts, replica, "replica"),
        )
    is_active = word in ("active", "catchup")
    return Item(
        code="OK" if is_active else "REPLICATION_BROKEN",
        verdict=Verdict.ALLOWED if is_active else Verdict.BLOCKED,
        text=f"Replication to {replica.name} is {replica.replication_state}.",
        resource=replica.id,
        evidence=(seen,),
    )


def virtual_endpoint(facts: Facts, primary: FlexibleServer, replica: FlexibleServer) -> Item:
    """Whether a name moves with the promotion.

    Unknown when: virtual endpoints of the primary were not read.
    """
    for one in facts.topology.all(VirtualEndpoint):
        members = {name.lower() for name in one.members}
        if one.server in (primary.id, replica.id) and replica.name.lower() in members:
            seen = Evidence(one.id, "properties.members", list(one.members))
            text = f"Virtual endpoint {one.name} moves: clients that use its writer name follow."
            return Item(
                code="OK", verdict=Verdict.ALLOWED, text=text, resource=one.id, evidence=(seen,)
            )
    if not facts.topology.coverage.is_read(VirtualEndpoint.KIND, primary.id):
        return Item(
            code="VIRTUAL_ENDPOINTS_NOT_READ",
            verdict=Verdict.UNKNOWN,
            text="Whether a virtual endpoint moves with the promotion was not read.",
            resource=primary.id,
            settle_with=az(
                "postgres flexible-server virtual-endpoint list",
                facts.topology.display(primary.id),
                server_name=primary.name,
            ),
        )
    return Item(
        code="NAME_DOES_NOT_FOLLOW",
        verdict=Verdict.BLOCKED,
        text=f"No virtual endpoint covers both servers: every client must be changed from"
        f" {primary.name} to {replica.name}.",
        resource=primary.id,
        evidence=(Evidence(primary.id, "virtualEndpoints", value=None),),
    )
