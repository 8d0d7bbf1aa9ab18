"""The faults laid on Contoso, by what they break."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults import doors, filters, legacy, names, paths, places
from tests.estates.contoso.faults.fault import Fault


def lay(estate: Contoso) -> list[Fault]:
    """Lay every fault on the estate, in order of check id."""
    modules = (names, filters, paths, places, doors, legacy)
    faults = [fault(estate) for module in modules for fault in module.FAULTS]
    return sorted(faults, key=lambda fault: (fault.check[3] == "0", fault.check, fault.subject))
