"""The part of the app that saves live data as a snapshot."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.errors import UsageError
from pgtopo.tui.behind import behind
from pgtopo.tui.live_start import LiveStart

if TYPE_CHECKING:
    from pgtopo.tui.live_opening import Look


class Saved(Message):
    """A snapshot was saved, or could not be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LiveSaving(LiveStart):
    """Knows which result is on show, and saves it."""

    look: Look | None = None
    """The result on show; None where files are."""

    def action_save_snapshot(self) -> None:
        """Save what is on show as a snapshot in the current folder."""
        if self.bench is None:
            return
        if self.look is None:
            self.say("only live data can be saved: this is a file already")
        else:
            behind(self, partial(_save, self.look.snapshot), "saving")

    def on_saved(self, message: Saved) -> None:
        """Say where the snapshot is."""
        self.say(message.text)


def _save(snapshot: bytes) -> Saved:
    from pgtopo.sources.write import write_packed
    from pgtopo.tui.keeping import tilde

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = Path.cwd() / f"pgtopo-{stamp}.json.zst"
    try:
        write_packed(path, snapshot)
    except UsageError as error:
        return Saved(f"not saved: {error.message}")
    return Saved(f"saved for you alone: {tilde(path)}")
