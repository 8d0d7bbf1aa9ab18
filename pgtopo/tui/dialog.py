"""What every dialog has in common: its keys in the last line, where nothing dims them."""

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from pgtopo.tui.bar import Bar
from pgtopo.tui.frame import dialog_line
from pgtopo.tui.keys import DIALOG, DialogKeys

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """A screen over everything else that names its keys."""

    KEYS: ClassVar[DialogKeys] = DIALOG

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #dialog-keys { dock: bottom; width: 100%; background: $panel; }
    """

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close, once: a key may be pressed again before the dialog is gone."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_mount(self) -> None:
        """Put the keys into the last line."""
        keys = Bar(id="dialog-keys")
        self.mount(keys)
        keys.show(dialog_line(self.KEYS))
