"""The signs of verdicts, findings and steps: one glyph, one plain twin, one word, one tone each."""

from typing import NamedTuple


class Glyph(NamedTuple):
    """How one answer looks wherever it is shown."""

    sign: str
    ascii: str
    word: str
    tone: str
    """good, bad, mixed, risk, unknown or quiet: what a theme gives a colour to."""

    def shown(self, *, is_ascii: bool = False) -> str:
        """The sign, or its plain twin."""
        return self.ascii if is_ascii else self.sign


OPEN = Glyph("✔", "+", "OPEN", "good")
BLOCKED = Glyph("✖", "x", "BLOCKED", "bad")
MIXED = Glyph("◐", "~", "MIXED", "mixed")
RISK = Glyph("▲", "!", "RISK", "risk")
UNKNOWN = Glyph("?", "?", "UNKNOWN", "unknown")
NOTE = Glyph("·", "-", "NOTE", "quiet")

VERDICTS = {"allowed": OPEN, "blocked": BLOCKED, "mixed": MIXED, "unknown": UNKNOWN}
"""By verdict word."""

SEVERITIES = {
    "error": BLOCKED._replace(word="ERROR"),
    "warning": RISK._replace(word="WARNING"),
    "info": NOTE._replace(word="INFO"),
}
"""By severity of a finding that fails."""


def of_verdict(word: str) -> Glyph:
    """The glyph of a verdict word; unknown for any other word."""
    return VERDICTS.get(word, UNKNOWN)


def of_finding(outcome: str, severity: str) -> Glyph:
    """The glyph of a finding: its severity where it fails, else unknown."""
    return SEVERITIES.get(severity, RISK) if outcome == "fail" else UNKNOWN
