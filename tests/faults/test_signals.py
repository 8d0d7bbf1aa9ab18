"""SIGTERM and SIGHUP end the program as an interrupt does; `nohup` keeps its word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from pgtopo.sources.load import load_files
from tests.faults.program import HEALTHY, everything, require_told, run, started
from tests.live.conftest import Start
from tests.live.estates import NSG, flat
from tests.live.test_collect_verb import held_at_the_third_page
from tests.thorough import some

ENDING = [signal.SIGTERM, signal.SIGHUP]
AT_THE_END = "import os\nos.fsync = lambda handle: os.kill(os.getpid(), {number})"
"""The signal comes when everything is written and nothing is in place yet."""


@pytest.mark.parametrize("number", ENDING)
def test_while_reading(number: signal.Signals, tmp_path: Path) -> None:
    pipe = tmp_path / "slow.json"
    os.mkfifo(pipe)
    with started("list", "servers", pipe, home=tmp_path) as running, pipe.open("wb"):
        while running.poll() is None:  # one that comes just before a read begins is heard after it
            running.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                running.wait(10)
        out, err = running.communicate()
    assert (running.returncode, out) == (130, b"")
    require_told(err, "interrupted")


@pytest.mark.parametrize("number", some(ENDING, 3))
def test_while_a_file_is_written(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "findings.json"
    path.write_text("old")
    before = AT_THE_END.format(number=int(number))
    ran = run(
        "list", "servers", HEALTHY, "--format", "json", "-o", path, home=tmp_path, before=before
    )
    assert ran.returncode == 130
    require_told(ran.stderr, "interrupted")
    assert path.read_text() == "old"
    assert list(everything(tmp_path)) == ["findings.json"]


@pytest.mark.parametrize("number", ENDING)
def test_a_collection_keeps_what_it_has(
    number: signal.Signals, start: Start, tmp_path: Path
) -> None:
    stand_in = start(flat(200))
    reached = held_at_the_third_page(stand_in)
    path = tmp_path / "out.json"
    words = ("collect", "--arm-endpoint", stand_in.url, "-o", path)
    with started(*words, home=tmp_path) as running:
        assert reached.wait(60)
        running.send_signal(number)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"interrupted" in err
    assert {gap.status.value for gap in load_files([path]).topology.coverage.gaps(NSG)} == {
        "partial"
    }


def test_who_hangs_up_on_nohup_is_not_heard(tmp_path: Path) -> None:
    before = "import os, signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)"
    before += f"\nos.fsync = lambda handle: os.kill(os.getpid(), {int(signal.SIGHUP)})"
    path = tmp_path / "servers.json"
    ran = run(
        *("list", "servers", HEALTHY, "--format", "json", "-o", path), home=tmp_path, before=before
    )
    assert ran.returncode == 0
    assert json.loads(path.read_bytes())["items"]


KILLED = AT_THE_END.format(number=int(signal.SIGKILL))


@pytest.mark.parametrize("verb", some(["list", "redact"], 3))
def test_killed_while_writing(verb: str, tmp_path: Path) -> None:
    """The old file is whole; what is left beside it is its owner's, and in nobody's way."""
    path = tmp_path / "out.json"
    path.write_text("old")
    words = {
        "list": ("list", "servers", HEALTHY, "--format", "json", "-o", path),
        "redact": ("redact", HEALTHY, "-o", path, "--force"),
    }[verb]
    assert run(*words, home=tmp_path, before=KILLED).returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    (left,) = (one for one in tmp_path.iterdir() if one != path)
    assert left.name.startswith(".out.json.")
    assert left.name.endswith(".part")
    assert left.stat().st_mode & 0o077 == 0
    assert run(*words, home=tmp_path).returncode == 0
    assert path.read_text() != "old"
