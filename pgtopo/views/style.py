"""How text is to be written: for which width, with which signs, with or without colour."""

from typing import NamedTuple

from pgtopo.views.glyphs import Glyph


class Style(NamedTuple):
    """The reader's terminal; the defaults are for a file or a pipe."""

    width: int | None = None
    """None where nothing may be shortened."""
    is_ascii: bool = False
    has_color: bool = False
    has_full_ids: bool = False
    """Whether resources are shown by their whole id, which is then never shortened."""

    def sign(self, glyph: Glyph) -> str:
        """The sign of a glyph, coloured where there is colour."""
        return self.painted(glyph.shown(is_ascii=self.is_ascii), glyph.tone)

    def marked(self, glyph: Glyph) -> str:
        """Sign and word of a glyph."""
        return self.painted(f"{glyph.shown(is_ascii=self.is_ascii)} {glyph.word}", glyph.tone)

    def painted(self, text: str, tone: str) -> str:
        """The text in the colour of a tone."""
        code = _COLORS.get(tone) if self.has_color else None
        return f"\x1b[{code}m{text}\x1b[0m" if code else text

    @property
    def dots(self) -> str:
        """What stands for a part left out."""
        return ".." if self.is_ascii else "…"


PLAIN = Style()

_COLORS = {
    "bad": "31",
    "mixed": "35",
    "risk": "33",
    "unknown": "36",
    "good": "32",
    "quiet": "2",
    "strong": "1",
}
