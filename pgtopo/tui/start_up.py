"""Makes the app from the command line, the settings and the terminal."""

from collections.abc import Sequence

from pgtopo.session import demo_path, read_settings
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.charset import lacks_glyphs
from pgtopo.tui.keys import ACTIONS


def app_for(files: Sequence[str], *, assume_complete: bool = False) -> PgtopoApp:
    """The app with the user's theme, keys and signs.

    Raises:
        SnapshotError: the settings file cannot be used.
    """
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


def _offers() -> tuple[str, tuple[str, ...]]:
    """The demo's path and the files opened lately."""
    from pgtopo.tui.recent import recent

    return demo_path(), recent()
