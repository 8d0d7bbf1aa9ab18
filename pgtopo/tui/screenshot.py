"""Makes the picture of the interface that the README shows, from the bundled demo estate.

Run as `python -m pgtopo.tui.screenshot --write`; a test fails where the picture is stale.
"""

import asyncio
import sys
from pathlib import Path

from pgtopo.session import demo_path
from pgtopo.tui.app import PgtopoApp

SIZE = (120, 36)
PICTURE = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "estate.svg"
_KEYS = ("f", "n", "n")
_STEP_S = 0.05


async def picture() -> str:
    """The interface on the demo estate, as SVG."""
    app = PgtopoApp([demo_path()])
    async with app.run_test(size=SIZE) as pilot:
        while app.bench is None or not app.bench.desk.problems.is_complete:
            await pilot.pause(_STEP_S)
        await pilot.press(*_KEYS)
        app.note = ""
        app.paint()
        await pilot.pause(4 * _STEP_S)
        return app.export_screenshot(title="pgtopo demo", simplify=True)


def main(arguments: list[str]) -> int:
    """Write the picture, or say whether it is stale; returns the exit code."""
    made = asyncio.run(picture())
    if "--write" in arguments:
        PICTURE.write_text(made, encoding="utf-8")
        return 0
    is_fresh = PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == made
    return 0 if is_fresh else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
