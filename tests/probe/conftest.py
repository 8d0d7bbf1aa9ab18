"""What the tests of the probe share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.probe.certificates import Authority
from tests.probe.postgres import Cluster, programs


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A root certificate."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own, outside pytest's folders: those are shut to other users."""
    folder = programs()
    if folder is None:
        pytest.skip("needs PostgreSQL (Debian package postgresql)")
    with tempfile.TemporaryDirectory(prefix="pgtopo-postgres-") as place:
        made = Cluster(folder, Path(place))
        yield made
        made.stop()
