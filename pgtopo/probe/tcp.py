"""TCP connections, one per address, each within its time."""

import errno
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from pgtopo.probe.result import Connection, Outcome
from pgtopo.probe.stopwatch import since

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_ADDRESSES_AT_MOST = 16


def connect_all(addresses: Sequence[str], port: int, limit: float) -> tuple[Connection, ...]:
    """One connection to each address, all at the same time, closed at once."""
    tried = addresses[:_ADDRESSES_AT_MOST]
    if not tried:
        return ()
    with ThreadPoolExecutor(len(tried)) as pool:
        return tuple(pool.map(lambda address: _tried(address, port, limit), tried))


def open_socket(address: str, port: int, limit: float) -> socket.socket:
    """A connected socket.

    Raises:
        OSError: there is no connection.
    """
    return socket.create_connection((address, port), timeout=limit)


def _tried(address: str, port: int, limit: float) -> Connection:
    began = time.monotonic()

    def ended(outcome: Outcome, text: str = "", local: str | None = None) -> Connection:
        return Connection(
            address=address,
            outcome=outcome,
            text=text,
            local_address=local,
            milliseconds=since(began),
        )

    try:
        with open_socket(address, port, limit) as connected:
            return ended(Outcome.OK, local=str(connected.getsockname()[0]))
    except TimeoutError:
        return ended(Outcome.TIMEOUT, f"nothing came back in {limit:g} s")
    except ConnectionRefusedError:
        return ended(Outcome.REFUSED, "connection refused: nothing listens on the port there")
    except OSError as error:
        text = error.strerror or str(error)
        return ended(Outcome.UNREACHABLE if error.errno in _UNREACHABLE else Outcome.FAILED, text)
