"""The part of the app that copies and keeps: names, ids, commands, addresses, reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pgtopo.tui.actions import Actions
from pgtopo.tui.keeping import keep, note_copied, tilde
from pgtopo.tui.panes.document import Document

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.state import Place


class Copying(Actions):
    """Puts texts on the clipboard by way of the terminal (OSC 52), and into files."""

    def action_copy_name(self) -> None:
        """Copy the name of what is selected."""
        from pgtopo.views import copies

        self._copy_of(copies.name)

    def action_copy_id(self) -> None:
        """Copy the id of what is selected."""
        from pgtopo.views import copies

        self._copy_of(copies.arm_id)

    def action_portal(self) -> None:
        """Copy the address of its page in the Azure portal."""
        from pgtopo.views import copies

        self._copy_of(copies.portal)

    def action_copy_command(self) -> None:
        """Copy the command of the line, or the one that fits what is selected."""
        focused = self.focused
        line = focused.line if isinstance(focused, Document) else None
        if line is not None and line.copies:
            self.copy(line.copies)
            return
        from pgtopo.views import copies

        bench = self.bench
        fix = bench.first_fix() if bench is not None else ""
        if fix:
            self.copy(fix)
        else:
            self._copy_of(copies.command)

    def _copy_of(self, text: Callable[[Desk, Place], str]) -> None:
        if self.bench is not None:
            self.copy(text(self.bench.desk, self.bench.state.place))

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, as it is shown, and into a file; say both."""
        if not text:
            self.say("nothing to copy here")
            return
        text = self.veiled(text)
        self.copy_to_clipboard(text)
        file = note_copied(text)
        self.say(f"copied: {text}{f'  (also in {tilde(file)})' if file is not None else ''}")

    def action_save_report(self) -> None:
        """Save what is on the screen as a Markdown file in the current folder."""
        if self.bench is None:
            return
        from pgtopo.views.on_paper import markdown

        text = self.veiled(markdown(self.bench, is_veiled=self.is_veiled))
        try:
            path = keep("pgtopo-report", ".md", text)
        except OSError as error:
            self.say(f"could not save the report: {error.strerror or error}")
        else:
            self.say(f"saved {tilde(path)}")

    def action_set_aside(self) -> None:
        """The rows that could not be read, with reason and place."""
        if self.bench is not None:
            from pgtopo.tui.page_screen import PageScreen
            from pgtopo.views.set_aside import page

            desk = self.bench.desk
            self.push_screen(PageScreen("Not read", page(desk.topology, desk.notes)))
