"""What appliances on the way do to one client's packets, for many ends at once."""

from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.devices import DeviceRows
from pgtopo.analysis.many.fan import Devices
from pgtopo.analysis.many.heard import SILENCE, Heard, Said
from pgtopo.analysis.many.there import There
from pgtopo.analysis.verdict import Stage

_STAGE = Stage.TRANSIT


class Transit:
    """The transit stage: what each appliance does, then what lies behind the last."""

    def __init__(self, devices: Devices, rows: DeviceRows) -> None:
        self._devices = devices
        self._rows = rows

    def heard(self, asker: Asker, there: There, live: Mask) -> Heard:
        """What appliances do to one client's packets, the first one first."""
        if not there.passing and not any(outs for _, outs in there.transit):
            return SILENCE
        left_over = 0
        said: list[Said] = []
        for passed, mask in there.passing:
            if not mask & live:
                continue
            rows = self._rows.of_device(passed[-1], self._devices[passed[-1]], mask)
            if rows is None:
                left_over |= mask
                continue
            column, split = rows.column(asker.space)
            left_over |= split & mask
            said.append((_STAGE, column, mask & live))
        said += ((_STAGE, outs, live) for _, outs in there.transit if outs)
        return Heard(left_over, tuple(said))
