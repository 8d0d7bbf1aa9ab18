"""Runs command lines inside the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pgtopo.cli.main import main
from tests.estates.world import World, hex_label


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture
def cli(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Cli:
    """Runs `pgtopo` with some words, far from the user's own settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-settings"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-cache"))
    for name in ("PGTOPO_CONFIG", "COLUMNS", "NO_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str | Path) -> Ran:
        capsysbinary.readouterr()
        code = main([str(word) for word in words])
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return run


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A snapshot with one server that any check is content with."""
    return written(tmp_path / "sound.json", sound_world().snapshot())


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The same with a zone that is not linked and holds no record."""
    return written(tmp_path / "broken.json", sound_world(is_named=False).snapshot())


def sound_world(*, is_named: bool = True) -> World:
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    zone = world.zone("orders.private.postgres.database.azure.com")
    if is_named:
        world.link(zone, network)
        world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    world.server("psql-orders", subnet, zone)
    return world


def written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content))
    return path


def told(errors: str) -> str:
    """What stands on standard error, without the field of the demo that cannot be read."""
    return "".join(
        line for line in errors.splitlines(keepends=True) if not line.startswith("pgtopo: not read")
    )
