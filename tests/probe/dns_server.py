"""A DNS server on loopback that knows a few names."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Zone = Mapping[str, tuple[str, str]]
"""Name to record type and value; the type `SERVFAIL` refuses, `SILENCE` never answers."""


@contextlib.contextmanager
def answering(zone: Zone, at: str = "127.0.0.1") -> Iterator[int]:
    """A server of these records; its port."""
    family = socket.AF_INET6 if ":" in at else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as listener:
        listener.bind((at, 0))
        listener.settimeout(0.1)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    data, client = listener.recvfrom(4096)
                except TimeoutError:
                    continue
                answer = _answer(dns.message.from_wire(data), zone)
                if answer is not None:
                    listener.sendto(answer.to_wire(), client)

        worker = threading.Thread(target=serve, daemon=True)
        worker.start()
        yield int(listener.getsockname()[1])
        done.set()
        worker.join(2)


def _answer(query: dns.message.Message, zone: Zone) -> dns.message.Message | None:
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    name = query.question[0].name.to_text(omit_final_dot=True)
    seen = set[str]()
    while name in zone and name not in seen:
        seen.add(name)
        kind, value = zone[name]
        if kind == "SILENCE":
            return None
        if kind == "SERVFAIL":
            answer.set_rcode(dns.rcode.SERVFAIL)
            return answer
        if kind == "EMPTY" or (kind == "AAAA" and query.question[0].rdtype != dns.rdatatype.AAAA):
            return answer
        answer.answer.append(dns.rrset.from_text(name + ".", 30, "IN", kind, value))
        if kind != "CNAME":
            return answer
        name = value.rstrip(".")
    answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer
