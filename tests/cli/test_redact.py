"""`pgtopo redact`: the file, the map, what is refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.mark.parametrize("name", ["out.json", "out.json.gz", "out.json.zst"])
def test_a_redacted_snapshot_is_one_again(
    cli: Cli, broken: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    ran = cli("redact", broken, "-o", target)
    assert (ran.code, ran.out) == (0, b"")
    assert "renamed" in ran.err
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before, after = (cli("check", file, "--format", "json") for file in (broken, target))
    assert after.code == before.code == 1
    assert after.json["summary"] == before.json["summary"]
    assert "psql-orders" not in after.text


def test_the_same_secret_gives_the_same_file(cli: Cli, sound: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("one secret for both of them")
    made = [tmp_path / "one.json", tmp_path / "two.json", tmp_path / "other.json"]
    for target in made[:2]:
        assert cli("redact", sound, "-o", target, "--key-file", secret).code == 0
    assert cli("redact", sound, "-o", made[2]).code == 0
    assert made[0].read_bytes() == made[1].read_bytes() != made[2].read_bytes()


def test_the_map_tells_what_became_of_what(cli: Cli, sound: Path, tmp_path: Path) -> None:
    target, table = tmp_path / "out.json", tmp_path / "map.json"
    assert cli("redact", sound, "-o", target, "--map", table).code == 0
    content = json.loads(table.read_bytes())
    assert content["schema"] == "pgtopo.redaction-map/1"
    assert content["names"]["psql-orders"] in target.read_text()
    assert content["addresses"]["10.1.1.4"] in target.read_text()
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


def test_what_is_refused(cli: Cli, sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    short = tmp_path / "short"
    short.write_text("short")
    assert cli("redact", sound, "-o", sound, "--force").code == 2
    assert cli("redact", sound, "-o", target, "--map", sound, "--force").code == 2
    assert cli("redact", sound, "-o", target, "--key-file", short).code == 2
    assert cli("redact", sound, "-o", target, "--key-file", tmp_path / "none").code == 2
    assert not target.exists()
    target.write_text("precious")
    assert cli("redact", sound, "-o", target).code == 2
    assert target.read_text() == "precious"
    assert cli("redact", sound, "-o", target, "--force").code == 0
    assert cli("redact", tmp_path / "none.json", "-o", tmp_path / "x.json").code == 4


def test_help_lists_what_stays(cli: Cli) -> None:
    text = cli("help", "redaction").text
    for word in ("168.63.129.16/32", "gatewaysubnet", "postgres.database.azure.com", "10.0.0.0/8"):
        assert word in text
