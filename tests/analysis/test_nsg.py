"""Network security groups: sets against a naive first-match reading, tags, ties, ports."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Decision, Direction, Flow, decide
from pgtopo.analysis.filters.sides import AddressSide, Place, tag_target
from pgtopo.analysis.filters.virtual_network_tag import network_tag
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.net import SpanSet, parse_address, parse_prefix
from tests.estates.rows import Row, route, rule
from tests.estates.world import World

CLIENT, SERVER = "10.1.2.4", "10.1.9.4"


def _span(text: str) -> SpanSet:
    found = parse_prefix(text)
    assert found is not None
    return SpanSet([found])


class Filtered:
    """One subnet with one NSG, asked about flows into it or out of it."""

    def __init__(self, *rules: Row, routes: list[Row] | None = None) -> None:
        world = World()
        network = world.vnet("vnet-a", "10.1.0.0/16")
        self.nsg = fold(world.nsg("nsg-a", *rules))
        table = world.route_table("rt-a", *routes) if routes else None
        self.subnet = fold(
            world.subnet(network, "snet-a", "10.1.9.0/24", nsg=self.nsg, route_table=table)
        )
        self.network = fold(network)
        self.facts = Facts(world.topology())

    def _place(self) -> Place:
        return Place(network=self.network, tag=network_tag(self.facts, self.subnet))

    def inbound(self, source: str, port: int = 5432) -> list[tuple[SpanSet, Decision]]:
        flow = Flow(
            direction=Direction.INBOUND,
            source=AddressSide(addresses=_span(source)),
            destination=AddressSide(addresses=_span(SERVER), network=self.network),
            port=port,
            place=self._place(),
        )
        return decide(self.facts, self.nsg, flow)

    def outbound(self, tag: str, region: str, port: int = 443) -> Decision:
        flow = Flow(
            direction=Direction.OUTBOUND,
            source=AddressSide(addresses=_span(SERVER), network=self.network),
            destination=tag_target(tag, region),
            port=port,
            place=self._place(),
        )
        ((_, decision),) = decide(self.facts, self.nsg, flow)
        return decision


def test_first_match_in_order_of_priority_decides() -> None:
    """R15: the rule that decided is named."""
    filtered = Filtered(
        rule("later", 300, "Deny", src="10.1.2.0/24", ports="5432"),
        rule("first", 200, "Allow", src="10.1.2.4", ports="5432"),
    )
    assert [(p.cidrs(), d.verdict, d.rule) for p, d in filtered.inbound("10.1.2.4/31")] == [
        (["10.1.2.4/32"], Verdict.ALLOWED, "first"),
        (["10.1.2.5/32"], Verdict.BLOCKED, "later"),
    ]


def test_defaults_admit_the_network_and_deny_the_rest() -> None:
    filtered = Filtered()
    ((_, inside),) = filtered.inbound(CLIENT)
    ((_, outside),) = filtered.inbound("10.7.0.4")
    assert (inside.verdict, inside.priority) == (Verdict.ALLOWED, 65000)
    assert (outside.verdict, outside.priority, outside.code) == (
        Verdict.BLOCKED,
        65500,
        "NSG_DEFAULT_DENY",
    )


def test_group_that_was_not_read_is_unknown() -> None:
    filtered = Filtered()
    ghost = ArmId(f"{filtered.nsg}-ghost")
    source = AddressSide(addresses=_span(CLIENT))
    flow = Flow(
        direction=Direction.INBOUND,
        source=source,
        destination=source,
        port=5432,
        place=filtered._place(),
    )
    ((_, decision),) = decide(filtered.facts, ghost, flow)
    assert decision.verdict is Verdict.UNKNOWN
    assert decision.assumptions[0].settle_with


def test_service_needs_compare_tag_with_tag() -> None:
    """R17: outbound to Storage is judged through the rules, tag against tag."""
    allow = rule("st", 100, "Allow", "Outbound", dst="Storage.WestEurope", ports="443")
    deny = rule("no", 200, "Deny", "Outbound", dst="Internet", ports="*", protocol="*")
    filtered = Filtered(allow, deny)
    assert filtered.outbound("Storage", "westeurope").rule == "st"
    assert filtered.outbound("Storage", "northeurope").rule == "no"
    assert filtered.outbound("AzureActiveDirectory", "").verdict is Verdict.BLOCKED


def test_public_prefix_against_a_tag_is_partial() -> None:
    filtered = Filtered(rule("some", 100, "Deny", "Outbound", dst="20.0.0.0/8", ports="443"))
    assert filtered.outbound("Storage", "westeurope").verdict is Verdict.UNKNOWN


def test_word_that_is_no_tag_matches_nothing() -> None:
    filtered = Filtered(rule("odd", 100, "Deny", src="us-east.storage", ports="5432"))
    ((_, decision),) = filtered.inbound(CLIENT)
    assert (decision.verdict, decision.rule) == (Verdict.ALLOWED, "AllowVnetInBound")


def test_one_open_question_has_one_answer() -> None:
    """Deny and allow for the same tag cancel out: whatever it covers, the traffic is denied."""
    default = route("all", "0.0.0.0/0", "VirtualAppliance", "10.1.9.9")
    filtered = Filtered(
        rule("deny-tag", 100, "Deny", src="VirtualNetwork", ports="5432"),
        rule("allow-tag", 110, "Allow", src="VirtualNetwork", ports="5432"),
        rule("deny-all", 120, "Deny", ports="*", protocol="*"),
        routes=[default],
    )
    ((_, decision),) = filtered.inbound("172.20.0.5")
    assert decision.verdict is Verdict.BLOCKED


ADDRESSES = [f"10.{b}.{c}.{d}" for b in (1, 2) for c in (0, 1) for d in (0, 7)]
PREFIXES = st.sampled_from(
    ["*", "10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16", "10.1.0.0/24", "10.1.1.7", "10.2.0.0/29"]
)
RULES = st.lists(
    st.tuples(
        st.integers(100, 105),
        st.sampled_from(["Allow", "Deny"]),
        PREFIXES,
        st.sampled_from(["*", "5432", "5000-6000", "443"]),
        st.sampled_from(["*", "Tcp", "Udp"]),
    ),
    max_size=6,
    unique_by=lambda r: r[0],
)


def _rows(drawn: list[tuple[int, str, str, str, str]]) -> list[Row]:
    return [
        rule(f"r{priority}", priority, access, src=src, ports=ports, protocol=protocol)
        for priority, access, src, ports, protocol in drawn
    ]


def _naive(drawn: list[tuple[int, str, str, str, str]], address: str, port: int) -> bool:
    value = parse_address(address)
    assert value is not None
    for _, access, src, ports, protocol in sorted(drawn):
        low, _, high = ports.partition("-")
        fits = ports == "*" or int(low) <= port <= int(high or low)
        inside = src == "*" or value in _span(src)
        if fits and inside and protocol != "Udp":
            return access == "Allow"
    return value in _span("10.1.0.0/16")


@settings(max_examples=60, deadline=None)
@given(RULES, st.sampled_from([5432, 443, 22]))
def test_sets_agree_with_a_naive_first_match(
    drawn: list[tuple[int, str, str, str, str]], port: int
) -> None:
    found = Filtered(*_rows(drawn)).inbound("10.0.0.0/8", port)
    for address in ADDRESSES:
        value = parse_address(address)
        assert value is not None
        (decision,) = [d for part, d in found if value in part]
        wanted = Verdict.ALLOWED if _naive(drawn, address, port) else Verdict.BLOCKED
        assert decision.verdict is wanted
    assert sum(len(part) for part, _ in found) == 1 << 24


@settings(max_examples=40, deadline=None)
@given(RULES)
def test_allow_above_all_never_blocks_and_deny_above_all_never_opens(
    drawn: list[tuple[int, str, str, str, str]],
) -> None:
    for access, wanted in (("Allow", Verdict.ALLOWED), ("Deny", Verdict.BLOCKED)):
        first = rule("first", 99, access, protocol="*", ports="*")
        ((_, decision),) = Filtered(first, *_rows(drawn)).inbound("10.0.0.0/8")
        assert decision.verdict is wanted
