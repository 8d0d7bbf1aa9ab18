"""How long a step took."""

import time


def since(began: float) -> float:
    """Milliseconds since a reading of the monotonic clock, to a tenth."""
    return round((time.monotonic() - began) * 1000, 1)
