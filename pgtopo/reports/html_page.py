"""What every HTML page has in common: nothing is loaded from anywhere, and data is only text."""

from html import escape

from pgtopo.views.literal import printable

END = "</body></html>"


def begin(title: str, policy: str, css: str) -> list[str]:
    """The lines up to the body; the policy says what a browser may do with the page."""
    return [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title><style>{css}</style></head><body>",
    ]


def text(data: str) -> str:
    """A text from data, which a page shows literally."""
    return escape(printable(data))


def code(data: str) -> str:
    """The same as code."""
    return f"<code>{text(data)}</code>"
