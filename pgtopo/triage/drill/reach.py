"""What a drill asks of clients: whether those that reach a server today still would."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Evidence, Step, Verdict
from pgtopo.checks.pairs import pairs_to
from pgtopo.model.ids import ArmId
from pgtopo.model.net import parse_address
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.triage.drill.item import Item
from pgtopo.triage.drill.standing import show

MOST_CELLS = 400_000
"""Up to so many pairs of the whole estate are looked at; beyond, the clients that are meant."""
MOST_TRACED = 200
_KEPT_S = 300
_NAMED = 5


class Clients(NamedTuple):
    """The client subnets that reach a server today."""

    open: list[Subnet]
    unknown: int
    is_whole: bool
    """Whether all client subnets of the estate were looked at."""


def clients_of(facts: Facts, server: FlexibleServer) -> Clients:
    """The client subnets that reach a server by name and network."""
    return facts.once("drill clients", server.id, lambda: _clients_of(facts, server))


def _clients_of(facts: Facts, server: FlexibleServer) -> Clients:
    found = matrix(facts)
    if len(found.clients) * len(found.servers) > MOST_CELLS:
        return _meant(facts, server)
    at = next(i for i, one in enumerate(found.servers) if one.id == server.id)
    verdicts = [
        (subnet, word.verdict) for subnet, word in zip(found.clients, found.column(at), strict=True)
    ]
    return Clients(
        open=[one for one, verdict in verdicts if verdict in (Verdict.ALLOWED, Verdict.MIXED)],
        unknown=sum(1 for _, verdict in verdicts if verdict is Verdict.UNKNOWN),
        is_whole=True,
    )


def _meant(facts: Facts, server: FlexibleServer) -> Clients:
    found: dict[ArmId, tuple[Subnet, Verdict]] = {}
    for pair in pairs_to(facts, server):
        subnet = facts.topology.get(Subnet, pair.subnet)
        if subnet is not None and len(found) < MOST_TRACED:
            found[subnet.id] = (subnet, _path(facts, subnet, server).verdict)
    held = list(found.values())
    return Clients(
        open=[one for one, verdict in held if verdict is Verdict.ALLOWED],
        unknown=sum(1 for _, verdict in held if verdict is Verdict.UNKNOWN),
        is_whole=False,
    )


def _path(facts: Facts, subnet: Subnet, server: FlexibleServer) -> PathVerdict:
    return trace(facts, subnet_client(facts, subnet), server)


def _listed(subnets: Iterable[Subnet]) -> str:
    names = sorted({f"{one.network.rsplit('/', 1)[-1]}/{one.name}" for one in subnets})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def follows_record(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    """Whether clients notice the new address: the name is the same, its record changes."""
    held = clients_of(facts, server)
    yield from _today(held)
    if server.mode is not Mode.VNET or server.zone is None:
        return
    for record in facts.topology.records_of(server.zone):
        subnet = facts.topology.get(Subnet, server.subnet)
        values = [parse_address(text) for text in record.addresses]
        is_own = subnet is not None and any(one in subnet.space for one in values if one)
        if is_own and record.ttl is not None and record.ttl > _KEPT_S:
            yield Item(
                code="RECORD_KEPT_LONG",
                verdict=Verdict.BLOCKED,
                text=f"Clients may keep the old address for {record.ttl} seconds after a failover.",
                resource=record.id,
                evidence=(Evidence(record.id, "properties.ttl", record.ttl),),
            )


def _today(held: Clients) -> Iterator[Item]:
    scope = "" if held.is_whole else " (of those that are meant to)"
    if held.open:
        text = (
            f"{len(held.open)} client subnets reach it by name today{scope} and look the name up"
            f" anew: {_listed(held.open)}."
        )
        yield Item(code="OK", verdict=Verdict.ALLOWED, text=text, resource=held.open[0].id)
    else:
        text = f"No client subnet is known to reach it today{scope}."
        yield Item(code="NO_CLIENT", verdict=Verdict.UNKNOWN, text=text)
    if held.unknown:
        text = f"Whether {held.unknown} more client subnets reach it today is not known."
        yield Item(
            code="CLIENTS_UNKNOWN",
            verdict=Verdict.UNKNOWN,
            text=text,
            settle_with="pgtopo matrix FILE --format csv",
        )


def also_reach(facts: Facts, primary: FlexibleServer, replica: FlexibleServer) -> Iterator[Item]:
    """Whether every client subnet that reaches the primary today would reach the replica."""
    if primary.id == replica.id:
        return
    held = clients_of(facts, primary)
    found: dict[tuple[str, Verdict], tuple[list[Subnet], Step | None]] = {}
    for subnet in held.open[:MOST_TRACED]:
        path = _path(facts, subnet, replica)
        step = next((one for one in path.steps if one.verdict is path.verdict), None)
        known = found.setdefault((path.code, path.verdict), ([], step))
        known[0].append(subnet)
    for (code, verdict), (subnets, step) in sorted(
        found.items(), key=lambda item: (item[0][1].value, item[0][0])
    ):
        yield _moved(replica, code, verdict, subnets, step)
    if not held.open:
        text = f"No client subnet is known to reach {primary.name} today."
        yield Item(code="NO_CLIENT", verdict=Verdict.UNKNOWN, text=text)


def _moved(
    replica: FlexibleServer, code: str, verdict: Verdict, subnets: list[Subnet], step: Step | None
) -> Item:
    who = f"{len(subnets)} client subnets ({_listed(subnets)})"
    word = {
        Verdict.ALLOWED: "reach the primary today and would reach",
        Verdict.BLOCKED: "reach the primary today and would not reach",
    }.get(verdict, "reach the primary today; it is not known whether they would reach")
    reason = f": {step.text}" if step is not None and verdict is not Verdict.ALLOWED else "."
    seen = step.decided_by if step is not None and verdict is not Verdict.ALLOWED else None
    settles = next((one.settle_with for one in step.assumptions), "") if step else ""
    return Item(
        code=code,
        verdict=Verdict.BLOCKED if verdict is Verdict.MIXED else verdict,
        text=f"{who} {word} {replica.name}{reason}",
        resource=seen.resource if seen is not None else replica.id,
        evidence=(seen,) if seen is not None else (),
        settle_with=settles if verdict is Verdict.UNKNOWN else "",
    )


def new_name(facts: Facts, server: FlexibleServer) -> Iterator[Item]:
    """What clients need after a restore, which makes a server of another name."""
    held = clients_of(facts, server)
    scope = "" if held.is_whole else " (of those that are meant to)"
    if server.mode is Mode.VNET:
        text = (
            f"The new server has another name and another address in the same subnet and zone."
            f" {len(held.open)} client subnets that reach the old one today{scope} resolve the new"
            " name by the same zone; connection strings must be changed."
        )
        yield Item(
            code="NEW_NAME",
            verdict=Verdict.ALLOWED if held.open else Verdict.UNKNOWN,
            text=text,
            resource=server.zone or server.id,
            evidence=(Evidence(server.id, "properties.fullyQualifiedDomainName", server.fqdn),),
        )
        return
    what = "private endpoints" if server.mode is Mode.PRIVATE_ENDPOINT else "firewall rules"
    yield Item(
        code="DOORS_OF_RESTORED_SERVER",
        verdict=Verdict.UNKNOWN,
        text=f"The new server has another name; whether its {what} are as needed can be told only"
        " once it is there. Plan to make them anew, and to change connection strings.",
        resource=server.id,
        settle_with=show(facts, server, "network"),
    )
