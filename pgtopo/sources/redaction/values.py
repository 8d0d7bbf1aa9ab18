"""Texts of properties under their rules."""

import ipaddress
import re

from pgtopo.sources.redaction.addresses import AddressMap
from pgtopo.sources.redaction.fields import Rule
from pgtopo.sources.redaction.names import TYPE, Names

REMOVED = "removed"
"""What stands for free text."""

_WORD = re.compile(
    r"(?:(?:PowerState|ProvisioningState)/)?[\w*][\w .:+,*-]{0,79}", re.ASCII | re.IGNORECASE
)
_TAG = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)?")
_PORTS = re.compile(r"[0-9*][0-9*, -]*")
_PARAMETER = re.compile(
    r"on|off|true|false|yes|no|none|all|default|replica|logical|minimal|-?[0-9]+(?:\.[0-9]+)?"
    r"|TLSv1(?:\.[0-3])?|md5|scram-sha-256|transaction|session|statement",
    re.IGNORECASE,
)
_LOOKS_LIKE_ADDRESS = re.compile(r"[0-9a-fA-F.:]+(?:/[0-9]+)?")


class Values:
    """Redacts single texts, each kind of text in its own way."""

    def __init__(self, names: Names, four: AddressMap, six: AddressMap) -> None:
        self._names = names
        self._maps = {4: four, 6: six}
        self.kept_words: set[str] = set()
        """Words that were taken for Azure's own, in lower case."""
        self.addresses: dict[str, str] = {}
        """Every address text that was changed, with what it became."""

    def redacted(self, text: str, rule: Rule) -> str:
        """The text as the rule has it."""
        match rule:
            case Rule.WORD | Rule.SKU:
                return self._word(text)
            case Rule.NAME:
                return self._names.name(text)
            case Rule.DOMAIN:
                return self._domain(text)
            case Rule.PARAMETER:
                return text if _PARAMETER.fullmatch(text.strip()) else REMOVED
            case Rule.TEXT:
                return REMOVED if text else text
            case Rule.PLACE | Rule.INSIDE | Rule.TAGS:
                return self.place(text)

    def place(self, text: str) -> str:
        """An address, prefix, range, id, service tag, or a list of them with commas."""
        if "," in text:
            return ",".join(self.place(one) for one in text.split(","))
        bare = text.strip()
        if not bare or _PORTS.fullmatch(bare):
            return text
        if bare.startswith("/"):
            return text.replace(bare, self._names.arm_id(bare))
        mapped = self._network(bare)
        if mapped is not None:
            return text.replace(bare, mapped)
        if TYPE.fullmatch(bare):
            self.kept_words.add(bare.lower())
            return text
        if "/" in bare:
            return self._names.arm_id(bare)
        if _TAG.fullmatch(bare):
            self.kept_words.add(bare.lower())
            return text
        return self._names.name(text)

    def _domain(self, text: str) -> str:
        if _LOOKS_LIKE_ADDRESS.fullmatch(text) and (mapped := self._network(text)):
            return mapped
        return self._names.name(text)

    def _word(self, text: str) -> str:
        if not text or _WORD.fullmatch(text) or TYPE.fullmatch(text):
            self.kept_words.add(text.lower())
            return text
        return self._names.name(text)

    def _network(self, text: str) -> str | None:
        """An address, a prefix or a range under its new number; nothing where it is none."""
        known = self.addresses.get(text)
        if known is None:
            known = self._renumbered(text)
            if known is not None and known != text:
                self.addresses[text] = known
        return known

    def _renumbered(self, text: str) -> str | None:
        low, dash, high = text.partition("-")
        if dash:
            ends = [self._renumbered(one.strip()) for one in (low, high)]
            return f"{ends[0]}-{ends[1]}" if all(ends) else None
        try:
            found = ipaddress.ip_interface(text)
        except ValueError:
            return None
        _, slash, length = text.partition("/")
        return f"{self._moved(found.ip)}{slash}{length}"

    def _moved(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
        """An address under its new number; one of IPv4 written as IPv6 under that of IPv4."""
        if isinstance(address, ipaddress.IPv4Address):
            return str(ipaddress.IPv4Address(self._maps[4].mapped(int(address))))
        if address.ipv4_mapped is not None:
            return f"::ffff:{self._moved(address.ipv4_mapped)}"
        return str(ipaddress.IPv6Address(self._maps[6].mapped(int(address))))
