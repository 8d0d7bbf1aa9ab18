"""Runs one job behind the screen and hands what it made to the app as a message."""

import threading
from collections.abc import Callable

from textual.app import App
from textual.message import Message

from pgtopo.tui.opening import Crashed


def behind(app: App[None], job: Callable[[], Message], name: str) -> None:
    """Start a job in a thread that never outlives the program; its message is posted."""

    def run() -> None:
        try:
            made = job()
        except BaseException as crash:  # noqa: BLE001  handed to the app, which raises it
            made = Crashed(crash)
        app.post_message(made)

    threading.Thread(target=run, name=name, daemon=True).start()
