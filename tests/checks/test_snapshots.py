"""The snapshots show every check, and the gallery is what its script makes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.checks.base import AnyCheck, Family
from pgtopo.checks.registry import catalogue
from pgtopo.model.settings import Settings
from pgtopo.session import Session, open_files
from pgtopo.sources import settings_file
from tests.estates import gallery
from tests.estates.writing import SNAPSHOTS

_GALLERY = sorted(gallery.FOLDER.glob("*.json"))
Told = set[tuple[str, str]]


def _opened(path: Path) -> Session:
    settings = path.parent / "settings.toml"
    if not settings.exists():
        return open_files([path], settings=Settings())
    stated = settings_file.parse(settings.read_text(encoding="utf-8"), str(settings))
    return open_files([path], settings=stated.verdicts)


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    """What is told of every snapshot, as check id and outcome."""
    return {str(path.relative_to(SNAPSHOTS)): set(_told(path)) for path in _every_snapshot()}


def _every_snapshot() -> list[Path]:
    return sorted(SNAPSHOTS.rglob("*.json"))


def _told(path: Path) -> Iterator[tuple[str, str]]:
    report = _opened(path).findings()
    assert report.crashes == ()
    yield from ((one.check, one.outcome.value) for one in report.findings)


@pytest.mark.parametrize("check", catalogue(), ids=lambda check: check.id)
def test_each_check_tells_something_of_some_snapshot(
    told: dict[str, Told], check: AnyCheck
) -> None:
    wanted = (check.id, "unknown" if check.never_fails else "fail")
    assert [name for name, found in told.items() if wanted in found]


def test_the_demonstration_shows_every_family(told: dict[str, Told]) -> None:
    faults = {check[3] for check, outcome in told["contoso/snapshot.json"] if outcome == "fail"}
    assert faults == {str(family.value) for family in Family}


def test_the_healthy_estate_stays_clean(told: dict[str, Told]) -> None:
    assert told["healthy/snapshot.json"] == set()


def test_every_file_of_the_gallery_is_what_the_script_makes() -> None:
    made = gallery.files()
    assert {path.name for path in gallery.FOLDER.iterdir()} == set(made)
    for name, text in made.items():
        assert (gallery.FOLDER / name).read_text(encoding="utf-8") == text, name


@pytest.mark.parametrize("path", _GALLERY, ids=lambda path: path.stem)
def test_each_check_is_met_in_its_own_corner_of_its_own_file(path: Path) -> None:
    session = _opened(path)
    assert session.topology.set_aside == ()
    found = {
        one.check
        for one in session.findings(select=[path.stem]).findings
        if any(place in one.subject for place in gallery.places(one.check))
    }
    assert found == {check.id for check in catalogue() if check.family.label == path.stem}


def test_the_notes_tell_of_every_check_once() -> None:
    notes = (gallery.FOLDER / "notes.md").read_text(encoding="utf-8")
    listed = notes.split("| check |", 1)[1].splitlines()[2:]
    assert [line.split("|")[1].strip() for line in listed] == [check.id for check in catalogue()]


def test_no_snapshot_is_larger_than_the_demonstration() -> None:
    sizes = {path: path.stat().st_size for path in _every_snapshot()}
    assert max(sizes, key=lambda path: sizes[path]) == SNAPSHOTS / "contoso" / "snapshot.json"
    assert sum(sizes[path] for path in _GALLERY) < 2_000_000
