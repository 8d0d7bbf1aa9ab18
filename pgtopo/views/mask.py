"""The privacy mask: names and addresses on the screen become pseudonyms that keep their structure.

The same name always becomes the same pseudonym. Addresses that share a prefix share one after it,
too, so that a subnet stays inside its network; which private range an address is from stays as it
is (prefix-preserving address anonymisation after Xu, Fan, Ammar and Moon, "Crypto-PAn").
"""

import hashlib
import re
import secrets
import weakref
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import word_of
from pgtopo.views.lines import Line, Piece
from pgtopo.views.masking import words_kept

_ADDRESS = r"(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?:/(\d{1,2}))?(?![\d.])"
_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_ADDRESS_6 = (
    r"(?<![0-9a-fA-F:.])([0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*)(?:/(\d{1,3}))?(?![\w.])"
)
"""What may be an IPv6 address; times look like it, too."""
_WORD = r"[^\W_][\w-]*"
_WORDS = re.compile(_WORD)
_TOKEN = re.compile(f"({_MAIL})|({_GUID})|{_ADDRESS}|{_ADDRESS_6}|({_WORD})", re.UNICODE)
_KEPT_ADDRESSES = ("168.63.129.16", "0.0.0.0", "255.255.255.255", "169.254.169.254")  # noqa: S104
_BIG = 60_000
"""Texts remembered before they are forgotten again."""


def new_key() -> bytes:
    """A key nobody else has: it decides which pseudonym a name gets."""
    return secrets.token_bytes(16)


class Mask:
    """Pseudonyms for everything one estate gives away; new ones with every start."""

    def __init__(self, topology: Topology, key: bytes | None = None) -> None:
        self._key = key or new_key()
        self._names: dict[str, str] = {}
        self._odd: dict[str, str] = {}
        """Names that are no single word."""
        self._numbers: dict[str, int] = {}
        self._bits: dict[tuple[int, int, int], int] = {}
        self._texts: dict[str, str] = {}
        self._estates: list[weakref.ref[Topology]] = []
        self._odd_names: re.Pattern[str] | None = None
        self.learn(topology)

    # -- learning -----------------------------------------------------------------------------

    def learn(self, topology: Topology) -> None:
        """Give the names of one more estate pseudonyms; known names keep theirs."""
        if self.has_learned(topology):
            return
        for name, word in _names(topology):
            self._learn(name, word)
        odd = sorted(self._odd, key=len, reverse=True)
        self._odd_names = re.compile("|".join(map(re.escape, odd)), re.IGNORECASE) if odd else None
        self._texts.clear()
        self._estates.append(weakref.ref(topology))

    def has_learned(self, topology: Topology) -> bool:
        """Whether every name of an estate has its pseudonym."""
        return any(one() is topology for one in self._estates)

    def _learn(self, name: str, word: str) -> None:
        """Give a name a pseudonym: whole where it is one word, else each of its labels."""
        folded = name.lower()
        if not folded or folded in words_kept():
            return
        if _is_word(folded):
            if folded not in self._names:
                self._names[folded] = self._next(word)
        elif re.fullmatch(r"[\w.-]+", folded):
            for label in folded.split("."):
                self._learn(label, "dns")
        elif folded not in self._odd and len(folded) > 1:
            self._odd[folded] = self._next(word)

    def _next(self, word: str) -> str:
        number = self._numbers[word] = self._numbers.get(word, 0) + 1
        return f"{word}-{number}"

    # -- masking ------------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """The text with every name and address replaced."""
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) >= _BIG:
                self._texts.clear()
            made = text
            if self._odd_names is not None:
                made = self._odd_names.sub(lambda found: self._odd[found[0].lower()], made)
            known = self._texts[text] = _TOKEN.sub(self._replaced, made)
        return known

    def line(self, line: Line) -> Line:
        """The line with every name and address replaced, in what is copied, too."""
        pieces = tuple(Piece(self.text(p.text), p.tone) for p in line.pieces)
        return line._replace(pieces=pieces, copies=self.text(line.copies))

    def lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Lines with every name and address replaced."""
        return tuple(map(self.line, lines))

    def _replaced(self, found: re.Match[str]) -> str:
        mail, guid, address, length, address_6, length_6, word = found.groups()
        if mail:
            return f"{self._digest(mail.lower(), 6)}@masked.example"
        if guid:
            return self._guid(guid.lower())
        if address:
            return self._address(address, length)
        if address_6:
            return self._address_6(address_6, length_6)
        return self._names.get(word.lower(), word)

    def _word(self, found: re.Match[str]) -> str:
        return self._names.get(found[0].lower(), found[0])

    def _digest(self, text: str, size: int) -> str:
        digest = hashlib.blake2b(text.encode(), key=self._key, digest_size=16)
        return digest.hexdigest()[:size]

    def _guid(self, guid: str) -> str:
        digits = self._digest(guid, 32)
        ends = (0, 8, 12, 16, 20, 32)
        return "-".join(digits[a:b] for a, b in pairwise(ends))

    def _address(self, text: str, length: str | None) -> str:
        parts = [int(part) for part in text.split(".")]
        if max(parts) > 255 or text in _KEPT_ADDRESSES or parts[0] == 127:
            return f"{text}/{length}" if length else text
        value = int.from_bytes(bytes(parts))
        bits = min(int(length), 32) if length else 32
        made = self._scrambled(value, range(_fixed_bits(value), bits), 32)
        shown = ".".join(map(str, made.to_bytes(4)))
        return f"{shown}/{length}" if length else shown

    def _address_6(self, text: str, length: str | None) -> str:
        """The same for IPv6; what is no address is words."""
        from ipaddress import AddressValueError, IPv6Address

        end = f"/{length}" if length else ""
        try:
            value = int(IPv6Address(text))
        except AddressValueError:
            return _WORDS.sub(self._word, text) + end
        if value < 2:  # none, and the machine itself
            return text + end
        bits = min(int(length), 128) if length else 128
        return f"{IPv6Address(self._scrambled(value, range(_FIXED_6, bits), 128))}{end}"

    def _scrambled(self, value: int, places: range, width: int) -> int:
        """Bits replaced one by one, each depending on those before it; those after are left out."""
        made = value & ~((1 << (width - places.stop)) - 1)
        for at in places:
            front = value >> (width - at)
            flip = self._bits.get((width, at, front))
            if flip is None:
                seed = f"{at}:{front}" if width == 32 else f"{width}:{at}:{front}"
                flip = self._bits[width, at, front] = int(self._digest(seed, 2), 16) & 1
            made ^= flip << (width - 1 - at)
        return made


_FIXED_6 = 10
"""Bits at the front of an IPv6 address that stay: they tell what kind of address it is."""


def _fixed_bits(value: int) -> int:
    """How many bits at the front stay: those that tell private ranges from one another."""
    for first, bits in ((0x0A, 8), (0xAC, 12), (0xC0, 16), (0x64, 10)):
        if value >> 24 == first:
            return bits
    return 8


def _is_word(text: str) -> bool:
    return re.fullmatch(_WORD, text) is not None


def _names(topology: Topology) -> Iterator[tuple[str, str]]:
    """Every name of the estate with the word its pseudonym begins with."""
    for resource in topology.resources():
        yield resource.name, _stem(resource)
        yield from _inner(resource)
        yield from _segments(resource.id)


_STEMS = {
    "flexible server": "server",
    "virtual network": "net",
    "network security group": "nsg",
    "private DNS zone": "zone",
    "virtual machine": "vm",
    "network interface": "nic",
    "resource group": "group",
    "route table": "routes",
    "private endpoint": "endpoint",
    "subscription": "sub",
    "peering": "peer",
    "zone link": "link",
}


def _stem(resource: Resource) -> str:
    word = word_of(type(resource).KIND)
    return _STEMS.get(word) or word.rsplit(" ", 1)[-1].lower()


_FIELDS = ("label", "fqdn", "domain", "target", "owner", "creator")


def _inner(resource: Resource) -> Iterator[tuple[str, str]]:
    """Names inside a resource: of its rules and routes, host names, domains."""
    for field in _FIELDS:
        value = getattr(resource, field, None)
        if isinstance(value, str):
            yield from ((label, "dns") for label in value.split("."))
    for field, word in (("rules", "rule"), ("routes", "route"), ("connections", "connection")):
        for one in getattr(resource, field, ()):
            name = getattr(one, "name", None)
            if isinstance(one, msgspec.Struct) and isinstance(name, str) and name:
                yield name, word


def _segments(arm_id: ArmId) -> Iterator[tuple[str, str]]:
    """Names in an id: those of the group and of what the resource belongs to."""
    parts = arm_id.split("/")
    for at in range(2, len(parts), 2):
        kind = parts[at - 1]
        if kind in ("resourcegroups", "virtualnetworks", "subnets", "flexibleservers"):
            yield parts[at], _SEGMENTS[kind]


_SEGMENTS = {
    "resourcegroups": "group",
    "virtualnetworks": "net",
    "subnets": "subnet",
    "flexibleservers": "server",
}
