"""A seeded generator of estates of any size.

`python -m tests.estates.generator --spokes 100 --seed 1 --out estate.json` writes one row per line,
and what it holds to `estate.json.manifest.json`.
"""

from tests.estates.generator.chance import FAULTS, Manifest
from tests.estates.generator.stream import generate

__all__ = ["FAULTS", "Manifest", "generate"]
