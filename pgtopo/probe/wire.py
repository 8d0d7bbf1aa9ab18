"""A connection with one deadline for all that is said on it, in the clear or inside TLS."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from OpenSSL import SSL

_CHUNK = 16384


class Silence(Exception):
    """The other side said nothing until the deadline."""


class Closed(Exception):
    """The other side ended the connection."""


class Wire:
    """Bytes to and from the server; everything must be said before the deadline."""

    def __init__(self, connected: socket.socket, limit: float) -> None:
        self._socket = connected
        self._deadline = time.monotonic() + limit
        self._tls: SSL.Connection | None = None

    @property
    def is_encrypted(self) -> bool:
        """Whether TLS is up."""
        return self._tls is not None

    def send(self, data: bytes) -> None:
        """Send all bytes.

        Raises:
            Silence: the deadline passed.
            Closed: the connection is gone.
        """
        if self._tls is None:
            self._send(data)
            return
        from OpenSSL import SSL

        try:
            self._tls.sendall(data)
        except SSL.Error as error:
            raise Closed(str(error)) from None
        self._flush(self._tls)

    def receive(self, size: int) -> bytes:
        """Exactly so many bytes.

        Raises:
            Silence: the deadline passed.
            Closed: the connection ended before.
        """
        got = b""
        while len(got) < size:
            got += self._some(size - len(got))
        return got

    def has_more(self) -> bool:
        """Whether bytes wait that nobody asked for."""
        self._socket.settimeout(0)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def handshake(self, tls: SSL.Connection) -> None:
        """Bring TLS up on this connection.

        Raises:
            Silence: the deadline passed.
            Closed: the connection ended.
            OpenSSL.SSL.Error: the two sides do not agree.
        """
        from OpenSSL import SSL

        tls.set_connect_state()
        while True:
            try:
                tls.do_handshake()
            except SSL.WantReadError:
                self._flush(tls)
                tls.bio_write(self._receive())
            except SSL.Error:
                self._flush(tls)
                raise
            else:
                self._flush(tls)
                self._tls = tls
                return

    def _some(self, size: int) -> bytes:
        if self._tls is None:
            return self._receive(size)
        from OpenSSL import SSL

        while True:
            try:
                return self._tls.recv(size)
            except SSL.WantReadError:
                self._tls.bio_write(self._receive())
            except SSL.Error as error:  # an alert, or the end
                raise Closed(str(error)) from None

    def _flush(self, tls: SSL.Connection) -> None:
        from OpenSSL import SSL

        try:
            while True:
                self._send(tls.bio_read(_CHUNK))
        except SSL.WantReadError:
            return

    def _send(self, data: bytes) -> None:
        self._arm()
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise Silence from None
        except OSError as error:
            raise Closed(error.strerror or str(error)) from None

    def _receive(self, size: int = _CHUNK) -> bytes:
        self._arm()
        try:
            data = self._socket.recv(size)
        except TimeoutError:
            raise Silence from None
        except OSError as error:
            raise Closed(error.strerror or str(error)) from None
        if not data:
            raise Closed("the connection was closed")
        return data

    def _arm(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Silence
        self._socket.settimeout(left)
