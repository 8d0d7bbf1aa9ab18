"""Textual's command palette, for windows of any size."""

from textual.command import CommandList, CommandPalette


class AnySizeCommandPalette(CommandPalette):
    """Moves through its list only where the window has room to lay it out.

    Without room Textual's list knows no line of its options, and paging through them raises.
    """

    def _action_command_list(self, action: str) -> None:
        if all(one.scrollable_content_region for one in self.query(CommandList)):
            super()._action_command_list(action)
