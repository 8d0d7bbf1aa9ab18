"""`pgtopo collect`: the file, the lines on standard error, the exit codes, interrupts."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pgtopo.sources.load import load_files
from tests.cli.conftest import Cli, cli
from tests.live.conftest import Start
from tests.live.estates import FIRST, NSG, RULES, SECOND, flat, with_servers
from tests.live.test_odd_answers import is_page_of_nsgs
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import Call, StandIn

__all__ = ["cli"]
ROOT = Path(__file__).resolve().parents[2]


def started(*words: str, **more: object) -> subprocess.Popen[bytes]:
    """The verb in a process of its own."""
    env = {**os.environ, "PGTOPO_CONFIG": os.devnull}
    line = [sys.executable, "-m", "pgtopo", "collect", *words]
    return subprocess.Popen(line, cwd=ROOT, env=env, **more)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("name", ["out.json", "out.json.gz", "out.json.zst"])
def test_a_snapshot_is_written_for_its_owner_alone(
    name: str, cli: Cli, start: Start, tmp_path: Path
) -> None:
    stand_in = start(with_servers())
    path = tmp_path / name
    ran = cli("collect", "--arm-endpoint", stand_in.url, "-o", path)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.splitlines() == [f"pgtopo: wrote {path}: 12 rows of 1 subscription"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    topology = load_files([path]).topology
    assert not topology.set_aside
    assert not topology.issues
    assert not topology.coverage.is_inferred
    assert topology.coverage.entries


def test_a_file_is_replaced_on_demand_only(cli: Cli, start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(3))
    path = tmp_path / "out.json"
    path.write_text("precious")
    words = ("collect", "--arm-endpoint", stand_in.url, "-o", path)
    ran = cli(*words)
    assert ran.code == 2
    assert "--force" in ran.err
    assert path.read_text() == "precious"
    assert stand_in.calls == []
    assert cli(*words, "--force").code == 0
    assert json.loads(path.read_bytes())["format"] == "pgtopo.snapshot"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("-o", "/nowhere/at/all.json"),
        ("-o", "/"),
        ("-o", "-"),
        ("-o", "/dev/null", "--force"),
        ("-o", "x.json", "--subscription", "prod"),
        ("-o", "x.json", "--arm-endpoint", "http://192.0.2.1"),
        ("-o", "x.json", "--auth", "password"),
    ],
)
def test_a_line_that_does_not_fit(
    words: tuple[str, ...], cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("collect", *words)
    assert ran.code == 2
    assert "hint" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_denied_subscription_is_told_and_counts(cli: Cli, start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(20))
    stand_in.graph.unreadable = {SECOND}
    path = tmp_path / "out.json"
    scope = ("--subscription", FIRST, "--subscription", SECOND)
    ran = cli("collect", "--arm-endpoint", stand_in.url, "-o", path, *scope)
    assert ran.code == 3
    assert (
        f"warning: subscription {SECOND}: not visible to this login; needs the Reader role"
        in ran.err
    )
    assert len(json.loads(path.read_bytes())["rows"]) == 11


def test_a_denied_read_is_told_and_does_not_count(cli: Cli, start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers())
    stand_in.manager.denied = {"firewallrules"}
    path = tmp_path / "out.json"
    ran = cli("collect", "--arm-endpoint", stand_in.url, "-o", path)
    assert ran.code == 0
    assert "server firewall rules of" in ran.err
    assert "needs Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read" in ran.err
    assert "--resume" in ran.err


def test_a_part_that_failed_counts_and_can_be_resumed_in_place(
    cli: Cli, start: Start, tmp_path: Path
) -> None:
    stand_in = start(with_servers())
    inner = error(429, "TooManyRequests", "slow", None, {"Retry-After": "9999"})
    stand_in.fault = lambda call: inner if call.path.endswith("/firewallRules") else None
    path = tmp_path / "out.json.zst"
    assert cli("collect", "--arm-endpoint", stand_in.url, "-o", path).code == 3
    assert load_files([path]).topology.coverage.gaps(RULES)
    stand_in.fault = lambda _call: None
    assert cli("collect", "--arm-endpoint", stand_in.url, "--resume", path).code == 0
    assert not load_files([path]).topology.coverage.gaps(RULES)


def test_a_parent_that_is_gone_is_told_and_does_not_count(
    cli: Cli, start: Start, tmp_path: Path
) -> None:
    stand_in = start(with_servers())
    gone = error(404, "ResourceNotFound", "it is gone")
    stand_in.fault = lambda call: gone if call.path.endswith("psql-1/firewallRules") else None
    ran = cli("collect", "--arm-endpoint", stand_in.url, "-o", tmp_path / "out.json")
    assert ran.code == 0
    assert "psql-1: failed: HTTP 404 ResourceNotFound: it is gone" in ran.err


def test_nothing_at_all_leaves_no_file(cli: Cli, start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(3))
    stand_in.graph.unreadable = {FIRST, SECOND}
    path = tmp_path / "out.json"
    ran = cli("collect", "--arm-endpoint", stand_in.url, "-o", path)
    assert ran.code == 3
    assert ran.err.startswith("pgtopo: error: this login sees no subscription\npgtopo: hint: ")
    assert not path.exists()


def held_at_the_third_page(stand_in: StandIn) -> threading.Event:
    """Lets two pages through and keeps the third waiting; the event tells when."""
    reached = threading.Event()
    pages = 0

    def hold(call: Call) -> Reply | None:
        nonlocal pages
        pages += is_page_of_nsgs(call)
        if pages < 3 or not is_page_of_nsgs(call):
            return None
        reached.set()
        return Reply(200, b" " * 1000, pause=30)

    stand_in.graph.largest_page = 40
    stand_in.fault = hold
    return reached


def test_an_interrupt_leaves_a_usable_partial_snapshot(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(200))
    reached = held_at_the_third_page(stand_in)
    path = tmp_path / "out.json"
    words = ("--arm-endpoint", stand_in.url, "-o", str(path))
    with started(*words, stderr=subprocess.PIPE) as process:
        assert reached.wait(120)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"interrupted" in err
    assert b"Traceback" not in err
    topology = load_files([path]).topology
    assert {entry.status.value for entry in topology.coverage.gaps(NSG)} == {"partial"}
    assert len(json.loads(path.read_bytes())["rows"]) == 82


def test_a_killed_collection_leaves_the_old_file(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(200))
    reached = held_at_the_third_page(stand_in)
    path = tmp_path / "out.json"
    path.write_text("old")
    words = ("--arm-endpoint", stand_in.url, "-o", str(path), "--force")
    with started(*words, stderr=subprocess.DEVNULL) as process:
        assert reached.wait(120)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


KILLED_WHILE_WRITING = """
import os, signal, sys
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
from pgtopo.cli.main import main
main(sys.argv[1:])
"""


def test_a_collection_killed_while_it_writes_leaves_the_old_file(
    start: Start, tmp_path: Path
) -> None:
    stand_in = start(flat(50))
    path = tmp_path / "out.json"
    path.write_text("old")
    words = ["collect", "--arm-endpoint", stand_in.url, "-o", str(path), "--force"]
    line = [sys.executable, "-c", KILLED_WHILE_WRITING, *words]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_text() == "old"


def test_progress_is_shown_to_a_watcher_only(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(60))
    words = ("--arm-endpoint", stand_in.url, "-o", str(tmp_path / "out.json"))
    ours, theirs = pty.openpty()
    seen = b""
    try:
        with started(*words, stderr=theirs) as process:
            process.wait(60)
        os.close(theirs)
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            seen += more
    finally:
        os.close(ours)
    assert b"\r\x1b[2K" in seen
    assert b"resource graph" in seen
    last = seen.rsplit(b"\r\x1b[2K", 1)[-1].decode()
    assert last.strip().endswith("62 rows of 2 subscriptions")
