"""Answers that come from a DNS server whose own configuration is not in the data."""

import msgspec

from pgtopo.analysis.assumptions import assume, stated
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.naming import Naming
from pgtopo.analysis.names.resolvers import Resolver
from pgtopo.analysis.names.say import NO_NAME, blocked, unknown, with_more
from pgtopo.analysis.verdict import Verdict
from pgtopo.analysis.wording import called


def by_unknown(facts: Facts, resolver: Resolver, naming: Naming) -> DnsAnswer:
    """The answer where it is not known who answers, or what."""
    if resolver.code == "DNS_SERVER_UNKNOWN" and _says_no(facts):
        return _said_blocked(resolver)
    settle = resolver.assumptions[0].settle_with if resolver.assumptions else ""
    text = f"What {naming.fqdn.text} resolves to is not known. {resolver.text}"
    return unknown(resolver.code, text, settle, resolver.decided_by)


def by_machine(facts: Facts, resolver: Resolver, inner: DnsAnswer) -> DnsAnswer:
    """The answer of a DNS machine: at best what Azure DNS of its network would say.

    Azure rule: a query reaches a private zone only from a network linked to it ("Azure Private
    Endpoint DNS integration", Microsoft Learn), so forwarding cannot mend a missing link.
    """
    if inner.verdict is Verdict.BLOCKED:
        text = f"DNS server {resolver.address} cannot help by forwarding to Azure DNS: {inner.text}"
        return msgspec.structs.replace(inner, text=text)
    if inner.verdict is Verdict.UNKNOWN:
        return inner
    if stated(facts, "FORWARDER_BEHAVIOUR") is Verdict.ALLOWED:
        return inner
    if _says_no(facts):
        return _said_blocked(resolver)
    text = (
        f"The name resolves if DNS server {resolver.address} in {called(facts, resolver.network)}"
        f" forwards it to Azure DNS: {inner.text}"
    )
    note = assume("FORWARDER_BEHAVIOUR", f"DNS server {resolver.address} forwards to Azure DNS.")
    answer = msgspec.structs.replace(
        inner,
        verdict=Verdict.UNKNOWN,
        code="FORWARDER_UNKNOWN",
        text=text,
        decided_by=resolver.decided_by or inner.decided_by,
    )
    inside = (inner.decided_by,) if inner.decided_by is not None else ()
    return with_more(answer, assumptions=(note,), evidence=inside)


def _says_no(facts: Facts) -> bool:
    return stated(facts, "FORWARDER_BEHAVIOUR") is Verdict.BLOCKED


def _said_blocked(resolver: Resolver) -> DnsAnswer:
    text = f"By the settings file DNS server {resolver.address} does not forward, {NO_NAME}."
    return blocked("FORWARDER_SAID_BLOCKED", text, resolver.decided_by)
