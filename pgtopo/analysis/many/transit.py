"""What appliances on the way do to one client's packets, for many ends at once."""

from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.devices import DeviceRows
from pgtopo.analysis.many.fan import Devices
from pgtopo.analysis.many.ledger import Ledger
from pgtopo.analysis.many.there import There
from pgtopo.analysis.verdict import Stage

_STAGE = Stage.TRANSIT


class Transit:
    """The transit stage: what each appliance does, then what lies behind the last."""

    def __init__(self, devices: Devices, rows: DeviceRows) -> None:
        self._devices = devices
        self._rows = rows

    def tell(self, asker: Asker, ledger: Ledger, there: There, live: Mask) -> None:
        """Put what appliances do to one client's packets into its ledger, the first one first."""
        for passed, mask in there.passing:
            if mask & live:
                self._through(asker, ledger, passed[-1], mask, live)
        for _, outs in there.transit:
            ledger.say_all(_STAGE, outs, live)

    def _through(self, asker: Asker, ledger: Ledger, number: int, mask: Mask, live: Mask) -> None:
        rows = self._rows.of_device(number, self._devices[number], mask)
        if rows is None:
            ledger.left_over |= mask
            return
        column, split = rows.column(asker.space)
        ledger.left_over |= split & mask
        ledger.say_all(_STAGE, column.items(), mask & live)
