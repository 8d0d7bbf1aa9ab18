"""Text from data, shown as it is: nothing in it may act on the terminal or hide from the reader."""


def printable(text: str) -> str:
    r"""The text with everything invisible or active spelled out (`\x1b`, `\u202e`, `\n`).

    Control characters, escape sequences, bidirectional overrides, zero-width characters and
    lone surrogates become visible; clean text is returned as it is.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _spelled(one) for one in text)


def _spelled(one: str) -> str:
    if one in _SHORT:
        return _SHORT[one]
    code = ord(one)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
