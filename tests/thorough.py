"""Whether there is time for every case: `PGTOPO_THOROUGH=1`, as in CI; goldens are all written.

Without it, the slowest tests take a fixed sample of their cases, so that the whole suite stays
within three minutes on two cores.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

THOROUGH = any(os.environ.get(one) for one in ("PGTOPO_THOROUGH", "PGTOPO_UPDATE_GOLDENS"))


def some(cases: Sequence[T], every: int) -> Sequence[T]:
    """All cases where there is time, else every so manieth."""
    return cases if THOROUGH else cases[::every]
