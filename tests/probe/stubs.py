"""Small servers on loopback that do one odd thing each."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

SSL_REQUEST_SIZE = 8
PATIENCE_S = 60.0
Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def serving(talk: Talk, at: tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[int]:
    """A server that has this talk with everyone who comes; its port."""
    family = socket.AF_INET6 if ":" in at[0] else socket.AF_INET
    with socket.create_server(at, family=family) as listener:
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                with client, contextlib.suppress(OSError):
                    client.settimeout(PATIENCE_S)
                    talk(client)

        worker = threading.Thread(target=accept, daemon=True)
        worker.start()
        yield int(listener.getsockname()[1])
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        worker.join(PATIENCE_S)


@contextlib.contextmanager
def closed() -> Iterator[int]:
    """A port that is taken, so that nobody else comes to listen on it, and refuses everyone."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


@contextlib.contextmanager
def full_backlog() -> Iterator[int]:
    """A port whose queue is full: further packets are dropped without a word."""
    with contextlib.ExitStack() as open_sockets:
        listener = open_sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = int(listener.getsockname()[1])
        for _ in range(4):
            filler = open_sockets.enter_context(socket.socket())
            filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                filler.connect(("127.0.0.1", port))
        yield port


def web_server(client: socket.socket) -> None:
    """Answers as an HTTP server does to what it does not understand."""
    client.recv(1024)
    client.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def mail_server(client: socket.socket) -> None:
    """Speaks first, as a mail server does."""
    client.sendall(b"220 ready\r\n")
    client.recv(1024)


def shell_server(client: socket.socket) -> None:
    """Speaks first, with the very letter that would mean yes."""
    client.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    client.recv(1024)


def hangs_up(client: socket.socket) -> None:
    """Ends the connection at the first word."""
    client.recv(1024)


def says_nothing(client: socket.socket) -> None:
    """Listens and keeps silent until the other side has had enough."""
    while client.recv(1024):
        pass


def cut_in_the_handshake(client: socket.socket) -> None:
    """Agrees to encrypt, then is gone."""
    client.recv(SSL_REQUEST_SIZE)
    client.sendall(b"S")
    client.recv(64)


def after_the_request(answer: bytes) -> Talk:
    """Does not encrypt, and answers the start-up message with these bytes."""

    def talk(client: socket.socket) -> None:
        first = client.recv(1024)
        if len(first) == SSL_REQUEST_SIZE:
            client.sendall(b"N")
            first = client.recv(1024)
        if first:
            client.sendall(answer)
            client.recv(1024)

    return talk


def old_encryption(certificate: tuple[Path, Path], version: ssl.TLSVersion) -> Talk:
    """Encrypts with an old version of TLS only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = version

    def talk(client: socket.socket) -> None:
        client.recv(SSL_REQUEST_SIZE)
        client.sendall(b"S")
        with context.wrap_socket(client, server_side=True) as encrypted:
            encrypted.recv(1024)

    return talk


def encrypted_server(certificate: tuple[Path, Path], answer: bytes) -> Talk:
    """Encrypts as servers do today, and answers the start-up message with these bytes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def talk(client: socket.socket) -> None:
        if client.recv(SSL_REQUEST_SIZE) == b"":
            return
        client.sendall(b"S")
        with context.wrap_socket(client, server_side=True) as encrypted:
            encrypted.recv(1024)
            encrypted.sendall(answer)
            encrypted.recv(1024)

    return talk
