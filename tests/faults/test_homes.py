"""Users without a home, with one that cannot be written, or with something else in its place."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.app import App

from pgtopo.analysis.facts import Facts
from pgtopo.model.settings import Settings
from pgtopo.sources import own_folders, settings_file
from pgtopo.sources.cache import folder, login_hint, store
from pgtopo.sources.load import load_rows
from pgtopo.tui import keeping, recent, suppressions
from pgtopo.tui.compare_job import Job, NotCompared
from pgtopo.views.desk import Desk
from tests.faults.program import HEALTHY, everything, run
from tests.sources.cache.nobody import as_nobody
from tests.sources.cache.test_store import REQUEST, kept
from tests.thorough import some

NO_NAME = """
import pwd
def nobody(_): raise KeyError
pwd.getpwuid = pwd.getpwnam = nobody
"""
"""A user the machine does not know, as containers have them."""

HOMES = {
    "none": ({"HOME": ""}, NO_NAME),
    "no folder": ({"HOME": "/nonexistent/home"}, ""),
    "a file": ({"HOME": "/dev/null"}, ""),
    "not absolute": ({"HOME": "here"}, ""),
    "files everywhere": (
        {f"XDG_{name}_HOME": "/dev/null" for name in ("CONFIG", "CACHE", "STATE")},
        "",
    ),
}


@pytest.mark.parametrize("name", some(sorted(HOMES), 2))
def test_verbs_do_without(name: str, tmp_path: Path) -> None:
    variables, before = HOMES[name]
    ran = run("doctor", home=tmp_path, variables=variables, before=before, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout
    assert list(everything(tmp_path)) == []


@pytest.fixture(params=["", "/dev/null", "here"])
def homeless(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """This process without a home; the folder it is in, where nothing may appear."""
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    for name in ("PGTOPO_CONFIG", "AZURE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", request.param)
    monkeypatch.setattr("pwd.getpwuid", _nobody)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _nobody(_number: int) -> None:
    raise KeyError


def test_the_interface_remembers_nothing_and_works(homeless: Path) -> None:
    for place in (own_folders.config(), own_folders.state(), own_folders.cache()):
        assert place.is_absolute()
    assert settings_file.read() == settings_file.UserSettings()
    recent.remember((str(HEALTHY),))
    assert recent.recent() == ()
    assert keeping.note_copied("text") is None
    assert suppressions.known() == ((), "")
    with pytest.raises(OSError, match="Not a directory"):
        suppressions.add("x")
    assert login_hint.profile() == []
    used = store.Store(folder.default_folder())
    used.put(kept())
    assert used.get(store.key_of(REQUEST)) == kept()
    assert used.fault
    assert list(everything(homeless)) == []


def test_a_home_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("PGTOPO_CONFIG", raising=False)

    def use() -> None:
        recent.remember((str(HEALTHY),))
        assert recent.recent() == ()
        assert keeping.note_copied("text") is None
        with pytest.raises(OSError, match="Permission denied"):
            suppressions.add("x")
        used = store.Store(folder.default_folder())
        used.put(kept())
        assert used.get(store.key_of(REQUEST)) == kept()
        assert used.fault

    as_nobody(use, home)
    assert list(everything(home)) == []


def test_a_file_in_the_home_of_nobody_is_no_such_file() -> None:
    desk = Desk(Facts(load_rows([]), Settings()))
    found = Job(cast("App[None]", None), desk, "~nobody-at-all/estate.json").run()
    assert isinstance(found, NotCompared)
    assert "no such file" in found.why
