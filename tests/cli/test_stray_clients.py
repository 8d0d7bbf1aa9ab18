"""Names of declared clients that stand for nobody are told, not dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgtopo.session import open_files
from tests.cli.conftest import Cli, sound_world, written


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    world = sound_world()
    world.subnet(world.vnet("vnet-web", "10.2.0.0/16"), "snet-app", "10.2.1.0/24")
    return written(tmp_path / "estate.json", world.snapshot())


def declared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    monkeypatch.setenv("PGTOPO_CONFIG", str(path))


def test_misspelt_ends_are_told_with_near_names(
    cli: Cli, estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[[client]]\nfrom = "10.9.0.4"\n[[client]]\nfrom = "snet-ap"\nto = ["psql-orderz"]\n'
    declared(monkeypatch, tmp_path, text)
    for words in (("check", estate), ("matrix", estate), ("list", "subnets", estate)):
        lines = [one for one in cli(*words).err.splitlines() if "warning: [[client]]" in one]
        assert len(lines) == 2
        assert "entry 2 of the settings, from 'snet-ap', is left out" in lines[0]
        assert "did you mean" in lines[0]
        assert "snet-app" in lines[0]
        assert "to 'psql-orderz'" in lines[1]
        assert "did you mean psql-orders?" in lines[1]
    noted = cli("check", estate, "--format", "json").json["notes"]
    assert [f"pgtopo: warning: {one}" for one in noted] == lines
    assert cli("check", estate, "--fail-on", "never").code == 0
    assert cli("check", estate, "--fail-on", "never", "--strict").code == 5


def test_names_of_several_list_whom_they_may_mean(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = sound_world()
    for name, space in (("vnet-a", "10.2"), ("vnet-b", "10.3")):
        world.subnet(world.vnet(name, f"{space}.0.0/16"), "snet-app", f"{space}.1.0/24")
    path = written(tmp_path / "several.json", world.snapshot())
    declared(monkeypatch, tmp_path, '[[client]]\nfrom = "snet-app"\n')
    told = cli("check", path).err
    assert "the name snet-app stands for 2 things; give one of:" in told


def test_many_are_told_in_full_where_asked(
    cli: Cli, estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(monkeypatch, tmp_path, "".join(f'[[client]]\nfrom = "no-{n}"\n' for n in range(5)))
    assert cli("check", estate).err.count("warning: [[client]]") == 3
    assert "2 more names of clients are left out" in cli("check", estate).err
    assert cli("check", estate, "--debug").err.count("warning: [[client]]") == 5


def test_clients_that_are_there_are_not_remarked_on(
    cli: Cli, estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(monkeypatch, tmp_path, '[[client]]\nfrom = "snet-app"\nto = ["psql-orders"]\n')
    assert "[[client]]" not in cli("check", estate).err
    assert open_files([estate]).stray_clients() == ()
