"""Files with odd names, and files that can be read but once."""

from __future__ import annotations

import os
import shlex
import threading
from pathlib import Path

import pytest

from pgtopo.reports.registry import formats
from tests.cli.conftest import Cli

NOT_TEXT = os.fsdecode(b"caf\xe9.json")


@pytest.fixture
def unspeakable(broken: Path) -> str:
    """A file whose name is no text."""
    return str(broken.rename(broken.with_name(NOT_TEXT)))


@pytest.mark.parametrize("form", formats("findings"))
def test_a_name_that_is_no_text_can_be_written_in_every_format(
    cli: Cli, unspeakable: str, form: str
) -> None:
    ran = cli("check", unspeakable, "--format", form, "--fixes", "none")
    assert ran.code in (0, 1), ran.err
    if form == "sarif":
        location = ran.json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "caf%E9.json"


def test_a_triage_file_about_such_a_file_can_be_taken_up_again(
    cli: Cli, unspeakable: str, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    assert cli("triage", unspeakable, "--error", "timeout", "--state", state).code == 0
    assert cli("triage", unspeakable, "--state", state).code == 0
    alone = cli("triage", "--state", state)
    assert alone.code == 4
    assert "no such file" in alone.err


def test_triage_reads_a_pipe_once(cli: Cli, sound: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = sound.read_bytes()
    writer = threading.Thread(target=pipe.write_bytes, args=(data,), daemon=True)
    writer.start()
    ran = cli("triage", pipe, "--error", "timeout", "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.json["data"]["files"] == []
    writer.join(5)


def test_a_command_in_a_hint_can_be_pasted(cli: Cli, sound: Path, tmp_path: Path) -> None:
    secret = tmp_path / "a key; rm x"
    secret.write_text("short")
    ran = cli("redact", sound, "-o", tmp_path / "out.json", "--key-file", secret)
    assert ran.code == 2
    hint = ran.err.splitlines()[-1]
    assert shlex.split(hint.partition(" > ")[2]) == [str(secret)]
