"""Takes secrets out of pasted text before it is kept, shown or handed over."""

import re

_HIDDEN = "********"
_PASSWORD = re.compile(
    r"\b(\w{0,40}(?:password|passwd|pwd)['\"]?\s*[=:]\s*)(?!(?:true|false|null)\b)"
    r"((?:'[^'\n]*'|\"[^\"\n]*\"|[^\s;,&'\"]|['\"](?=[^\s;,&]))+)",
    re.I,
)
_OTHERS = (
    (re.compile(r"(://[^\s:/@]{0,200}:)[^\s@/]{1,500}(?=@)"), rf"\1{_HIDDEN}"),
    (re.compile(r"\beyJ[\w-]{5,}(?:\.[\w-]*)*"), _HIDDEN),
    (re.compile(r"(\bsig=)[\w%+/=-]{10,}", re.I), rf"\1{_HIDDEN}"),
)


def scrubbed(text: str) -> str:
    """The text with passwords, tokens and signatures replaced by stars."""
    for pattern, shown in _OTHERS:
        text = pattern.sub(shown, text)
    return _PASSWORD.sub(_starred, text)


def _starred(found: re.Match[str]) -> str:
    """The name and stars, in the quotes the value stood in, so that JSON stays JSON."""
    value = found[2]
    quote = value[0] if value[0] in "'\"" and value[-1] == value[0] and len(value) > 1 else ""
    return f"{found[1]}{quote}{_HIDDEN}{quote}"
