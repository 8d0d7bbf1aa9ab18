"""Single questions to an estate that is open already: `python -m tests.bench.inside FILE`."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any

from pgtopo.analysis.clients.parts import client_subnets
from pgtopo.model.settings import Settings
from pgtopo.session import Session, open_files

TRACES = 60


def main() -> int:
    """Print the figures as JSON."""
    began = perf_counter()
    session = open_files([sys.argv[1]], settings=Settings())
    figures: dict[str, Any] = {"load": perf_counter() - began}
    gc.collect()
    figures["traces"] = _traces(session)
    figures["one_server"] = _one_server(session)
    figures["matrix"] = _matrix(session)
    json.dump(figures, sys.stdout)
    return 0


def _traces(session: Session) -> dict[str, float]:
    """Milliseconds of single traces, each between other ends."""
    spent = []
    for client, server in islice(_pairs(session), TRACES):
        began = perf_counter()
        session.trace(client, server)
        spent.append((perf_counter() - began) * 1000)
    warm = spent[len(spent) // 3 :]
    return {"first": spent[0], "median": median(warm), "worst": max(warm)} if warm else {}


def _pairs(session: Session) -> Iterator[tuple[str, str]]:
    """Clients and servers, spread over the estate."""
    from pgtopo.model.server import FlexibleServer

    clients = client_subnets(session.facts)
    servers = session.topology.all(FlexibleServer)
    if not clients or not servers:
        return
    for number in range(len(clients)):
        client = clients[number * 97 % len(clients)]
        yield client.id, servers[number * 31 % len(servers)].id


def _one_server(session: Session) -> float:
    """Milliseconds for one server against every client subnet, in an estate not asked before."""
    fresh = Session(session.topology, settings=Settings())
    matrix = fresh.matrix()
    if not matrix.servers or not matrix.clients:
        return 0.0
    began = perf_counter()
    matrix.column(0)
    return (perf_counter() - began) * 1000


def _matrix(session: Session) -> dict[str, Any]:
    """The whole matrix in numbers."""
    fresh = Session(session.topology, settings=Settings())
    began = perf_counter()
    found = fresh.matrix().summary()
    spent = perf_counter() - began
    return {
        "seconds": spent,
        "pairs": found.pairs,
        "classes": found.classes,
        "pairs_per_second": found.pairs / spent if spent else 0.0,
    }


if __name__ == "__main__":
    sys.exit(main())
