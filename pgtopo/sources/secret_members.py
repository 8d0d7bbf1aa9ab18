"""Keeps what looks like a secret out of rows that are shown."""

import re
from typing import Any

NOT_SHOWN = "(not shown)"

_HARMLESS = frozenset({"passwordauth", "password_encryption", "publickey"})
_SECRET_NAME = re.compile(
    r"(?:passwords?|passwd|pwd|secrets?|tokens?|credentials?|connectionstrings?|keys?|keydata"
    r"|sas(?:uri|url)?|osprofile|customdata|userdata|protectedsettings|authorization)"
    r"_?(?:value|hash)?\d*$"
)
_SECRET_TEXT = re.compile(
    r"(?:account|shared(?:access)?|access)key(?:value)?\s*=|sharedaccesssignature|[?&]sig="
    r"|(?:password|pwd)\s*=|-----BEGIN|://[^/\s:@]+:[^/\s@]+@|\beyJ[\w-]{10,}\.",
    re.IGNORECASE,
)


def without_secrets(value: Any) -> Any:
    """A JSON value in which what looks like a secret is replaced by `(not shown)`."""
    if isinstance(value, dict):
        return {
            key: NOT_SHOWN if _is_secret(key, one) else without_secrets(one)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(one) for one in value]
    if isinstance(value, str) and _SECRET_TEXT.search(value):
        return NOT_SHOWN
    return value


def _is_secret(name: str, value: Any) -> bool:
    """Whether a member must not be shown; switches, numbers and empty values may be."""
    if value is None or isinstance(value, bool | int | float) or value in ("", [], {}):
        return False
    folded = name.lower().replace("-", "_")
    return folded not in _HARMLESS and _SECRET_NAME.search(folded) is not None
