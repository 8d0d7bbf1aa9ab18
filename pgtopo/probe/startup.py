"""The start-up message, and the server's first word on it.

No password leaves this machine unless one was given for the purpose.
Source of all message forms: PostgreSQL documentation, Frontend/Backend Protocol.
"""

from __future__ import annotations

import hashlib
import struct
import time

import msgspec

from pgtopo.probe.result import Startup
from pgtopo.probe.stopwatch import since
from pgtopo.probe.wire import Closed, Silence, Wire

_PROTOCOL_3 = 196608
_LONGEST_MESSAGE = 65536
_MOST_ROUNDS = 10_000_000
"""Rounds of hashing a server may ask for; more would keep the probe busy for minutes."""
_TERMINATE = b"X\0\0\0\x04"
_METHODS = {
    2: "Kerberos V5",
    3: "password in clear (inside TLS)",
    5: "MD5",
    7: "GSSAPI",
    9: "SSPI",
    10: "SCRAM",
}


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Who knocks: a user nobody has, unless the caller gave one."""

    user: str = "pgtopo_probe"
    database: str = "postgres"
    password: str | None = None


class Garbage(Exception):
    """The answer is not PostgreSQL's."""


def start(wire: Wire, login: Login) -> Startup:
    """Send the start-up message and read what the server makes of it."""
    began = time.monotonic()
    try:
        wire.send(_message(login))
        found = _answer(wire, login)
    except Silence:
        found = _plain("NO_ANSWER", "the server says nothing to the start-up message")
    except Closed as error:
        found = _plain("CONNECTION_CUT", f"the connection ended at the start-up message: {error}")
    except Garbage:
        found = _plain("NOT_POSTGRESQL", "the answer to the start-up message is not PostgreSQL's")
    return msgspec.structs.replace(
        found,
        encrypted=wire.is_encrypted,
        user=login.user,
        milliseconds=since(began),
    )


def _message(login: Login) -> bytes:
    fields = {"user": login.user, "database": login.database, "application_name": "pgtopo probe"}
    body = b"".join(
        part.encode() + b"\0" for pair in fields.items() for part in pair if "\0" not in part
    )
    return struct.pack("!ii", len(body) + 9, _PROTOCOL_3) + body + b"\0"


def _answer(wire: Wire, login: Login) -> Startup:
    """Read messages until one decides."""
    while True:
        kind, body = _read(wire)
        if kind == b"E":
            return _refusal(body)
        if kind == b"R":
            method = struct.unpack("!i", body[:4])[0] if len(body) >= 4 else -1
            if method == 0:
                return _ready(wire)
            if login.password is None or method not in (3, 5, 10):
                return _asked(_METHODS.get(method, f"method {method}"))
            return _log_in(wire, login, method, body[4:])
        if kind not in (b"N", b"v"):  # notices, and a wish for an older minor protocol
            raise Garbage


def _log_in(wire: Wire, login: Login, method: int, rest: bytes) -> Startup:
    """Prove the user with the password that was given."""
    password = login.password or ""
    if method == 10:
        refused = _scram(wire, login, rest)
    else:
        answer = password if method == 3 else _md5(login.user, password, rest[:4])
        _send(wire, answer.encode() + b"\0")
        refused = None
    found = refused or _outcome(wire)
    return msgspec.structs.replace(found, method=_METHODS[method], sent_password=True)


def _scram(wire: Wire, login: Login, rest: bytes) -> Startup | None:
    """Prove the user by SCRAM; the server's refusal where it comes early."""
    import scramp

    offered = [name.decode("ascii", "replace") for name in rest.split(b"\0") if name]
    try:
        client = scramp.ScramClient(
            [name for name in offered if name == "SCRAM-SHA-256"], login.user, login.password or ""
        )
        first = client.get_client_first().encode()
        name = client.mechanism_name.encode() + b"\0"
        _send(wire, name + struct.pack("!i", len(first)) + first)
        kind, body = _read(wire)
        if kind == b"E":
            return _refusal(body)
        client.set_server_first(body[4:].decode())
        if not 1 <= int(client.iterations) <= _MOST_ROUNDS:
            raise Garbage
        _send(wire, client.get_client_final().encode())
    except (scramp.ScramException, ValueError):
        raise Garbage from None
    return None


def _outcome(wire: Wire) -> Startup:
    """What the server makes of the proof."""
    while True:
        kind, body = _read(wire)
        if kind == b"E":
            return _refusal(body)
        if kind != b"R":
            raise Garbage
        if body[:4] == b"\0\0\0\0":
            return _ready(wire)


def _ready(wire: Wire) -> Startup:
    """Read on after the log-in: only then does the server look for the database."""
    told: dict[str, str] = {}
    while True:
        kind, body = _read(wire)
        if kind == b"E":
            return _refusal(body)
        if kind == b"Z":
            wire.send(_TERMINATE)
            standby = {"on": True, "off": False}.get(told.get("in_hot_standby", ""))
            found = _plain("LOGGED_IN", "the server let the user in")
            return msgspec.structs.replace(
                found, server_version=told.get("server_version"), is_standby=standby
            )
        if kind == b"S":
            name, _, value = body.rstrip(b"\0").partition(b"\0")
            told[name.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        elif kind not in (b"K", b"N"):  # the key to cancel with, notices
            raise Garbage


def _send(wire: Wire, body: bytes) -> None:
    wire.send(b"p" + struct.pack("!i", len(body) + 4) + body)


def _read(wire: Wire) -> tuple[bytes, bytes]:
    kind = wire.receive(1)
    size = struct.unpack("!i", wire.receive(4))[0]
    if not 4 <= size <= _LONGEST_MESSAGE:
        raise Garbage
    return kind, wire.receive(size - 4) if size > 4 else b""


def _md5(user: str, password: str, salt: bytes) -> str:
    """The form the server asks for; its weakness is the server's choice."""
    inner = hashlib.md5((password + user).encode(), usedforsecurity=False).hexdigest()
    return "md5" + hashlib.md5(inner.encode() + salt, usedforsecurity=False).hexdigest()


def _refusal(body: bytes) -> Startup:
    fields = {
        part[:1].decode("latin-1"): part[1:].decode("utf-8", "replace")
        for part in body.split(b"\0")
        if part
    }
    state, message = fields.get("C", ""), fields.get("M", "")
    severity = fields.get("V") or fields.get("S") or "FATAL"
    found = _plain(_refusal_code(state, message), f"{severity}: {message}")
    return msgspec.structs.replace(found, sqlstate=state or None, message=message or None)


def _refusal_code(state: str, message: str) -> str:
    """The code for an error the server sent. Source: PostgreSQL documentation, Error Codes."""
    if state == "28000":
        if "pg_hba.conf" not in message:
            return "ROLE_REFUSED"
        return "HBA_NEEDS_TLS" if "no encryption" in message else "HBA_REFUSED"
    return {
        "28P01": "PASSWORD_REFUSED",
        "3D000": "ROLE_REFUSED",
        "53300": "SERVER_FULL",
        "57P03": "SERVER_NOT_READY",
        "57P01": "SERVER_NOT_READY",
        "57P02": "SERVER_NOT_READY",
    }.get(state, "SERVER_REFUSED")


def _asked(method: str) -> Startup:
    text = f"the server asks for proof of the user: {method}"
    return msgspec.structs.replace(_plain("ASKS_PASSWORD", text), method=method)


def _plain(code: str, text: str) -> Startup:
    return Startup(code=code, text=text, encrypted=False, user="")
