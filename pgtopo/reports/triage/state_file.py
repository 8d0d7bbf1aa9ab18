"""The triage file as bytes."""

from pgtopo import __version__
from pgtopo.reports import clock, encode
from pgtopo.triage.case import Case
from pgtopo.triage.state import SnapshotRef, state_of


def render(case: Case, files: list[SnapshotRef]) -> bytes:
    """What is needed to take an incident up again, without secrets."""
    tool = f"pgtopo {__version__}"
    return encode.document(state_of(case, files, tool=tool, updated_at=clock.stamp()))
