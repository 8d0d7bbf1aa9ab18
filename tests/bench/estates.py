"""Generated estates, kept between runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SEED = 1


class Estate(NamedTuple):
    """One estate as files."""

    spokes: int
    plain: Path
    packed: Path

    @property
    def megabytes(self) -> float:
        """Size of the plain file."""
        return self.plain.stat().st_size / 1e6


def made(spokes: int, folder: Path) -> Estate:
    """An estate of so many spokes; written where it is not there yet."""
    plain, packed = folder / f"estate-{spokes}.json", folder / f"estate-{spokes}.json.zst"
    for path, extra in ((plain, []), (packed, ["--zstd"])):
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            options = ["--spokes", str(spokes), "--seed", str(SEED), "--out", str(path), *extra]
            subprocess.run([sys.executable, "-m", "tests.estates.generator", *options], check=True)
    return Estate(spokes, plain, packed)


def given(path: Path, folder: Path) -> Estate:
    """A file of the caller's, with a packed copy beside the generated ones."""
    import zstandard

    packed = folder / f"{path.name}.zst"
    if not packed.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source, packed.open("wb") as target:
            zstandard.ZstdCompressor(level=6).copy_stream(source, target)
    return Estate(0, path, packed)
