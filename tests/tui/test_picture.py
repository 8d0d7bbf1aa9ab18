"""The pictures in README and help show the interface as it is, every view of it."""

from pathlib import Path

import pytest

from pgtopo.tui import screenshot
from pgtopo.views.state import View

README = Path(__file__).resolve().parents[2] / "README.md"


def test_every_picture_and_screen_is_fresh() -> None:
    made = screenshot.everything()
    assert {screenshot.path_of(view.name.lower()) for view in View} < made.keys()
    stale = [
        path.name
        for path, wanted in made.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != wanted
    ]
    assert not stale, "run: python -m pgtopo.tui.screenshot --write"


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
