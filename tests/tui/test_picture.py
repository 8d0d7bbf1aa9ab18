"""The pictures in the README show the interface as it is."""

import pytest

from pgtopo.tui import screenshot


@pytest.mark.parametrize("name", screenshot.PICTURES)
async def test_the_picture_is_fresh(name: str) -> None:
    made = await screenshot.picture(name)
    path = screenshot.path_of(name)
    assert path.is_file()
    assert made == path.read_text(encoding="utf-8"), "run: python -m pgtopo.tui.screenshot --write"
