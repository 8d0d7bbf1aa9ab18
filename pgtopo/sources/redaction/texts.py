"""Texts that people write: error messages, output of commands, the words for a client or server.

What the rows name is translated wherever it stands; so are addresses, GUIDs, ids, host names below
Azure's domains, and what a message quotes as the name of a user, role, database or host.
"""

import ipaddress
import re
from collections.abc import Callable, Mapping

from pgtopo.sources.redaction.known import KEPT_DOMAINS, RESERVED_NAMES
from pgtopo.sources.redaction.names import Names
from pgtopo.sources.redaction.values import Values

_SHORT = 6
"""Plain words shorter than this are words of the language, whatever else is called so."""
_PLAIN = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\w[\w-]*")
_FOUR = r"\d{1,3}(?:\.\d{1,3}){3}"
_GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_HOSTS = "|".join(re.escape(one) for one in sorted(KEPT_DOMAINS, key=len, reverse=True))
_TOKENS = re.compile(
    r"(?P<id>/subscriptions/[^\s\"'<>|,;)\]}]+)"
    rf"|(?P<guid>(?<![\w-]){_GUID}(?![\w-]))"
    rf"|(?P<four>(?<![\w.]){_FOUR}(?:/\d{{1,2}}(?!\w))?(?!\w|\.\d))"
    r"|(?P<six>(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]|\.\d{1,3}\.))"
    rf"|(?P<host>(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:{_HOSTS})(?![\w-]|\.\w))"
    r"|(?P<lead>\b(?:user(?:name)?|role|database|login)\s*[=:]?\s*)(?P<mark>[\"'\u201c\u00ab])"
    r"(?P<said>[^\"'\u201d\u00bb\n]{1,128})(?P<close>[\"'\u201d\u00bb])"
    rf"|(?P<word>\w(?:(?!-{_FOUR})[\w-])*)",
    re.IGNORECASE,
)
_ONPREM, _INTERNET = "onprem", "internet"


class Texts:
    """Translates texts into the pseudonyms of one redaction."""

    def __init__(self, values: Values, names: Names) -> None:
        self._values = values
        self._names = names
        self._known: Mapping[str, str] = dict(names.renamed)
        odd = sorted((one for one in self._known if not _WORD.fullmatch(one)), key=len)
        long = [re.escape(one) for one in reversed(odd) if len(one) >= _SHORT]
        self._odd = re.compile("|".join(long), re.IGNORECASE) if long else None
        """Names with blanks and other signs in them, the longest first."""

    def end(self, text: str) -> str:
        """The words for a client or a server, as the redacted estate knows them."""
        said = text.strip()
        word, colon, rest = said.partition(":")
        if word.lower() in (_ONPREM, _INTERNET) and (colon or word.lower() == _INTERNET):
            return f"{word}{colon}{self._address(rest)}"
        if _is_address(said) or said.lower().startswith(("/", "subscriptions/")):
            return self.place(said)
        return self._names.name(said)

    def place(self, text: str) -> str:
        """An address, a prefix or an id; other texts stay."""
        if text.lower().startswith(("/", "subscriptions/")):
            return self._names.arm_id(text)
        return self._address(text)

    def free(self, text: str) -> str:
        """An error message or the output of a command; everything else in it stays."""
        if self._odd is not None:
            text = self._odd.sub(lambda found: self._known[found.group().lower()], text)
        return _TOKENS.sub(self._translated, text)

    def _translated(self, found: re.Match[str]) -> str:
        group = found.lastgroup or ""
        if group == "close":
            said = self._quoted(found["said"])
            return f"{found['lead']}{found['mark']}{said}{found['close']}"
        how: dict[str, Callable[[str], str]] = {
            "id": self._names.arm_id,
            "guid": self._names.guid,
            "four": self._address,
            "six": self._address,
            "host": self._names.domain,
        }
        return how.get(group, self._word)(found.group())

    def _quoted(self, text: str) -> str:
        return text if _is_address(text) else self._names.name(text)

    def _address(self, text: str) -> str:
        if not _is_address(text):
            return text
        return self._values.place(text)

    def _word(self, text: str) -> str:
        folded = text.lower()
        is_plain = len(folded) < _SHORT and _PLAIN.fullmatch(folded) is not None
        if is_plain or folded in RESERVED_NAMES:
            return text
        return self._known.get(folded, text)


def _is_address(text: str) -> bool:
    """Whether a text is an address, a prefix or a range of addresses."""
    try:
        for one in text.split("-"):
            ipaddress.ip_interface(one.strip())
    except ValueError:
        return False
    return True
