"""The pictures in README and help show the interface as it is, every view of it."""

from pathlib import Path

import pytest

from pgtopo.tui import screenshot
from pgtopo.views.state import View

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    return screenshot.everything()


@pytest.mark.parametrize("view", View, ids=lambda view: view.label)
def test_the_picture_of_a_view_is_fresh(view: View, made: dict[Path, str]) -> None:
    path = screenshot.path_of(view.name.lower())
    assert path.is_file()
    assert made[path] == path.read_text(encoding="utf-8"), (
        "run: python -m pgtopo.tui.screenshot --write"
    )


def test_the_screens_on_the_page_of_views_are_fresh(made: dict[Path, str]) -> None:
    told = screenshot.PAGE.read_text(encoding="utf-8")
    assert made[screenshot.PAGE] == told, "run: python -m pgtopo.tui.screenshot --write"


@pytest.mark.parametrize("view", View, ids=lambda view: view.label)
def test_help_and_readme_show_a_view(view: View) -> None:
    name = view.name.lower()
    told = screenshot.PAGE.read_text(encoding="utf-8")
    assert f"\n## {view.value} {view.label}\n" in told
    assert f"(../../snapshots/contoso/{name}.svg)" in told
    assert f"```text {name}\n" in told
    assert f"snapshots/contoso/{name}.svg" in README.read_text(encoding="utf-8")


def test_a_picture_is_small() -> None:
    for view in View:
        assert screenshot.path_of(view.name.lower()).stat().st_size < 120_000
