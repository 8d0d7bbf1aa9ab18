"""Runs pgtopo as a program of its own, with folders of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
HEALTHY = ROOT / "snapshots" / "healthy" / "snapshot.json"
GALLERY = ROOT / "snapshots" / "gallery" / "access.json"
PATIENCE_S = 120.0

BEGIN = "from pgtopo.__main__ import main; main()"
"""Starts the program from a script that has prepared something before."""


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Variables of a user whose home this is, and nothing else of the machine's."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    own = {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **own, **more}


def line(*words: str | Path, before: str = "") -> list[str]:
    """The words that start it; `before` is run in the program before it begins."""
    start = ["-c", f"{before}\n{BEGIN}"] if before else ["-m", "pgtopo"]
    return [sys.executable, *start, *map(str, words)]


def run(
    *words: str | Path,
    home: Path,
    before: str = "",
    limits: Callable[[], None] | None = None,
    variables: Mapping[str, str] | None = None,
    **options: Any,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line to its end."""
    options.setdefault("stdin", subprocess.DEVNULL)
    if "stdout" not in options:
        options["capture_output"] = True
    return subprocess.run(
        line(*words, before=before),
        env=surroundings(home, **(variables or {})),
        preexec_fn=limits,
        timeout=PATIENCE_S,
        check=False,
        **options,
    )


def started(
    *words: str | Path, home: Path, before: str = "", stdin: int | IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Begin a command line, and go on."""
    return subprocess.Popen(
        line(*words, before=before),
        env=surroundings(home),
        stdin=stdin if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def require_told(err: bytes, *words: str) -> None:
    """One line of cause and one of hint, with these words in them and no traceback."""
    text = err.decode()
    lines = text.splitlines()[-2:]
    assert text.count("error: ") == 1, text
    assert "Traceback" not in text
    assert lines[0].startswith("pgtopo: error: "), text
    assert lines[1].startswith("pgtopo: hint: "), text
    assert all(word in text for word in words), text


def everything(folder: Path) -> Iterator[str]:
    """Every file below a folder."""
    yield from sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
