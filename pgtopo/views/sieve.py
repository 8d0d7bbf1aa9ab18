"""What a list leaves out."""

import msgspec

from pgtopo.views.filter import Filter


class Sieve(msgspec.Struct, frozen=True):
    """A filter, and whether only faults are kept."""

    wanted: Filter = Filter()
    is_faults_only: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted) or self.is_faults_only
