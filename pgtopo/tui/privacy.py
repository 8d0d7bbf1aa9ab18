"""The part of the app that shows pseudonyms in place of names and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.tui.behind import behind
from pgtopo.tui.copying import Copying

if TYPE_CHECKING:
    from pgtopo.model.topology import Topology
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
            behind(self, partial(_masked, bench.topologies), "mask")

    def on_masked(self, message: Masked) -> None:
        """Put the mask on, once it knows every name that is on show by now."""
        bench = self.bench
        if bench is None:
            return
        unknown = [one for one in bench.topologies if not message.mask.has_learned(one)]
        if unknown:
            behind(self, partial(_learned, message, unknown), "mask")
            return
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


def _masked(topologies: Sequence[Topology]) -> Masked:
    """Pseudonyms for the names of some estates."""
    from pgtopo.views.mask import Mask

    return _learned(Masked(Mask(topologies[0])), topologies[1:])


def _learned(message: Masked, topologies: Sequence[Topology]) -> Masked:
    """The same pseudonyms, with those of further estates."""
    for one in topologies:
        message.mask.learn(one)
    return Masked(message.mask)
