"""What appliances on the way do to one client's packets, for many ends at once."""

from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.devices import DeviceRows
from pgtopo.analysis.many.fan import Devices
from pgtopo.analysis.many.ledger import Ledger
from pgtopo.analysis.many.outs import FINE, heavier
from pgtopo.analysis.many.senders import Column
from pgtopo.analysis.many.there import There
from pgtopo.analysis.verdict import Stage

_STAGE = Stage.TRANSIT


class Transit:
    """The transit stage: what each appliance does, then what lies behind the last."""

    def __init__(self, devices: Devices, rows: DeviceRows) -> None:
        self._devices = devices
        self._rows = rows

    def tell(self, asker: Asker, ledger: Ledger, there: There, live: Mask) -> None:
        """Put what appliances do to one client's packets into its ledger."""
        shares: dict[tuple[int, ...], Column] = {(): {FINE: live}}
        for passed, mask in there.passing:
            before = shares.get(passed[:-1])
            if mask & live and before is not None:
                after = self._through(asker, ledger, passed[-1], mask, before)
                if after is not None:
                    shares[passed] = after
        for passed, outs in there.transit:
            told = shares.get(passed)
            if told is not None:
                for out, mask in outs:
                    for said, ends in told.items():
                        ledger.say(_STAGE, heavier(said, out), ends & mask)

    def _through(
        self, asker: Asker, ledger: Ledger, number: int, mask: Mask, before: Column
    ) -> Column | None:
        """What one more appliance does to those behind it; None where each is to be traced."""
        rows = self._rows.of_device(number, self._devices[number], mask)
        if rows is None:
            ledger.left_over |= mask
            return None
        column, split = rows.column(asker.space)
        ledger.left_over |= split & mask
        after: Column = {}
        for said, held in before.items():
            for out, ends in column.items():
                if both := ends & held & mask:
                    told = heavier(said, out)
                    after[told] = after.get(told, 0) | both
        return after
