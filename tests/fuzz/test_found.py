"""Inputs that once ended in a traceback: each now has an answer or a refusal."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import msgspec
import pytest

from pgtopo.checks import suppression
from pgtopo.cli.main import main
from pgtopo.errors import SnapshotError, UsageError
from pgtopo.model.digits import whole_number
from pgtopo.model.net import Span, parse_ports
from pgtopo.probe.startup import Login, start
from pgtopo.probe.wire import Wire
from pgtopo.sources import settings_file
from pgtopo.sources.azure import rows
from pgtopo.sources.azure.reads import reads
from pgtopo.sources.pointer import has, put
from pgtopo.triage import state
from pgtopo.triage.scrub import scrubbed
from pgtopo.views.whatif.option import number_of
from tests.cli.conftest import sound_world, written

LONG = "9" * 5000
"""More digits than Python turns into a number."""


@pytest.mark.parametrize("text", [LONG, f"1-{LONG}", f"{LONG}-{LONG}", "²", "٣-٤", "1-²"])
def test_ports_that_are_no_numbers(text: str) -> None:
    assert parse_ports(text) is None


def test_numbers_are_ascii_digits_of_a_sensible_length() -> None:
    assert [whole_number(text) for text in ("0", "007", "1" * 18)] == [0, 7, int("1" * 18)]
    assert [whole_number(text) for text in ("", "-1", "²", "٣", "1" * 19)] == [None] * 5
    assert parse_ports("22") == Span(22, 22)


@pytest.mark.parametrize("step", [LONG, "²"])
def test_places_in_lists_that_are_no_numbers(step: str) -> None:
    row = {"properties": {"list": [{"name": "a"}]}}
    assert not has(row, ("properties", "list", step))
    put(row, ("properties", "list", step), {"name": step}, "here")
    assert has(row, ("properties", "list", step))


@pytest.mark.parametrize("columns", [LONG, "²", "999999999999"])
def test_widths_that_no_terminal_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    path = written(tmp_path / "sound.json", sound_world().snapshot())
    assert main(["list", "servers", str(path)]) == 0


def test_numbers_that_are_typed_without_end() -> None:
    with pytest.raises(UsageError):
        number_of(LONG, 1, 90)


def test_numbers_without_end_in_files_of_the_user() -> None:
    with pytest.raises(SnapshotError):
        suppression.parse(f"suppress = {LONG}", "here")
    with pytest.raises(UsageError):
        settings_file.parse(f"theme = {LONG}", "here")


def test_a_check_id_with_a_raised_digit() -> None:
    assert suppression.family_of("PGT²03") == ""


def test_a_triage_file_that_is_no_text() -> None:
    with pytest.raises(SnapshotError):
        state.parse(b'{"schema": "\xff"}', "here")


@pytest.mark.parametrize("kind", [read.kind for read in reads() if read.parent])
def test_rows_of_a_list_that_break_beyond_their_head(kind: str) -> None:
    read = next(one for one in reads() if one.kind == kind)
    whole = msgspec.Raw(b'{"id":"/a/b","type":"t","properties":{"x":"\xff"}}')
    nameless = msgspec.Raw(b'{"name":"a","properties":{"x":"\xff"}}')
    assert all(row.id for row in rows.of_listing(read, "/parent", [whole, nameless]))


@pytest.mark.parametrize(
    "text",
    [
        'postgres://u:S3cret@h/db?-password=",S3cret"S3cret',
        "password=S3cret'S3cret",
        'password="S3cret" S',
        '{"administratorLoginPassword": "S3cret S3cret"}',
        "PGPASSWORD=it'S3cret psql",
        "sslpassword : S3cret;",
    ],
)
def test_passwords_go_whatever_is_around_them(text: str) -> None:
    once = scrubbed(text)
    assert "S3cret" not in once
    assert scrubbed(once) == once


def test_what_is_no_password_stays_and_json_stays_json() -> None:
    text = '{"sent_password": false, "password": "S3cret", "port": 5432}'
    assert json.loads(scrubbed(text)) == {"sent_password": False, "password": "*" * 8, "port": 5432}


@pytest.mark.parametrize("rounds", ["4096", "0", "-1", "x", "2147483648", LONG])
def test_servers_that_ask_for_endless_hashing(rounds: str) -> None:
    here, there = socket.socketpair()
    with here, there:
        serving = threading.Thread(target=_ask_for, args=(there, rounds))
        serving.start()
        found = start(Wire(here, 20.0), Login(password="S3cret"))
        serving.join()
    assert found.code == ("CONNECTION_CUT" if rounds == "4096" else "NOT_POSTGRESQL")


def _ask_for(server: socket.socket, rounds: str) -> None:
    """A server's side of SCRAM up to its first answer; then it hangs up."""
    server.recv(4096)
    server.sendall(_message(b"\0\0\0\x0aSCRAM-SHA-256\0\0"))
    nonce = server.recv(4096).decode("latin-1").rpartition("r=")[2]
    server.sendall(
        _message(b"\0\0\0\x0b" + f"r={nonce}more,s=QSXCR+Q6sek8bf92,i={rounds}".encode())
    )
    if rounds == "4096":
        server.recv(4096)
    server.shutdown(socket.SHUT_WR)


def _message(body: bytes) -> bytes:
    return b"R" + (len(body) + 4).to_bytes(4, "big") + body
