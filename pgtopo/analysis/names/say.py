"""How answers about a name are put together: verdict, sentence, proof."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.naming import Naming, endpoints_of
from pgtopo.analysis.verdict import Assumption, Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.dns import ZoneLink
from pgtopo.model.ids import ArmId, subscription_of
from pgtopo.model.net import SpanSet, format_address

NO_NAME = "so psql gets 'could not translate host name'"
NO_ANSWER = f"{NO_NAME} after a wait (on Linux 'Temporary failure in name resolution')"
ACCESS = "properties.network.publicNetworkAccess"


def say(
    verdict: Verdict,
    code: str,
    text: str,
    decided_by: Evidence | None = None,
    *,
    zone: ArmId | None = None,
    assumptions: tuple[Assumption, ...] = (),
) -> DnsAnswer:
    """An answer without addresses."""
    return DnsAnswer(
        verdict=verdict,
        code=code,
        text=text,
        zone=zone,
        decided_by=decided_by,
        assumptions=assumptions,
    )


def blocked(
    code: str, text: str, decided_by: Evidence | None = None, *, zone: ArmId | None = None
) -> DnsAnswer:
    """The name does not resolve, or to the wrong place."""
    return say(Verdict.BLOCKED, code, text, decided_by, zone=zone)


def unknown(
    code: str,
    text: str,
    settle_with: str,
    decided_by: Evidence | None = None,
    *,
    zone: ArmId | None = None,
) -> DnsAnswer:
    """The answer cannot be told; what would settle it is said in the sentence."""
    sentence = f"{text} To settle it: {settle_with}." if settle_with else text
    return say(Verdict.UNKNOWN, code, sentence, decided_by, zone=zone)


def found(
    kind: AnswerKind, addresses: SpanSet, text: str, zone: ArmId, decided_by: Evidence
) -> DnsAnswer:
    """The name leads to addresses of the server."""
    return DnsAnswer(
        verdict=Verdict.ALLOWED,
        text=text,
        kind=kind,
        answers=texts_of(addresses),
        addresses=addresses,
        zone=zone,
        decided_by=decided_by,
    )


def texts_of(addresses: SpanSet) -> tuple[str, ...]:
    """Addresses in dotted form, in order."""
    return tuple(format_address(v) for low, high in addresses for v in range(low, high + 1))


def with_more(
    answer: DnsAnswer,
    *,
    assumptions: tuple[Assumption, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> DnsAnswer:
    """An answer that rests on more than it did."""
    if not assumptions and not evidence:
        return answer
    return msgspec.structs.replace(
        answer,
        assumptions=tuple(dict.fromkeys((*answer.assumptions, *assumptions))),
        evidence=(*answer.evidence, *evidence),
    )


def linked_networks(facts: Facts, zone: ArmId) -> Evidence:
    """The networks a zone is linked to, as the proof that another one is missing."""
    return facts.once("linked networks", zone, lambda: _linked_networks(facts, zone))


def _linked_networks(facts: Facts, zone: ArmId) -> Evidence:
    names = sorted(
        called(facts, link.network)
        for link in facts.topology.links_of_zone(zone)
        if link.network is not None
    )
    return Evidence(zone, "virtualNetworkLinks[].properties.virtualNetwork.id", tuple(names))


def read_links(zone: ArmId) -> str:
    """What would show the links of a zone."""
    where = subscription_of(zone)
    return f"read {ZoneLink.KIND}" + (f" in subscription {where}" if where else "")


def public_address(naming: Naming) -> DnsAnswer:
    """The answer of public DNS for a server that has no private name."""
    return DnsAnswer(
        verdict=Verdict.ALLOWED,
        text=f"{naming.fqdn.text} resolves to the server's public address.",
        kind=AnswerKind.PUBLIC,
        decided_by=Evidence(naming.server, ACCESS, naming.public_access or None),
    )


def past_the_endpoint(
    facts: Facts, naming: Naming, reason: str, decided_by: Evidence | None
) -> DnsAnswer:
    """The public answer for a server that has a private endpoint.

    Azure rule: without a linked zone the alias is resolved in public DNS ("Azure Private Endpoint
    private DNS zone values", Microsoft Learn); the address admits nobody where public access is
    Disabled.
    """
    access = Evidence(naming.server, ACCESS, naming.public_access or None)
    endpoints = tuple(one for held in endpoints_of(facts, naming).approved for one in held.evidence)
    verdicts = {"enabled": Verdict.ALLOWED, "disabled": Verdict.BLOCKED}
    verdict = verdicts.get(naming.public_access.lower(), Verdict.UNKNOWN)
    ends = {
        Verdict.ALLOWED: "which bypasses the private endpoint",
        Verdict.BLOCKED: "which admits nobody: public access is Disabled",
        Verdict.UNKNOWN: "and nothing states whether public access is Enabled",
    }
    text = f"{naming.fqdn.text} resolves to the server's public address, {ends[verdict]}. {reason}"
    return DnsAnswer(
        verdict=verdict,
        code="PUBLIC_ANSWER",
        text=text,
        kind=AnswerKind.PUBLIC,
        decided_by=decided_by or access,
        evidence=(access, *endpoints),
    )
