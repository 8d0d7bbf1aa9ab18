"""Pseudonyms under a key: one text gets the same one wherever it stands."""

import hashlib
import re
import uuid

from pgtopo.sources.redaction.known import KEPT_DOMAINS, RESERVED_NAMES

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
TYPE = re.compile(r"(?:Microsoft\.\w+|pgtopo)(?:[/.]\w+)*", re.ASCII | re.IGNORECASE)
"""A resource type or a service, as ids and names spell it."""
_HEX_LABEL = re.compile(r"(?=.*[0-9])[0-9a-f]{8,64}")
_TYPE_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")
_NAMESPACE = re.compile(r"(?:microsoft|pgtopo)(?:\.[a-z0-9]+)*", re.IGNORECASE)
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,62}")
_SYLLABLES = [first + second for first in "bdfghklmnprstvwz" for second in "aeiou"]

_KEPT_SUFFIXES = frozenset(
    ".".join(domain.split(".")[start:])
    for domain in KEPT_DOMAINS
    for start in range(len(domain.split(".")))
)


class Names:
    """Renames texts, and remembers what became of each."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.renamed: dict[str, str] = {}
        """Every name that was replaced, in lower case, with its pseudonym."""
        self.guids: dict[str, str] = {}

    def name(self, text: str) -> str:
        """The pseudonym of a name; of each part where it has slashes or dots."""
        if TYPE.fullmatch(text):  # children are often named for the type they are about
            return text
        if "/" in text:
            return "/".join(self.name(part) for part in text.split("/"))
        return self.domain(text)

    def domain(self, text: str) -> str:
        """A host name or zone with its labels renamed; labels of well-known domains stay."""
        made: list[str] = []
        known = ""
        is_known = True
        for label in reversed(text.split(".")):
            known = f"{label.lower()}.{known}" if known else label.lower()
            is_known = is_known and (not label or known in _KEPT_SUFFIXES)
            made.append(label if is_known else self._label(label))
        return ".".join(reversed(made))

    def guid(self, text: str) -> str:
        """A GUID under another number; the one of zeros stays."""
        folded = text.lower()
        if not folded.strip("0-"):
            return text
        known = self.guids.get(folded)
        if known is None:
            known = str(uuid.UUID(bytes=self._digest("guid:" + folded, 16), version=4))
            self.guids[folded] = known
        return known

    def arm_id(self, text: str) -> str:
        """An ARM id whose names and GUIDs are renamed; its structure stays."""
        made: list[str] = []
        expects = ""
        for part in text.split("/"):
            word = part.lower()
            made.append(self._segment(part, expects))
            expects = _after(word, expects)
        return "/".join(made)

    def _segment(self, part: str, expects: str) -> str:
        if not part:
            return part
        kept = {
            "": lambda: part.lower() in _KEYWORDS,
            "namespace": lambda: _NAMESPACE.fullmatch(part) is not None,
            "type": lambda: _TYPE_WORD.fullmatch(part) is not None,
            "parameter": lambda: _PARAMETER.fullmatch(part) is not None,
        }.get(expects)
        if kept is not None and kept():
            return part
        return self.name(part)

    def _label(self, text: str) -> str:
        folded = text.strip().lower()
        if not folded or folded in RESERVED_NAMES:
            return text
        if _GUID.fullmatch(folded):
            return self.guid(folded)
        known = self.renamed.get(folded)
        if known is None:
            known = self._pseudonym(folded)
            self.renamed[folded] = known
        return known

    def _pseudonym(self, folded: str) -> str:
        digest = self._digest("name:" + folded, 32)
        if _HEX_LABEL.fullmatch(folded):  # record names of injected servers keep their form
            return digest.hex()[: len(folded)]
        spoken = "".join(_SYLLABLES[one % len(_SYLLABLES)] for one in digest[:3])
        return f"{spoken}-{digest[3:6].hex()}"

    def _digest(self, text: str, size: int) -> bytes:
        content = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, key=self._key, digest_size=size).digest()


_OPEN_NAMES = frozenset({"configurations", "servicetags"})
"""Types whose names Azure chose."""

_KEYWORDS = frozenset({"subscriptions", "resourcegroups", "providers", "managementgroups"})


def _after(word: str, expects: str) -> str:
    """What follows a segment: a name, a namespace, a type, or a keyword."""
    if word == "providers" and expects in ("", "type"):
        return "namespace"
    if expects == "" and word in _KEYWORDS:
        return "name"
    if expects == "namespace":
        return "type"
    if expects == "type":
        return "parameter" if word in _OPEN_NAMES else "child name"
    if expects in ("child name", "parameter"):
        return "type"
    return ""
