"""What goes wrong is told in one line of cause and one of hint, with the right exit code."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from pgtopo import __version__
from pgtopo.cli import parsing
from tests.cli.conftest import Cli, sound_world, told, written

ROOT = Path(__file__).resolve().parents[2]


def is_cause_and_hint(err: str) -> bool:
    lines = err.splitlines()
    return (
        len(lines) == 2
        and lines[0].startswith("pgtopo: error: ")
        and lines[1].startswith("pgtopo: hint: ")
    )


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "--no-such-option", "x.json"],
        ["check", "x.json", "--fail-on", "often"],
        ["check", "x.json", "--form", "json"],
        ["list"],
        ["list", "serverz", "x.json"],
        ["list", "servers"],
        ["explain", "no-such-check"],
        ["checks", "--select", "PGT999"],
        ["help", "no-such-topic"],
        ["completion", "tcsh"],
        ["chekc"],
    ],
)
def test_a_misfit_is_a_usage_error(cli: Cli, words: list[str]) -> None:
    ran = cli(*words)
    assert ran.code == 2
    assert ran.out == b""
    assert is_cause_and_hint(ran.err)


def test_an_unknown_check_is_a_usage_error(cli: Cli, sound: Path) -> None:
    ran = cli("check", sound, "--select", "no-such-check")
    assert ran.code == 2
    assert ran.out == b""
    assert is_cause_and_hint(ran.err)


def test_a_mistyped_word_is_answered_with_the_near_one(cli: Cli) -> None:
    assert "pgtopo check" in cli("chekc").err
    assert "'servers'" in cli("list", "server", "x.json").err


def test_a_missing_file_is_unusable(cli: Cli, tmp_path: Path) -> None:
    for words in (["check"], ["list", "servers"], []):
        ran = cli(*words, tmp_path / "absent.json")
        assert ran.code == 4
        assert ran.out == b""
        assert "absent.json" in ran.err
        assert is_cause_and_hint(ran.err)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json at all",
        b'{"format": "pgtopo.snapshot", "version": 1, "rows": [',
        b"\x00\x01\x02\x03",
        b"42",
        b'"text"',
    ],
)
def test_a_broken_file_is_unusable_and_says_where(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    ran = cli("check", path)
    assert ran.code == 4
    assert "broken.json" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("ending", [".zst", ".gz"])
def test_a_truncated_packed_file_is_unusable(cli: Cli, tmp_path: Path, ending: str) -> None:
    text = written(tmp_path / "whole.json", sound_world().snapshot()).read_bytes()
    packed = zstandard.compress(text) if ending == ".zst" else gzip.compress(text)
    path = tmp_path / f"cut.json{ending}"
    path.write_bytes(packed[: len(packed) // 2])
    ran = cli("check", path)
    assert ran.code == 4
    assert ran.out == b""
    assert is_cause_and_hint(ran.err)


@pytest.mark.parametrize("ending", [".zst", ".gz"])
def test_packed_files_are_read_like_plain_ones(
    cli: Cli, tmp_path: Path, sound: Path, ending: str
) -> None:
    text = sound.read_bytes()
    path = tmp_path / f"packed.json{ending}"
    path.write_bytes(zstandard.compress(text) if ending == ".zst" else gzip.compress(text))
    plain = cli("list", "servers", sound, "--format", "json")
    assert cli("list", "servers", path, "--format", "json").out == plain.out


def test_a_bug_is_70_and_shows_its_place_only_when_asked(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(words: list[str]) -> int:
        raise KeyError("oops")

    monkeypatch.setattr(parsing, "run", broken)
    ran = cli("checks")
    assert ran.code == 70
    assert is_cause_and_hint(ran.err)
    assert "Traceback" in cli("checks", "--debug").err


def test_an_interrupt_is_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(parsing, "run", interrupted)
    ran = cli("checks")
    assert ran.code == 130
    assert "Traceback" not in ran.err


def test_names_from_the_command_line_are_shown_literally(cli: Cli, tmp_path: Path) -> None:
    ran = cli("check", tmp_path / "a\x1b[31mb\u202e.json")
    assert ran.code == 4
    assert "\x1b" not in ran.err
    assert "\\x1b[31mb\\u202e" in ran.err


def test_the_interface_needs_a_terminal(cli: Cli, sound: Path) -> None:
    for words in ([sound], ["demo"], []):
        ran = cli(*words)
        assert ran.code == 2
        assert "terminal" in ran.err


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").text == f"pgtopo {__version__}\n"
    for words in (["--help"], ["help"], ["check", "--help"], ["help", "check"]):
        ran = cli(*words)
        assert ran.code == 0
        assert "usage: pgtopo" in ran.text
        assert ran.err == ""


def shell(script: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    program = f'"{sys.executable}" -m pgtopo "$@"'
    return subprocess.run(
        ["bash", "-c", script.replace("PGTOPO", program), "bash", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_a_reader_that_leaves_early_is_no_error() -> None:
    estate = ROOT / "snapshots" / "contoso" / "snapshot.json"
    script = 'PGTOPO | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"'
    done = shell(script, "list", "rules", estate, "--format", "json")
    assert done.stdout.strip() == "0"
    assert told(done.stderr) == ""


def test_a_closed_standard_output_is_no_error(sound: Path) -> None:
    done = shell("PGTOPO >&-", "list", "servers", sound)
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_full_disk_is_told_without_a_traceback(sound: Path) -> None:
    done = shell("PGTOPO >/dev/full", "list", "servers", sound)
    assert done.returncode == 2
    assert is_cause_and_hint(done.stderr)


def test_ctrl_c_while_reading_leaves_with_130(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.json"
    os.mkfifo(pipe)
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from pgtopo.__main__ import main; main()"
    )
    words = [sys.executable, "-c", program, "list", "servers", str(pipe)]
    with (
        subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as running,
        pipe.open("wb") as stream,
    ):  # opens when the program does, so that it is reading
        stream.write(b"[")
        stream.flush()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=120)
    assert running.returncode == 130
    assert out == ""
    assert "interrupted" in err
    assert "Traceback" not in err


def test_the_interface_does_not_read_standard_input(cli: Cli) -> None:
    ran = cli("-")
    assert ran.code == 2
    assert is_cause_and_hint(ran.err)
    assert "pgtopo check -" in ran.err
