"""The two sides of a flow as a filter sees them, and what a rule's side means to them.

A side is either a set of addresses or one thing that only has a name: a service tag, or the
public address of a server, whose number is not in the data. What cannot be decided is a symbol:
one open question, answered alike wherever it comes up again in the same evaluation.
"""

from typing import Literal, NamedTuple

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.asgs import are_members_read, members
from pgtopo.analysis.filters.network_groups import are_memberships_read, group_space
from pgtopo.analysis.filters.tag_names import is_known_tag, region_word
from pgtopo.analysis.filters.tag_ranges import tag_ranges
from pgtopo.analysis.filters.virtual_network_tag import NetworkTag
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4, EMPTY, PRIVATE_V4, SpanSet

PUBLIC_V4 = ANY_V4 - PRIVATE_V4

POINT = SpanSet.of(0)
"""Stands for a named thing in place of its addresses."""

AZURE_REGION_TAG = "azurecloud"
SYMBOLS_BY_TAG = {"sql": "SQL_TAG"}


class Symbol(NamedTuple):
    """One open question about a match."""

    code: str
    """The assumption that stands for it."""
    about: str = ""


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a rule."""

    spans: SpanSet = EMPTY
    is_any: bool = False
    """`*` or 0.0.0.0/0 is among the prefixes."""
    tags: tuple[str, ...] = ()
    """Lower case."""
    asgs: frozenset[ArmId] = frozenset()
    network_groups: frozenset[ArmId] = frozenset()
    """Of Virtual Network Manager: the ranges of all their members."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What part of a side a pattern covers."""

    certain: SpanSet = EMPTY
    open: tuple[tuple[Symbol, SpanSet], ...] = ()
    """Parts covered only if the symbol holds."""

    def __bool__(self) -> bool:
        return bool(self.certain.spans or self.open)


NO_MATCH = Match()


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a filter is applied: what its symbolic names mean there."""

    network: ArmId
    tag: NetworkTag
    has_groups: bool = True
    """False on a subnet of flexible servers, where application security groups never match."""
    excluded: SpanSet = EMPTY
    """Addresses that count as outside the VirtualNetwork tag, whatever routes say."""
    has_source_ports: bool = True
    """False in front of private endpoints, where a rule's source ports count as any."""


class AddressSide(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses with one home network (None: outside every known network)."""

    addresses: SpanSet
    network: ArmId | None = None

    @property
    def whole(self) -> SpanSet:
        """What there is to match."""
        return self.addresses


class TagSide(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has a service tag's name instead of known addresses."""

    tag: str
    """Lower case, without region: `storage`, `azureactivedirectory`, `public server`, ..."""
    region: str = ""

    @property
    def whole(self) -> SpanSet:
        """A single point."""
        return POINT


PUBLIC_SERVER = "public server"
"""The tag word of a flexible server's public address."""

Side = AddressSide | TagSide


def tag_target(tag: str, region: str = "") -> TagSide:
    """A service as the far side of a flow: `tag_target("Storage", "westeurope")`."""
    return TagSide(tag=tag.lower(), region=region_word(region))


def match(facts: Facts, pattern: Pattern, side: Side, place: Place) -> Match:
    """Which part of a side a rule's pattern covers, seen from where the rule is applied."""
    if pattern.is_any:
        return Match(certain=side.whole)
    if isinstance(side, TagSide):
        return _match_tag_side(facts, pattern, side, place)
    return _match_addresses(facts, pattern, side, place)


def _match_addresses(facts: Facts, pattern: Pattern, side: AddressSide, place: Place) -> Match:
    certain = pattern.spans & side.addresses
    if not (pattern.tags or pattern.asgs or pattern.network_groups):
        return Match(certain=certain) if certain.spans else NO_MATCH
    open_parts: list[tuple[Symbol, SpanSet]] = []
    if pattern.asgs and place.has_groups and side.network == place.network:
        certain |= members(facts, place.network, pattern.asgs) & side.addresses
        if not are_members_read(facts, place.network):
            symbol = Symbol("ASG_MEMBERS_UNSEEN", "|".join(sorted(pattern.asgs)))
            open_parts.append((symbol, side.addresses))
    if pattern.network_groups:
        certain |= group_space(facts, pattern.network_groups) & side.addresses
        if not are_memberships_read(facts):
            symbol = Symbol("RULES_UNSEEN", "|".join(sorted(pattern.network_groups)))
            open_parts.append((symbol, side.addresses))
    for tag in pattern.tags:
        more, maybe = _tag_over_addresses(facts, tag, side.addresses, place)
        certain |= more
        open_parts += maybe
    kept = tuple((s, rest) for s, part in open_parts if (rest := part - certain))
    return Match(certain=certain, open=kept)


def _tag_over_addresses(
    facts: Facts, tag: str, addresses: SpanSet, place: Place
) -> tuple[SpanSet, list[tuple[Symbol, SpanSet]]]:
    if tag == "virtualnetwork":
        return _network_over_addresses(addresses, place)
    if tag == "internet":
        return addresses - PRIVATE_V4 - place.tag.ranges, []
    if tag in ("azureloadbalancer", "azureplatformdns", "azureplatformimds", "azureplatformlkm"):
        return EMPTY, []
    if not is_known_tag(tag):
        return EMPTY, []
    listed = tag_ranges(facts, tag)
    if listed is not None:
        return addresses & listed, []
    return EMPTY, [(Symbol("TAG_MEMBERSHIP", tag), addresses - PRIVATE_V4)]


def _network_over_addresses(
    addresses: SpanSet, place: Place
) -> tuple[SpanSet, list[tuple[Symbol, SpanSet]]]:
    tag = place.tag
    held = tag.ranges - place.excluded
    open_parts: list[tuple[Symbol, SpanSet]] = []
    if tag.uncertain or tag.unconnected or tag.default_route is not None:
        rest = addresses - held - place.excluded
        open_parts.append((Symbol("PEERING_STATE_UNSEEN"), rest & tag.uncertain))
        open_parts.append((Symbol("CONNECTIVITY_UNSEEN"), rest & tag.unconnected))
        if tag.default_route is not None:
            open_parts.append((Symbol("TAG_WITH_DEFAULT_ROUTE"), rest))
    return addresses & held, open_parts


def _match_tag_side(facts: Facts, pattern: Pattern, side: TagSide, place: Place) -> Match:
    open_symbols: list[Symbol] = []
    for tag in pattern.tags:
        answer = _tag_against_tag(tag, side, place)
        if answer is True:
            return Match(certain=POINT)
        if answer is not None:
            open_symbols.append(answer)
    public = pattern.spans - PRIVATE_V4
    if public:
        whole = side_ranges(facts, side)
        if whole <= public:
            return Match(certain=POINT)
        if public.overlaps(whole):
            about = ",".join(public.cidrs()[:4])
            open_symbols.append(Symbol("PUBLIC_ADDRESS_UNSEEN", about))
    return Match(open=tuple((symbol, POINT) for symbol in open_symbols))


def side_ranges(facts: Facts, side: TagSide) -> SpanSet:
    """Where a service's public address surely lies: its tag's ranges, else anywhere public."""
    tag = AZURE_REGION_TAG if side.tag == PUBLIC_SERVER else side.tag
    regional = tag_ranges(facts, f"{tag}.{side.region}") if side.region else None
    listed = regional if regional is not None else tag_ranges(facts, tag)
    return listed if listed else PUBLIC_V4


def _tag_against_tag(tag: str, side: TagSide, place: Place) -> Symbol | Literal[True] | None:
    """True, None for no match, or the symbol of an open question."""
    if tag == "virtualnetwork":
        return Symbol("TAG_WITH_DEFAULT_ROUTE") if place.tag.default_route is not None else None
    if tag == "internet":
        return True
    if not is_known_tag(tag):
        return None
    head, _, region = tag.partition(".")
    if region and region_word(region) != side.region:
        return _other_region(head, side)
    if head in (AZURE_REGION_TAG, side.tag):
        return True
    if side.tag == PUBLIC_SERVER and head in SYMBOLS_BY_TAG:
        return Symbol(SYMBOLS_BY_TAG[head])
    return None


def _other_region(head: str, side: TagSide) -> Symbol | None:
    """A regional tag against a service of another region, or one that has no region."""
    if side.region or head not in (AZURE_REGION_TAG, side.tag):
        return None
    return Symbol("TAG_MEMBERSHIP", head)
