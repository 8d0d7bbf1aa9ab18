"""Makes the pictures of the interface that the README shows, from the bundled demo estate.

Run as `python -m pgtopo.tui.screenshot --write`; a test fails where a picture is stale.
"""

import asyncio
import sys
from pathlib import Path

from pgtopo.session import demo_path
from pgtopo.tui.app import PgtopoApp

SIZE = (120, 36)
_FOLDER = Path(__file__).resolve().parents[2] / "snapshots" / "contoso"
PICTURES = {"estate": ("f", "n", "n"), "map": ("5", "j", "l")}
"""The keys that lead to each picture."""
_STEP_S = 0.05


def path_of(name: str) -> Path:
    """Where a picture is kept."""
    return _FOLDER / f"{name}.svg"


async def picture(name: str) -> str:
    """A view of the demo estate, as SVG."""
    app = PgtopoApp([demo_path()])
    async with app.run_test(size=SIZE) as pilot:
        while app.bench is None or not app.bench.desk.problems.is_complete:
            await pilot.pause(_STEP_S)
        for key in PICTURES[name]:
            await pilot.press(key)
            while app.grid_background.is_busy or app.rest is not None:
                await pilot.pause(_STEP_S)
        app.note = ""
        app.paint()
        await pilot.pause(4 * _STEP_S)
        return app.export_screenshot(title="pgtopo demo", simplify=True)


def main(arguments: list[str]) -> int:
    """Write the pictures, or say whether one is stale; returns the exit code."""
    stale = False
    for name in PICTURES:
        made, path = asyncio.run(picture(name)), path_of(name)
        if "--write" in arguments:
            path.write_text(made, encoding="utf-8")
        stale = stale or not path.is_file() or path.read_text(encoding="utf-8") != made
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
