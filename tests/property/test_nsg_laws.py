"""Laws of network security groups."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction, Flow, decide
from pgtopo.analysis.filters.sides import AddressSide, Place
from pgtopo.analysis.filters.virtual_network_tag import network_tag
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import fold
from pgtopo.model.net import SpanSet
from tests.estates.rows import Row, rule
from tests.estates.world import World
from tests.oracle.chance import Chance
from tests.oracle.nsgs import DENY, Packet, Spot, outcomes
from tests.oracle.rows import Estate, low, nets
from tests.oracle.rulebook import security_rules

RANGES = ["10.1.0.0/16", "10.2.0.0/16", "10.2.1.0/28", "10.1.2.0/24", "10.1.2.9", "172.1.0.0/16"]
CLIENT, SERVER = nets(["10.1.2.0/24"])[0], nets(["10.2.1.5/32"])[0]
#: Places in the client's range: the ends of what rules name, and some between.
STEPS = (0, 1, 8, 9, 10, 64, 127, 128, 200, 255)
PLACES = {Direction.INBOUND: "snet-pg", Direction.OUTBOUND: "snet-app"}


class Filtered:
    """Two peered networks; one NSG that may stand before either subnet."""

    def __init__(self, rules: list[Row]) -> None:
        world = World()
        a, b = world.vnet("vnet-a", "10.1.0.0/16"), world.vnet("vnet-b", "10.2.0.0/16")
        world.peer(a, b)
        self.nsg = world.nsg("nsg", *rules)
        self.subnets = {
            "snet-app": world.subnet(a, "snet-app", "10.1.2.0/24", nsg=self.nsg),
            "snet-pg": world.subnet(b, "snet-pg", "10.2.1.0/28", nsg=self.nsg),
        }
        self.facts = Facts(world.topology())
        self.estate = Estate(world.rows, world.coverage)

    def engine(self, direction: Direction, port: int) -> list[tuple[SpanSet, Verdict]]:
        """The shares of the client's addresses with what the engine says of each."""
        subnet = fold(self.subnets[PLACES[direction]])
        network = fold(subnet.rsplit("/", 2)[0])
        tag = network_tag(self.facts, subnet)
        flow = Flow(
            direction=direction,
            source=AddressSide(addresses=SpanSet([_span(CLIENT)])),
            destination=AddressSide(addresses=SpanSet([_span(SERVER)])),
            port=port,
            place=Place(network=network, tag=tag, has_groups=False),
        )
        return [(share, one.verdict) for share, one in decide(self.facts, fold(self.nsg), flow)]

    def naive(self, direction: Direction, port: int, source: int) -> Verdict:
        """What first-match reading says of one address."""
        way = "In" if direction is Direction.INBOUND else "Out"
        spot = Spot(low(self.subnets[PLACES[direction]]), way, takes_groups=False)
        packet = Packet(source, int(SERVER.network_address), port)
        said = outcomes(self.estate, low(self.nsg), spot, packet)
        if said == {DENY}:
            return Verdict.BLOCKED
        return Verdict.UNKNOWN if DENY in said else Verdict.ALLOWED


def _span(net: object) -> tuple[int, int]:
    found = nets([net])[0]
    return int(found.network_address), int(found.broadcast_address)


RULES = st.integers(0, 10**6).map(lambda seed: security_rules(Chance(seed), RANGES, ["/asg"]))
WAYS = st.sampled_from(list(Direction))
PORTS = st.sampled_from([5432, 443, 53, 22, 5999])


@settings(max_examples=100, deadline=None)
@given(rules=RULES, direction=WAYS, port=PORTS)
def test_decision_equals_naive_first_match(
    rules: list[Row], direction: Direction, port: int
) -> None:
    filtered = Filtered(rules)
    shares = filtered.engine(direction, port)
    first, _ = _span(CLIENT)
    for source in (first + step for step in STEPS):
        (verdict,) = [word for share, word in shares if source in share]
        assert verdict is filtered.naive(direction, port, source)


@settings(max_examples=60, deadline=None)
@given(rules=RULES, direction=WAYS, port=PORTS)
def test_allow_above_all_never_blocks(rules: list[Row], direction: Direction, port: int) -> None:
    top = rule("top", 99, "Allow", f"{direction.value}", "*")
    said = Filtered([*rules, top]).engine(direction, port)
    assert {verdict for _, verdict in said} == {Verdict.ALLOWED}


@settings(max_examples=60, deadline=None)
@given(rules=RULES, direction=WAYS, port=PORTS)
def test_deny_above_all_never_opens(rules: list[Row], direction: Direction, port: int) -> None:
    top = rule("top", 99, "Deny", f"{direction.value}", "*")
    said = Filtered([*rules, top]).engine(direction, port)
    assert {verdict for _, verdict in said} == {Verdict.BLOCKED}


@settings(max_examples=60, deadline=None)
@given(rules=RULES, direction=WAYS, port=PORTS)
def test_shares_of_a_decision_are_disjoint_and_complete(
    rules: list[Row], direction: Direction, port: int
) -> None:
    shares = [share for share, _ in Filtered(rules).engine(direction, port)]
    assert sum(len(share) for share in shares) == CLIENT.num_addresses
    assert SpanSet(span for share in shares for span in share) == SpanSet([_span(CLIENT)])
