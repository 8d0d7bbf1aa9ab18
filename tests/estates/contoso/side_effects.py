"""Findings that follow from the faults without being laid on by themselves."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import SideEffect


def expected(estate: Contoso) -> list[SideEffect]:
    """What else may be reported at error or warning level, and which fault brings it."""
    return []
