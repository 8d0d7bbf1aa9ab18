"""The two files of the Contoso estate."""

from __future__ import annotations

from tests.estates.contoso.base import build
from tests.estates.contoso.faults import lay
from tests.estates.contoso.notes import render
from tests.estates.contoso.side_effects import expected
from tests.estates.writing import snapshot_text


def make() -> tuple[str, str]:
    """The snapshot and its notes."""
    estate = build()
    faults = lay(estate)
    return snapshot_text(estate.world), render(estate, faults, expected(estate))
