"""Sets of integers for addresses and ports, and the texts they come from.

Addresses are plain integers inside; text is parsed once at the edge through a cache. A prefix
whose host bits are set is read as the network that contains it, because Azure stores such texts.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from math import inf
from typing import NamedTuple

from pgtopo.model.digits import whole_number

MAX_V4 = (1 << 32) - 1
MAX_PORT = 65535


class Span(NamedTuple):
    """An inclusive range of integers."""

    low: int
    high: int


_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""The same as `Span(low, high)` without a call into Python code."""


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    ordered = sorted(spans)
    if len(ordered) < 2:
        return (_span(ordered[0]),) if ordered and ordered[0][0] <= ordered[0][1] else ()
    merged: list[Span] = []
    at_low, at_high = ordered[0]
    for low, high in ordered[1:]:
        if low <= at_high + 1:
            at_high = max(at_high, high)
        else:
            merged.append(_span((at_low, at_high)))
            at_low, at_high = low, high
    merged.append(_span((at_low, at_high)))
    return tuple(merged)


class SpanSet:
    """An immutable set of integers kept as sorted, disjoint, non-adjacent spans."""

    __slots__ = ("_hash", "spans")

    spans: tuple[Span, ...]

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = _merged(spans)
        self._hash: int | None = None

    @classmethod
    def of(cls, low: int, high: int | None = None) -> "SpanSet":
        """The set of one value, or of one inclusive range."""
        return cls(((low, low if high is None else high),))

    @classmethod
    def _apart(cls, spans: list[Span]) -> "SpanSet":
        """The set of spans that are already sorted, disjoint and not adjacent."""
        made = cls.__new__(cls)
        made.spans = tuple(spans)
        made._hash = None
        return made

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __len__(self) -> int:
        return sum(high - low + 1 for low, high in self.spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpanSet) and self.spans == other.spans

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(self.spans)
        return self._hash

    def __repr__(self) -> str:
        return f"SpanSet({list(map(tuple, self.spans))})"

    def __contains__(self, value: int) -> bool:
        for low, high in self.spans:
            if value <= high:
                return value >= low
        return False

    def __or__(self, other: "SpanSet") -> "SpanSet":
        if not other.spans:
            return self
        return SpanSet(self.spans + other.spans) if self.spans else other

    def __and__(self, other: "SpanSet") -> "SpanSet":
        mine, theirs = self.spans, other.spans
        if not theirs:
            return other
        found: list[Span] = []
        i = j = 0
        while i < len(mine) and j < len(theirs):
            one, two = mine[i], theirs[j]
            low = one[0] if one[0] > two[0] else two[0]
            high = one[1] if one[1] < two[1] else two[1]
            if low <= high:
                is_one = low == one[0] and high == one[1]
                found.append(one if is_one else _span((low, high)))
            if one[1] < two[1]:
                i += 1
            else:
                j += 1
        return SpanSet._apart(found)

    def __sub__(self, other: "SpanSet") -> "SpanSet":
        if not other.spans or not self.spans:
            return self
        left: list[Span] = []
        cuts = other.spans
        start = 0
        for span in self.spans:
            at, high = span
            while start < len(cuts) and cuts[start][1] < at:
                start += 1
            index = start
            while index < len(cuts) and cuts[index][0] <= high:
                low_cut, high_cut = cuts[index]
                if low_cut > at:
                    left.append(_span((at, low_cut - 1)))
                at = high_cut + 1
                index += 1
            if at == span[0]:
                left.append(span)
            elif at <= high:
                left.append(_span((at, high)))
        return SpanSet._apart(left)

    def __le__(self, other: "SpanSet") -> bool:
        theirs = other.spans
        for low, high in self.spans:
            at = bisect_right(theirs, (low, inf)) - 1
            if at < 0 or theirs[at][1] < high:
                return False
        return True

    def overlaps(self, other: "SpanSet") -> bool:
        """Whether the two sets share a value."""
        mine, theirs = self.spans, other.spans
        i = j = 0
        while i < len(mine) and j < len(theirs):
            if mine[i][1] < theirs[j][0]:
                i += 1
            elif theirs[j][1] < mine[i][0]:
                j += 1
            else:
                return True
        return False

    def cidrs(self) -> list[str]:
        """The set, read as IPv4 addresses, as the shortest list of CIDR texts in order."""
        return [text for low, high in self.spans for text in _cidrs(low, high)]


EMPTY = SpanSet()
ANY_V4 = SpanSet.of(0, MAX_V4)
ANY_PORT = SpanSet.of(0, MAX_PORT)


def union(sets: Iterable[SpanSet]) -> SpanSet:
    """The union of any number of sets."""
    return SpanSet(span for one in sets for span in one.spans)


_OCTETS = {f"{value:0{width}}": value for value in range(256) for width in (1, 2, 3)}


@lru_cache(maxsize=1 << 17)
def parse_address(text: str) -> int | None:
    """An IPv4 address in dotted form as an integer; None for anything else."""
    try:
        first, second, third, fourth = map(_OCTETS.__getitem__, text.strip().split("."))
    except (KeyError, ValueError):
        return None
    return first << 24 | second << 16 | third << 8 | fourth


@lru_cache(maxsize=1 << 17)
def parse_prefix(text: str) -> Span | None:
    """The span of an IPv4 address, CIDR or `a-b` range; None where the text is none of these."""
    address, slash, length = text.strip().partition("/")
    if not slash:
        return _parse_range(address)
    value = parse_address(address)
    length = length.strip()
    if value is None or not (length.isascii() and length.isdigit() and len(length) <= 2):
        return None
    bits = int(length)
    if bits > 32:
        return None
    size = 1 << (32 - bits)
    low = value & ~(size - 1)
    return _span((low, low + size - 1))


def _parse_range(text: str) -> Span | None:
    first, dash, last = text.partition("-")
    low = parse_address(first)
    if low is None or not dash:
        return None if low is None else Span(low, low)
    high = parse_address(last)
    return Span(low, high) if high is not None and high >= low else None


@lru_cache(maxsize=1 << 14)
def is_ipv6(text: str) -> bool:
    """Whether a text is an IPv6 address or prefix."""
    if ":" not in text:
        return False
    import ipaddress

    try:
        ipaddress.IPv6Interface(text.strip())
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 16)
def parse_ports(text: str) -> Span | None:
    """The span of `*`, one port or `a-b`; None where the text is none of these."""
    text = text.strip()
    if text == "*":
        return Span(0, MAX_PORT)
    first, dash, last = (part.strip() for part in text.partition("-"))
    low, high = whole_number(first), whole_number(last if dash else first)
    if low is None or high is None:
        return None
    return Span(low, high) if low <= high <= MAX_PORT else None


def format_address(value: int) -> str:
    """The dotted form of an IPv4 address."""
    return f"{value >> 24 & 255}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"


def first_cidr(span: Span) -> str:
    """The CIDR text of the first block of a span; all of it where it is one block."""
    return next(_cidrs(span.low, span.high), "")


def prefix_length(span: Span) -> int | None:
    """The prefix length of a span that is exactly one CIDR block, else None."""
    size = span.high - span.low + 1
    if size & (size - 1) or span.low & (size - 1):
        return None
    return 33 - size.bit_length()


PRIVATE_V4 = SpanSet(
    span
    for span in map(
        parse_prefix, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
    )
    if span is not None
)
"""RFC 1918 and RFC 6598: the ranges Azure's default None routes cover."""


def is_private(value: int) -> bool:
    """Whether an address lies in a range that the internet does not route."""
    return value in PRIVATE_V4 or value >> 16 == 0xA9FE or value >> 24 == 127


def _cidrs(low: int, high: int) -> Iterator[str]:
    while low <= high:
        size = low & -low or 1 << 32
        while size > high - low + 1:
            size >>= 1
        yield f"{format_address(low)}/{33 - size.bit_length()}"
        low += size
