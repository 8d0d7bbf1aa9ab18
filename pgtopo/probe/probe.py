"""The whole probe: name, connection, encryption, start-up, and one verdict."""

import enum
from collections.abc import Callable

import msgspec

from pgtopo.errors import Cancelled
from pgtopo.probe import names, tcp
from pgtopo.probe.codes import PROBE_CODES
from pgtopo.probe.encryption import encrypt, lowest_version, with_lower_version
from pgtopo.probe.result import Connection, Names, Outcome, Probe, Startup, Tls
from pgtopo.probe.startup import Login, start
from pgtopo.probe.wire import Wire

_REACHED = {"ASKS_PASSWORD", "LOGGED_IN", "ROLE_REFUSED", "PASSWORD_REFUSED"}
"""The server itself speaks and minds only who the user is."""
_NOTHING_TO_SAY_ON = {"NO_ANSWER", "CONNECTION_CUT", "NOT_POSTGRESQL", "TLS_VERSION", "TLS_FAILED"}


class SslMode(enum.StrEnum):
    """What the client asks of encryption. Source: PostgreSQL documentation, SSL Support."""

    DISABLE = "disable"
    REQUIRE = "require"
    VERIFY_CA = "verify-ca"
    VERIFY_FULL = "verify-full"


_MINDS = {
    SslMode.DISABLE: frozenset[str](),
    SslMode.REQUIRE: frozenset({"TLS_NOT_OFFERED"}),
    SslMode.VERIFY_CA: frozenset(
        {"TLS_NOT_OFFERED", "TLS_UNTRUSTED", "TLS_EXPIRED", "TLS_NOT_YET_VALID"}
    ),
    SslMode.VERIFY_FULL: frozenset(
        {"TLS_NOT_OFFERED", "TLS_UNTRUSTED", "TLS_EXPIRED", "TLS_NOT_YET_VALID", "TLS_HOST_NAME"}
    ),
}
"""Which faults of encryption end a connection in each mode."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What to probe, and how patiently."""

    host: str
    port: int = 5432
    dns_server: tuple[str, int] | None = None
    limit: float = 5.0
    """Seconds for each step."""
    mode: SslMode = SslMode.VERIFY_FULL
    authorities: str | None = None
    login: Login = Login()


Listener = Callable[[str], bool]
"""Hears what comes next, and says whether to go on."""


def probe(question: Question, listener: Listener | None = None) -> Probe:
    """What happens when this machine connects to a host.

    Nobody is contacted but that host, and the DNS servers that say where it is: this system's own,
    and the one that is named.

    Raises:
        Cancelled: the listener wants no more; the step at hand ends within its time limit.
    """
    _announce(listener, f"looking up {question.host}")
    dns = names.look_up(question.host, question.dns_server, question.limit)
    if dns.addresses:
        _announce(listener, f"connecting to {', '.join(dns.addresses)}, port {question.port}")
    connections = tcp.connect_all(dns.addresses, question.port, question.limit)
    open_at = next((one.address for one in connections if one.outcome is Outcome.OK), None)
    tls: Tls | None = None
    startup: Startup | None = None
    if open_at is not None:
        _announce(listener, f"TLS and start-up with {open_at}")
        tls, startup = _conversation(open_at, question)
    code = _conclusion(question.mode, dns, connections, tls, startup)
    return Probe(
        host=question.host,
        port=question.port,
        dns=dns,
        tcp=connections,
        tls=tls,
        startup=startup,
        verdict="allowed" if code == "PROBE_OK" else "blocked",
        code=code,
        text=PROBE_CODES[code],
    )


def _announce(listener: Listener | None, step: str) -> None:
    if listener is not None and not listener(step):
        raise Cancelled("the probe was cancelled")


def _conversation(address: str, question: Question) -> tuple[Tls | None, Startup | None]:
    """Encryption and start-up on one connection; in the clear where the server has nothing else."""
    limit, port = question.limit, question.port
    if question.mode is SslMode.DISABLE:
        return None, _in_clear(address, question)
    try:
        with tcp.open_socket(address, port, limit) as connected:
            wire = Wire(connected, limit)
            tls = encrypt(wire, question.host, question.authorities)
            if tls.code == "TLS_VERSION":
                return with_lower_version(tls, lowest_version(address, port, limit)), None
            if tls.code in _NOTHING_TO_SAY_ON:
                return tls, None
            if tls.offered:
                return tls, start(wire, _careful(question.login, tls))
    except OSError as error:
        return None, _lost(error, question)
    return tls, _in_clear(address, question)


def _careful(login: Login, tls: Tls) -> Login:
    """A password goes only to a server that has proved who it is."""
    return login if tls.code == "TLS_OK" else msgspec.structs.replace(login, password=None)


def _in_clear(address: str, question: Question) -> Startup:
    """The start-up message without encryption; a password never goes that way."""
    login = msgspec.structs.replace(question.login, password=None)
    try:
        with tcp.open_socket(address, question.port, question.limit) as connected:
            return start(Wire(connected, question.limit), login)
    except OSError as error:
        return _lost(error, question)


def _lost(error: OSError, question: Question) -> Startup:
    text = f"the second connection failed: {error.strerror or error}"
    return Startup(code="CONNECTION_CUT", text=text, encrypted=False, user=question.login.user)


def _conclusion(
    mode: SslMode,
    dns: Names,
    connections: tuple[Connection, ...],
    tls: Tls | None,
    startup: Startup | None,
) -> str:
    """The code of the first step that stops a client of this mode."""
    if not dns.addresses:
        return dns.code
    if startup is None and tls is None:
        return _refused(connections)
    if tls is not None and (startup is None or tls.code in _MINDS[mode]):
        return tls.code
    if startup is not None and startup.code not in _REACHED:
        return startup.code
    return "PROBE_OK"


def _refused(connections: tuple[Connection, ...]) -> str:
    order = (Outcome.TIMEOUT, Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.FAILED)
    outcomes = {one.outcome for one in connections}
    return f"TCP_{next(outcome for outcome in order if outcome in outcomes).name}"
