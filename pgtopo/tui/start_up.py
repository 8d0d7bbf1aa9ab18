"""Makes the app from the command line, the settings and the terminal."""

from collections.abc import Sequence

from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.charset import lacks_glyphs
from pgtopo.tui.keys import ACTIONS


def app_for(files: Sequence[str], *, assume_complete: bool = False) -> PgtopoApp:
    """The app with the user's theme, keys and signs.

    Raises:
        SnapshotError: the settings file cannot be used.
    """
    from pgtopo.session import read_settings

    settings = read_settings()
    is_ascii = lacks_glyphs() if settings.ascii is None else settings.ascii
    app = PgtopoApp(
        files,
        assume_complete=assume_complete,
        theme=settings.theme,
        is_ascii=is_ascii,
        offers=_offers() if not files else ("", ()),
        verdicts=settings.verdicts,
    )
    app.set_keymap(keymap(settings.keys))
    return app


def keymap(keys: dict[str, str]) -> dict[str, str]:
    """The user's keys as Textual takes them: by action, or by place and action."""
    made: dict[str, str] = {}
    for action in ACTIONS:
        place = action.where.name.lower()
        wanted = keys.get(f"{place}.{action.name}") or keys.get(action.name)
        if wanted:
            made[f"{place}.{action.name}"] = wanted
    return made


def demo_path() -> str:
    """The path of the bundled demo estate; empty where it is missing."""
    from pathlib import Path

    import pgtopo

    package = Path(pgtopo.__file__).resolve().parent
    places = (package / "demo" / "contoso.json", package.parent / "snapshots/contoso/snapshot.json")
    return next((str(place) for place in places if place.is_file()), "")


def _offers() -> tuple[str, tuple[str, ...]]:
    """The demo's path and the files opened lately."""
    from pgtopo.tui.recent import recent

    return demo_path(), recent()
