"""Takes secrets out of pasted text before it is kept, shown or handed over."""

import re

_HIDDEN = "********"
_PATTERNS = (
    (re.compile(r"(://[^\s:/@]{0,200}:)[^\s@/]{1,500}(?=@)"), rf"\1{_HIDDEN}"),
    (
        re.compile(
            r"\b(\w{0,40}(?:password|passwd|pwd)['\"]?\s*[=:]\s*)"
            r"(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s;,&'\"]|['\"](?=[^\s;,&]))+",
            re.I,
        ),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"\beyJ[\w-]{5,}(?:\.[\w-]*)*"), _HIDDEN),
    (re.compile(r"(\bsig=)[\w%+/=-]{10,}", re.I), rf"\1{_HIDDEN}"),
)


def scrubbed(text: str) -> str:
    """The text with passwords, tokens and signatures replaced by stars."""
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    return text
