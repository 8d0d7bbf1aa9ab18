"""Streams that are closed, or that cannot carry every letter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import HEALTHY, surroundings
from tests.thorough import some

PROGRAM = f'"{sys.executable}" -m pgtopo'
NARROW = {
    "ascii": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
    "unknown": {"LC_ALL": "xx_YY.nothing", "TERM": "dumb", "TZ": "No/Where", "COLUMNS": "-3"},
}


def shell(script: str, home: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", script],
        env=surroundings(home, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("closed", some(["<&- >&- 2>&-", "<&-", ">&-", "2>&-"], 2))
def test_closed_streams(closed: str, tmp_path: Path) -> None:
    """A file that is written meanwhile may get the number of a closed stream, and stays clean."""
    path = tmp_path / "servers.json"
    script = f"{PROGRAM} list servers {HEALTHY} --format json -o {path} {closed}; echo $? >code"
    shell(f"cd {tmp_path}; {script}", tmp_path)
    assert (tmp_path / "code").read_text() == "0\n"
    assert json.loads(path.read_bytes())["items"]


def test_no_terminal(tmp_path: Path) -> None:
    for words in (str(HEALTHY), "live --arm-endpoint http://127.0.0.1:9"):
        ran = shell(f"{PROGRAM} {words}", tmp_path)
        assert ran.returncode == 2
        assert b"needs a terminal" in ran.stderr
        assert ran.stdout == b""
    ran = shell(f"{PROGRAM} {HEALTHY} <&- >&- 2>&-", tmp_path)
    assert ran.returncode == 2


@pytest.mark.parametrize("name", some(sorted(NARROW), 3))
def test_letters_the_locale_does_not_know(name: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    kind = "Microsoft.DBforPostgreSQL/flexibleServers"
    place = f"/subscriptions/s/resourceGroups/g/providers/{kind}/psql-Ω🐘"
    path.write_text(json.dumps([{"id": place, "type": kind, "name": "psql-Ω🐘"}]))
    for words in (f"check {path} --fixes none", "list servers missing-Ω"):
        ran = shell(f"{PROGRAM} {words}", tmp_path, **NARROW[name])
        assert ran.returncode in (0, 1, 4), ran.stderr
        assert b"bug" not in ran.stderr
        assert b"Traceback" not in ran.stderr
    ran = shell(f"{PROGRAM} list servers {path} --format json", tmp_path, **NARROW[name])
    assert json.loads(ran.stdout)["items"][0]["name"] == "psql-Ω🐘"
