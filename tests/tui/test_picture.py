"""The picture in the README shows the interface as it is."""

from pgtopo.tui import screenshot


async def test_the_picture_is_fresh() -> None:
    made = await screenshot.picture()
    assert screenshot.PICTURE.is_file()
    assert made == screenshot.PICTURE.read_text(encoding="utf-8"), (
        "run: python -m pgtopo.tui.screenshot --write"
    )
