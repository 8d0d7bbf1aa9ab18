"""A network interface whose own DNS servers answer differently from those of its network."""

from collections.abc import Iterator

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.clients.parts import nic_parts
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.pair_faults import GRADING, certainty
from pgtopo.checks.pairs import Pair, pairs_of_subnet
from pgtopo.checks.server_needs import sentence
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.topology import Topology


def _with_own_servers(topology: Topology) -> Iterator[NetworkInterface]:
    """The interfaces of machines that have DNS servers of their own."""
    for nic in topology.all(NetworkInterface):
        if nic.private_endpoint is None and (nic.dns_servers or nic.applied_dns_servers):
            yield nic


@check(
    id="PGT120",
    slug="interface-asks-other-dns",
    family=Family.DNS,
    title="DNS servers of one machine answer differently from its network's",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND, Symptom.TIMEOUT),
    looks_at="Interfaces with DNS servers of their own in networks that are meant to reach a "
    "server: what the name comes to there and for the rest of the subnet.",
    why="Servers set on an interface win over those of the network. One machine then fails, "
    "or goes round the private path, while its neighbours connect.",
    client_sees="could not translate host name, from one machine only",
    confirm="az network nic show --ids <interface id> --query dnsSettings",
    fix="Let the machine use the DNS servers of its network, and restart it:\n"
    "az network nic update --ids <interface id> --dns-servers ''",
    unknown_when="What the interface's DNS servers answer, or those of its network, is not known.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
    ),
    subject=NetworkInterface,
    over=_with_own_servers,
)
def interface_asks_other_dns(facts: Facts, nic: NetworkInterface) -> Outcome:
    """Whether the interface gets the answers that its subnet gets, one finding per server."""
    answers: dict[str, Fail | Unknown] = {}
    is_asked = False
    for part in nic_parts(facts, (nic.id,)):
        subnet = facts.topology.get(Subnet, part.subnet)
        for pair in pairs_of_subnet(facts, subnet) if subnet is not None else ():
            is_asked = True
            found = _compared(facts, nic, part, pair)
            if found is not None:
                answers.setdefault(pair.server.id, found)
    return tuple(answers.values()) or (OK if is_asked else NOT_APPLICABLE)


def _compared(
    facts: Facts, nic: NetworkInterface, part: ClientPart, pair: Pair
) -> Fail | Unknown | None:
    own, usual = resolve(facts, part, pair.server), resolve(facts, pair.part, pair.server)
    name = pair.server.name
    if Verdict.UNKNOWN in (own.verdict, usual.verdict):
        if own.code == usual.code:
            return None
        doubtful = own if own.verdict is Verdict.UNKNOWN else usual
        settles = [one.settle_with for one in doubtful.assumptions]
        return Unknown(
            message=f"Whether interface {nic.name} resolves {name} like its subnet is open:"
            f" {sentence(doubtful.text)}",
            settle_with=next(filter(None, settles), f"nslookup {name} on the machine itself"),
            evidence=_settings(nic),
            related=(pair.server.id,),
            discriminator=pair.server.id,
        )
    if _sort(own) == _sort(usual):
        return None
    return Fail(
        message=f"Interface {nic.name} asks DNS servers of its own, and {name} comes to something"
        f" else there than for {called(facts, pair.part.subnet)}: {sentence(own.text)}",
        certainty=certainty(pair),
        evidence=_settings(nic),
        related=(pair.server.id, *((nic.vm,) if nic.vm else ())),
        discriminator=pair.server.id,
    )


def _sort(answer: DnsAnswer) -> tuple[Verdict, AnswerKind]:
    return answer.verdict, answer.kind


def _settings(nic: NetworkInterface) -> tuple[Evidence, ...]:
    found = (
        ("properties.dnsSettings.appliedDnsServers", nic.applied_dns_servers),
        ("properties.dnsSettings.dnsServers", nic.dns_servers),
    )
    return tuple(Evidence(nic.id, path, list(servers)) for path, servers in found if servers)
