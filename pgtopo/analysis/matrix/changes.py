"""Which cells of a matrix differ between an estate and a changed copy of it."""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.matrix.cells import Matrix
from pgtopo.analysis.matrix.engine import Cell
from pgtopo.model.ids import ArmId


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """One pair that fares differently; a side that does not exist there is None."""

    client: ArmId
    server: ArmId
    before: Cell | None
    after: Cell | None

    @property
    def is_gained(self) -> bool:
        """Whether the client gets through now and did not before."""
        return _word(self.after) == "allowed"

    @property
    def is_lost(self) -> bool:
        """Whether the client got through before and no longer does."""
        return _word(self.before) == "allowed"


def _word(cell: Cell | None) -> str:
    return cell.verdict.value if cell is not None else ""


def cell_changes(before: Matrix, after: Matrix) -> Iterator[CellChange]:
    """The pairs whose verdict differs, in the order of clients and servers."""
    old_servers = [server.id for server in before.servers]
    new_servers = [server.id for server in after.servers]
    old_rows = {client.id: at for at, client in enumerate(before.clients)}
    new_rows = {client.id: at for at, client in enumerate(after.clients)}
    for client in dict.fromkeys((*old_rows, *new_rows)):
        old = before.row(old_rows[client]) if client in old_rows else ()
        new = after.row(new_rows[client]) if client in new_rows else ()
        if old == new and old_servers == new_servers:
            continue
        yield from _row_changes(
            client,
            dict(zip(old_servers, old, strict=False)),
            dict(zip(new_servers, new, strict=False)),
        )


def _row_changes(
    client: ArmId, old: dict[ArmId, Cell], new: dict[ArmId, Cell]
) -> Iterator[CellChange]:
    for server in dict.fromkeys((*old, *new)):
        before, after = old.get(server), new.get(server)
        if _word(before) != _word(after):
            yield CellChange(client=client, server=server, before=before, after=after)
