"""Asks for the addresses of a host: the system's own way, and a DNS server that is named."""

import socket
import threading
import time

from pgtopo.probe.literal import literal
from pgtopo.probe.result import NameLookup, Names, Outcome
from pgtopo.probe.stopwatch import since

_NOBODY = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def look_up(host: str, server: tuple[str, int] | None, limit: float) -> Names:
    """The addresses of a host, and who said so.

    Args:
        host: a name or a literal address.
        server: address and port of the DNS server to ask beside the system's resolver; its answer
            is then the one that is tried.
        limit: seconds a resolver may take.
    """
    address = literal(host)
    if address:
        return Names(lookups=(), addresses=(address,), code="OK")
    system = _system(host, limit)
    lookups = [system]
    if server is not None:
        lookups.append(ask_server(host, server, limit))
    elif "." in host:  # a bare name is the system's to complete
        default = default_server()
        if default is not None:
            lookups.append(ask_server(host, default, limit))
    deciding = lookups[-1] if server is not None else system
    return Names(lookups=tuple(lookups), addresses=deciding.addresses, code=_code(deciding))


def default_server() -> tuple[str, int] | None:
    """The first DNS server in this machine's own configuration."""
    import dns.resolver

    try:
        known = dns.resolver.Resolver().nameservers
    except (dns.resolver.NoResolverConfiguration, OSError):
        return None
    return (str(known[0]), 53) if known else None


def ask_server(host: str, server: tuple[str, int], limit: float) -> NameLookup:
    """What one DNS server answers, with the canonical names on the way.

    IPv6 addresses are asked for where there are no IPv4 ones: flexible servers have IPv4 alone.
    """
    import dns.exception
    import dns.name
    import dns.resolver

    asked = dns.resolver.Resolver(configure=False)
    asked.nameservers, asked.port, asked.lifetime = [server[0]], server[1], limit
    began = time.monotonic()
    chain: tuple[str, ...] = ()
    try:
        answer = asked.resolve(_absolute(host), "A", raise_on_no_answer=False, search=False)
        if answer.rrset is None:
            answer = asked.resolve(_absolute(host), "AAAA", raise_on_no_answer=False, search=False)
    except dns.resolver.NXDOMAIN as error:
        chain = next((_chain_of(one) for one in error.kwargs["responses"].values()), ())
        text = f"{host} does not exist (NXDOMAIN)"
        return _failed(server[0], Outcome.REFUSED, text, began, chain)
    except dns.exception.Timeout:
        return _failed(server[0], Outcome.TIMEOUT, f"no answer in {limit:g} s", began)
    except dns.resolver.NoNameservers as error:
        return _failed(server[0], Outcome.FAILED, _short(error), began)
    except (dns.exception.DNSException, OSError, UnicodeError, ValueError) as error:
        return _failed(server[0], Outcome.FAILED, _short(error), began)
    found = answer.rrset
    return NameLookup(
        resolver=server[0],
        outcome=Outcome.OK,
        addresses=tuple(str(one) for one in found) if found is not None else (),
        chain=_chain_of(answer.response),
        ttl=answer.chaining_result.minimum_ttl,
        text="" if found is not None else f"{host} exists and has no address",
        milliseconds=since(began),
    )


def _system(host: str, limit: float) -> NameLookup:
    """The system's own answer; its resolver cannot be stopped, so it is left behind when late."""
    box: list[NameLookup] = []
    began = time.monotonic()
    worker = threading.Thread(target=lambda: box.append(_getaddrinfo(host, began)), daemon=True)
    worker.start()
    worker.join(limit)
    if not box:
        return _failed("system", Outcome.TIMEOUT, f"no answer in {limit:g} s", began)
    return box[0]


def _getaddrinfo(host: str, began: float) -> NameLookup:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        outcome = Outcome.REFUSED if error.errno in _NOBODY else Outcome.FAILED
        return _failed("system", outcome, error.strerror or str(error), began)
    except (OSError, UnicodeError) as error:
        return _failed("system", Outcome.FAILED, _short(error), began)
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    return NameLookup(
        resolver="system", outcome=Outcome.OK, addresses=addresses, milliseconds=since(began)
    )


def _chain_of(response: object) -> tuple[str, ...]:
    """Canonical names in the answer section, in the order they lead to one another."""
    import dns.message
    import dns.rdatatype

    if not isinstance(response, dns.message.Message) or not response.question:
        return ()
    follows = {
        rrset.name: rrset[0].target
        for rrset in response.answer
        if rrset.rdtype == dns.rdatatype.CNAME and len(rrset)
    }
    chain: list[str] = []
    at = response.question[0].name
    while at in follows and len(chain) < len(follows):
        at = follows[at]
        chain.append(at.to_text(omit_final_dot=True))
    return tuple(chain)


def _absolute(host: str) -> str:
    return host if host.endswith(".") else host + "."


def _failed(
    resolver: str, outcome: Outcome, text: str, began: float, chain: tuple[str, ...] = ()
) -> NameLookup:
    return NameLookup(
        resolver=resolver, outcome=outcome, text=text, chain=chain, milliseconds=since(began)
    )


def _code(lookup: NameLookup) -> str:
    if lookup.outcome is Outcome.OK:
        return "OK" if lookup.addresses else "NAME_NO_ADDRESS"
    return {Outcome.REFUSED: "NAME_UNKNOWN", Outcome.TIMEOUT: "NAME_TIMEOUT"}.get(
        lookup.outcome, "NAME_FAILED"
    )


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
