"""Makes the app from the command line, the settings and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pgtopo.session import demo_path, read_settings
from pgtopo.tui import ending, reclaiming
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.charset import lacks_glyphs
from pgtopo.tui.keys import ACTIONS
from pgtopo.tui.live import Setup

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request
    from pgtopo.sources.settings_file import UserSettings


def app_for(
    files: Sequence[str],
    *,
    assume_complete: bool = False,
    request: Request | None = None,
    is_kept: bool = True,
) -> PgtopoApp:
    """The app with the user's theme, keys and signs.

    Raises:
        SnapshotError: the settings file cannot be used.
    """
    reclaiming.be_sparing()
    settings = read_settings()
    is_ascii = lacks_glyphs() if settings.ascii is None else settings.ascii
    app = PgtopoApp(
        files,
        assume_complete=assume_complete,
        theme=settings.theme,
        is_ascii=is_ascii,
        offers=_offers(),
        verdicts=settings.verdicts,
        live=_live(settings, request, is_kept=is_kept),
    )
    app.set_keymap(keymap(settings.keys))
    ending.heed(app)
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


def _live(settings: UserSettings, request: Request | None, *, is_kept: bool) -> Setup:
    """What is asked of Azure at once, what is offered, and where results are kept."""
    from pgtopo.sources.azure.preset import preset
    from pgtopo.sources.cache.folder import default_folder
    from pgtopo.sources.cache.store import Store

    return Setup(
        first=request,
        usual=preset(settings.scope),
        store=Store(default_folder() if is_kept else None),
    )


def _offers() -> tuple[str, tuple[str, ...]]:
    """The demo's path and the files opened lately."""
    from pgtopo.tui.recent import recent

    return demo_path(), recent()
