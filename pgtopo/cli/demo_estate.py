"""Where the bundled demo estate lies: in the installed package, or in a checkout."""

from pathlib import Path

import pgtopo
from pgtopo.errors import SnapshotError


def path() -> Path:
    """The path of the bundled snapshot."""
    package = Path(pgtopo.__file__).resolve().parent
    for candidate in (
        package / "demo" / "contoso.json",
        package.parent / "snapshots" / "contoso" / "snapshot.json",
    ):
        if candidate.is_file():
            return candidate
    raise SnapshotError("the demo estate is missing from this installation", "install pgtopo again")
