"""The part of the app that shows pseudonyms in place of names and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.tui.behind import behind
from pgtopo.tui.copying import Copying

if TYPE_CHECKING:
    from pgtopo.views.mask import Mask


class Masked(Message):
    """Pseudonyms are ready."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self.mask = mask


class Privacy(Copying):
    """Puts the privacy mask on and takes it off."""

    def action_privacy(self) -> None:
        """Real names and addresses, or pseudonyms."""
        bench = self.bench
        if bench is None:
            return
        if self.is_veiled:
            self._veil(is_on=False)
            self.say("real names and addresses are shown")
        elif self.mask is not None:
            self._veil(is_on=True)
        else:
            self.say("making up pseudonyms ...")
            topologies = bench.topologies

            def job() -> Masked:
                from pgtopo.views.mask import Mask

                mask = Mask(topologies[0])
                for other in topologies[1:]:
                    mask.learn(other)
                return Masked(mask)

            behind(self, job, "mask")

    def on_masked(self, message: Masked) -> None:
        """Put the mask on."""
        self.mask = message.mask
        self._veil(is_on=True)

    def _veil(self, *, is_on: bool) -> None:
        self.is_veiled = is_on
        if is_on:
            self.say("names and addresses are pseudonyms, copied ones too: p shows the real ones")
        self.repaint()

    def repaint(self) -> None:
        """Paint everything anew."""
        raise NotImplementedError
