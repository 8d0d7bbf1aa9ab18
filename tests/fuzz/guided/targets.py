"""What is fuzzed: each target takes any bytes, and ends without an error nobody expects."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.guided import kinds, reading, replies, scalars, texts

Target = Callable[[bytes], None]

TARGETS: dict[str, Target] = {
    "files": reading.file,
    "kinds": kinds.row,
    "scalars": scalars.scalar,
    "texts": texts.text,
    "replies": replies.reply,
}
"""By name; each has a folder of its name under `corpus/`."""
