"""What the checks ask of PgBouncer, the pooler that a server can bring along."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.checks.pairs import Pair
from pgtopo.model.server import FlexibleServer

PORT = 6432
"""Where the pooler listens, at the server's own name."""


def is_pooling(facts: Facts, server: FlexibleServer) -> bool:
    """Whether a server has its pooler switched on."""
    setting = facts.topology.parameter(server.id, "pgbouncer.enabled")
    return setting is not None and setting.value.lower() in ("true", "on", "1")


def pooling(pair: Pair) -> Pair:
    """The same pair on the pooler's port."""
    return msgspec.structs.replace(pair, port=PORT)
