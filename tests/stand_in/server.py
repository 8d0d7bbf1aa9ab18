"""The server: one port on this machine, a log of every call, and faults on demand."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.stand_in.estate import Estate
from tests.stand_in.graph import Graph
from tests.stand_in.reply import Reply, error
from tests.stand_in.resource_manager import ResourceManager

QUERIES = "/providers/microsoft.resourcegraph/resources"


@dataclass
class Call:
    """One request that came in."""

    number: int
    method: str
    path: str
    body: Any
    token: str
    status: int = 0
    rows: tuple[str, ...] = ()
    """Of a page: the ids in it."""

    @property
    def is_query(self) -> bool:
        return self.path.lower() == QUERIES

    @property
    def query(self) -> str:
        return str(self.body.get("query", "")) if isinstance(self.body, dict) else ""


Fault = Callable[[Call], Reply | None]
"""Is asked before a call is answered; what it returns is the answer."""


class StandIn:
    """Resource Graph and Resource Manager over an estate."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.graph = Graph(estate)
        self.manager = ResourceManager(estate)
        self.fault: Fault = lambda _call: None
        self.calls: list[Call] = []
        self.url = ""
        self.tokens: set[str] = set()
        """Tokens that have expired."""
        self._lock = threading.Lock()

    def handle(self, method: str, path: str, raw: bytes, token: str) -> Reply:
        """The answer to one request."""
        call = self._note(method, path, raw, token)
        if not token.startswith("Bearer ") or token in self.tokens:
            reply = error(401, "ExpiredAuthenticationToken", "The access token expiry is past.")
        else:
            reply = self.fault(call) or self._answer(call, path)
        call.status = reply.status
        return reply

    def _note(self, method: str, path: str, raw: bytes, token: str) -> Call:
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        with self._lock:
            call = Call(len(self.calls) + 1, method, urlsplit(path).path, body, token)
            self.calls.append(call)
        return call

    def _answer(self, call: Call, path: str) -> Reply:
        if not call.is_query:
            return self.manager.answer(call.method, path)
        if call.method != "POST" or not isinstance(call.body, dict):
            return error(405, "MethodNotAllowed", call.method)
        with self._lock:
            return self.graph.answer(call.body)

    def queries(self) -> list[Call]:
        return [call for call in self.calls if call.is_query]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand_in: StandIn

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = self.headers.get("Authorization", "")
        try:
            self._send(self.stand_in.handle(self.command, self.path, raw, token))
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.cut is not None:
            self.wfile.write(reply.body[: reply.cut])
            self.wfile.flush()
            self.close_connection = True
            return
        if reply.pause:
            middle = len(reply.body) // 2
            self.wfile.write(reply.body[:middle])
            self.wfile.flush()
            time.sleep(reply.pause)
            self.wfile.write(reply.body[middle:])
            return
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""


def bind(stand_in: StandIn, port: int = 0, chain: Path | None = None) -> ThreadingHTTPServer:
    """A server on this machine; with a certificate chain, one that speaks https."""
    handler = type("Handler", (_Handler,), {"stand_in": stand_in})
    server = _Server(("127.0.0.1", port), handler)
    if chain is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if chain else "http"
    stand_in.url = stand_in.manager.origin = f"{scheme}://127.0.0.1:{server.server_port}"
    return server


@contextmanager
def running(stand_in: StandIn, chain: Path | None = None) -> Iterator[StandIn]:
    """The stand-in, answering until the block is left."""
    server = bind(stand_in, chain=chain)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
