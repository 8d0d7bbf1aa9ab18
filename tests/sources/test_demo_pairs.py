"""The pairs that the demonstration's notes name come out as the notes say."""

import pytest

from pgtopo.session import Session, open_files
from tests.estates.writing import SNAPSHOTS, read_table

_NOTES = (SNAPSHOTS / "contoso" / "notes.md").read_text(encoding="utf-8")
_PAIRS = read_table(_NOTES, "Pairs to trace")
_RESOLVERS = {"onprem:192.168.130.0/24": "10.40.1.4", "onprem:192.168.10.0/24": "10.20.1.4"}


@pytest.fixture(scope="module")
def contoso() -> Session:
    """The faulty estate, opened once."""
    return open_files([SNAPSHOTS / "contoso" / "snapshot.json"])


@pytest.fixture(scope="module")
def healthy() -> Session:
    """The same estate without faults, opened once."""
    return open_files([SNAPSHOTS / "healthy" / "snapshot.json"])


@pytest.mark.parametrize(
    "pair", _PAIRS, ids=[f"{pair['client']} to {pair['server']}" for pair in _PAIRS]
)
def test_pair_comes_out_as_the_notes_say(contoso: Session, pair: dict[str, str]) -> None:
    _, path = contoso.trace(
        pair["client"], pair["server"], client_dns=_RESOLVERS.get(pair["client"])
    )
    assert path.verdict.value == pair["verdict"]
    (part,) = path.parts
    wrong = [step for step in part.steps if step.verdict.value == pair["verdict"]]
    expected = "-" if pair["verdict"] == "allowed" else wrong[0].stage.value
    assert expected == pair["step"]


#: Closed to that client with or without faults, or not there without them.
_CLOSED = {"psql-archive-prod-weu", "psql-partner-prod-neu", "psql-press-legacy-weu"}
_OPEN = [pair for pair in _PAIRS if pair["server"] not in _CLOSED]


@pytest.mark.parametrize(
    "pair", _OPEN, ids=[f"{one['client']} to {one['server']}" for one in _OPEN]
)
def test_pair_connects_without_the_faults(healthy: Session, pair: dict[str, str]) -> None:
    _, path = healthy.trace(
        pair["client"], pair["server"], client_dns=_RESOLVERS.get(pair["client"])
    )
    # Nobody can tell what the domain controllers forward.
    is_unsure = pair["client"] == "vm-backoffice-01"
    assert path.verdict.value == ("unknown" if is_unsure else "allowed")
