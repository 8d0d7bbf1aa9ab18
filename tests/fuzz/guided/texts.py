"""Any bytes as a file or a paste that a user brings: settings, suppressions, changes, errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from pgtopo.checks import baseline, suppression
from pgtopo.model import patch
from pgtopo.model.topology import Topology
from pgtopo.sources import settings_file
from pgtopo.sources.load import load_rows
from pgtopo.sources.patching import Patcher, rows_given
from pgtopo.triage import state
from pgtopo.triage.case import Paste
from pgtopo.triage.readings.read import read
from pgtopo.triage.scrub import scrubbed
from pgtopo.triage.symptoms.classify import classify
from tests.fuzz.bases import small
from tests.fuzz.guided.refusing import refusing

_TODAY = date(2026, 1, 2)


def text(data: bytes) -> None:
    """Read the bytes as what the first one names."""
    if data:
        with refusing():
            READERS[data[0] % len(READERS)](data[1:])


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _settings(data: bytes) -> None:
    settings_file.parse(_words(data), "fuzz.toml")


def _suppressions(data: bytes) -> None:
    for entry in suppression.parse(_words(data), "fuzz.toml"):
        assert entry.reason
        entry.is_expired(_TODAY)
        str(entry)


def _baseline(data: bytes) -> None:
    baseline.keys(data, "fuzz.json")


def _change(data: bytes) -> None:
    """A change that fits is one that can be made, or is refused with a reason."""
    _patcher().apply(patch.parse(data, "fuzz.json"))


def _state(data: bytes) -> None:
    found = state.parse(data, "fuzz.json")
    state.taken_up(found, found.case)


def _error(data: bytes) -> None:
    found = classify(_words(data))
    assert found.sense is not None


def _paste(data: bytes) -> None:
    paste = Paste(name="fuzz", text=_words(data))
    assert read(paste, ("10.1.0.4", "10.1.1.4", 5432))


def _secret(data: bytes) -> None:
    once = scrubbed(_words(data))
    assert scrubbed(once) == once


@cache
def _patcher() -> Patcher:
    return Patcher(_topology(), rows_given(small()))


def _topology() -> Topology:
    return load_rows(small())


READERS: tuple[Callable[[bytes], None], ...] = (
    *(_settings, _suppressions, _baseline, _change, _state, _error, _paste, _secret),
)
