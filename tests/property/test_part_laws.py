"""Laws of the parts into which a client falls."""

from __future__ import annotations

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.trace import trace
from pgtopo.model.ids import fold
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer
from tests.oracle.estates import random_estate
from tests.thorough import some


@pytest.mark.parametrize("first", some(range(2000, 2060, 10), 2))
def test_parts_partition_the_client_exactly(first: int) -> None:
    for seed in range(first, first + 10):
        made = random_estate(seed)
        facts = Facts(made.world.topology())
        for client_id in made.clients:
            subnet = facts.topology.get(Subnet, fold(client_id))
            assert subnet is not None
            client = subnet_client(facts, subnet)
            for server in facts.topology.all(FlexibleServer):
                parts = [part.addresses for part in trace(facts, client, server).parts]
                assert all(parts), "a part without addresses"
                assert sum(map(len, parts)) == len(client.addresses), f"seed {seed}: not disjoint"
                union = SpanSet(span for part in parts for span in part)
                assert union == client.addresses, f"seed {seed}"
