"""The triage file: an incident that can be left, taken up again and handed over."""

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.triage.case import Case, Paste
from pgtopo.triage.scrub import scrubbed

SCHEMA = "pgtopo.triage-state/1"


class SnapshotRef(msgspec.Struct, frozen=True, kw_only=True):
    """The data an incident was looked at with."""

    path: str
    sha256: str
    """Of the file's bytes."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as it was left."""

    schema: str = SCHEMA
    tool: str = ""
    updated_at: str = ""
    snapshot: list[SnapshotRef] = msgspec.field(default_factory=list)
    error: str = ""
    client: str = ""
    server: str = ""
    port: int | None = None
    client_dns: str | None = None
    pastes: list[Paste] = msgspec.field(default_factory=list)

    @property
    def case(self) -> Case:
        """The incident."""
        return Case(
            error=self.error,
            client=self.client,
            server=self.server,
            port=self.port,
            client_dns=self.client_dns,
            pastes=tuple(self.pastes),
        )


def state_of(case: Case, snapshot: list[SnapshotRef], *, tool: str, updated_at: str) -> State:
    """The file of an incident; secrets in pasted text are left out."""
    return State(
        tool=tool,
        updated_at=updated_at,
        snapshot=snapshot,
        error=scrubbed(case.error),
        client=case.client,
        server=case.server,
        port=case.port,
        client_dns=case.client_dns,
        pastes=[Paste(name=one.name, text=scrubbed(one.text)) for one in case.pastes],
    )


def parse(data: bytes, path: str) -> State:
    """The incident in a triage file.

    Raises:
        SnapshotError: the data is no triage file.
    """
    try:
        state = msgspec.json.decode(data, type=State)
    except (ValueError, RecursionError) as error:
        raise SnapshotError(
            f"{path} is no triage file: {error}", "give --state another name"
        ) from None
    if state.schema != SCHEMA:
        raise SnapshotError(f"{path} is no triage file", f"its schema must be {SCHEMA}")
    return state


def taken_up(state: State, case: Case) -> Case:
    """A case with what the file knows; what was said now comes first."""
    names = {(one.name, one.text) for one in state.pastes}
    return Case(
        error=case.error or state.error,
        client=case.client or state.client,
        server=case.server or state.server,
        port=case.port or state.port,
        client_dns=case.client_dns or state.client_dns,
        pastes=(
            *state.pastes,
            *(one for one in case.pastes if (one.name, scrubbed(one.text)) not in names),
        ),
    )
