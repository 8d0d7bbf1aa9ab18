"""PostgreSQL's request for encryption, the handshake, and what the certificates say."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from pgtopo.probe.certificates import certificate_of, names_host, unreadable
from pgtopo.probe.literal import literal
from pgtopo.probe.result import Tls
from pgtopo.probe.stopwatch import since
from pgtopo.probe.tcp import open_socket
from pgtopo.probe.wire import Closed, Silence, Wire

if TYPE_CHECKING:
    from cryptography import x509
    from OpenSSL import SSL

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""Message SSLRequest. Source: PostgreSQL documentation, Message Formats."""
_OLD_VERSIONS = ("TLSv1.1", "TLSv1")

_EXPIRED, _NOT_YET = 10, 9
"""X509_V_ERR_CERT_HAS_EXPIRED and X509_V_ERR_CERT_NOT_YET_VALID."""

_OLD_PROTOCOL = ("protocol version", "unsupported protocol", "wrong version number")

_TEXTS = {
    "NO_ANSWER": "the connection stands, and the server says nothing to the request for encryption",
    "CONNECTION_CUT": "the connection was closed at the request for encryption",
    "TLS_NOT_OFFERED": "the server answered that it does not encrypt",
    "NOT_POSTGRESQL": "the answer to the request for encryption is not PostgreSQL's",
}


def encrypt(wire: Wire, host: str, authorities: str | None) -> Tls:
    """Ask for encryption and bring it up; what came of it.

    Args:
        wire: a connection on which nothing has been said yet; encrypted afterwards where the code
            is about the certificate or `TLS_OK`.
        host: the name the certificate has to bear.
        authorities: a file of root certificates to trust, instead of this machine's.
    """
    began = time.monotonic()
    refused = _request(wire)
    if refused is not None:
        return _without(refused, began, offered=False)
    from OpenSSL import SSL

    complaints: list[int] = []
    tls = _client(host, authorities, complaints)
    try:
        wire.handshake(tls)
    except (Closed, Silence) as error:
        return _without("TLS_FAILED", began, text=_why(error))
    except SSL.Error as error:
        reason = _reason(error)
        is_old = any(word in reason for word in _OLD_PROTOCOL)
        return _without("TLS_VERSION" if is_old else "TLS_FAILED", began, text=reason)
    return _judged(tls, host, complaints, began)


def lowest_version(address: str, port: int, limit: float) -> str | None:
    """The old version of TLS a server takes that refuses everything newer; nothing if none."""
    from OpenSSL import SSL

    for name in _OLD_VERSIONS:
        try:
            with open_socket(address, port, limit) as connected:
                wire = Wire(connected, limit)
                if _request(wire) is not None:
                    return None
                wire.handshake(_old_client(name))
                return name
        except (OSError, Closed, Silence, SSL.Error):
            continue
    return None


def _request(wire: Wire) -> str | None:
    """The code of what stands in the way of a handshake; nothing where it may begin."""
    try:
        wire.send(_SSL_REQUEST)
        answer = wire.receive(1)
    except Silence:
        return "NO_ANSWER"
    except Closed:
        return "CONNECTION_CUT"
    if wire.has_more():  # the server's turn ends with one byte; more is another protocol's banner
        return "NOT_POSTGRESQL"
    return {b"S": None, b"N": "TLS_NOT_OFFERED"}.get(answer, "NOT_POSTGRESQL")


def _client(host: str, authorities: str | None, complaints: list[int]) -> SSL.Connection:
    from OpenSSL import SSL

    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    if authorities is None:
        context.set_default_verify_paths()
    else:
        context.load_verify_locations(authorities)
    context.set_verify(SSL.VERIFY_PEER, _noting(complaints))
    return _connection(context, host)


def _old_client(name: str) -> SSL.Connection:
    from OpenSSL import SSL

    version = {"TLSv1.1": SSL.TLS1_1_VERSION, "TLSv1": SSL.TLS1_VERSION}[name]
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(version)
    context.set_max_proto_version(version)
    context.set_cipher_list(b"ALL:@SECLEVEL=0")
    return _connection(context, "")


def _connection(context: SSL.Context, host: str) -> SSL.Connection:
    from OpenSSL import SSL

    tls = SSL.Connection(context, None)
    if host and literal(host) is None:
        tls.set_tlsext_host_name(host.rstrip(".").encode("idna"))
    return tls


def _noting(complaints: list[int]) -> Callable[..., bool]:
    """Let the handshake go on over bad certificates: they are to be read, not obeyed."""

    def note(_tls: object, _certificate: object, number: int, _depth: int, is_fine: int) -> bool:
        if not is_fine:
            complaints.append(number)
        return True

    return note


def _judged(tls: SSL.Connection, host: str, complaints: list[int], began: float) -> Tls:
    chain = _chain(tls)
    matches = bool(chain) and names_host(chain[0], host)
    code, text = _certificate_code(complaints, matches=matches, host=host)
    return Tls(
        code=code,
        text=text,
        offered=True,
        version=tls.get_protocol_version_name(),
        cipher=tls.get_cipher_name(),
        chain=tuple(map(certificate_of, chain)),
        is_trusted=not complaints,
        matches_host=matches,
        milliseconds=since(began),
    )


def _certificate_code(complaints: list[int], *, matches: bool, host: str) -> tuple[str, str]:
    if _EXPIRED in complaints:
        return "TLS_EXPIRED", "a certificate of the chain has expired"
    if _NOT_YET in complaints:
        return "TLS_NOT_YET_VALID", "a certificate of the chain is not valid yet"
    if complaints:
        return "TLS_UNTRUSTED", f"the chain is not trusted here: {_complaint(complaints[0])}"
    if not matches:
        return "TLS_HOST_NAME", f"the certificate does not name {host}"
    return "TLS_OK", "encrypted; the certificate is trusted and names the host"


def _complaint(number: int) -> str:
    known = {
        18: "the server's certificate is signed by itself",
        19: "the chain ends in a root this machine does not know",
        20: "the issuer's certificate is not known here",
        21: "the first certificate cannot be verified",
    }
    return known.get(number, f"certificate error {number} of OpenSSL")


def _chain(tls: SSL.Connection) -> list[x509.Certificate]:
    """What the server sent; nothing where it cannot be read as certificates."""
    try:
        return tls.get_peer_cert_chain(as_cryptography=True) or []
    except unreadable():
        return []


def with_lower_version(tls: Tls, version: str | None) -> Tls:
    """The same, with the old version the server takes."""
    if version is None:
        return tls
    text = f"the server takes {version} and nothing newer"
    return msgspec.structs.replace(tls, lower_version=version, text=text)


def _without(code: str, began: float, *, offered: bool = True, text: str = "") -> Tls:
    return Tls(
        code=code, text=text or _TEXTS.get(code, code), offered=offered, milliseconds=since(began)
    )


def _reason(error: SSL.Error) -> str:
    stack = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return "; ".join(str(entry[-1]) for entry in stack) or "the handshake failed"


def _why(error: Exception) -> str:
    if isinstance(error, Silence):
        return "the server stopped answering during the handshake"
    return f"the connection ended during the handshake: {error}"
