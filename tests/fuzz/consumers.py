"""Everything an estate goes through, and what must hold whatever is in it."""

from __future__ import annotations

import contextlib
import io
import random
import sys
from pathlib import Path

from pgtopo.checks.finding import Finding
from pgtopo.cli.main import main
from pgtopo.errors import SnapshotError, UsageError
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import Settings
from pgtopo.session import Session, open_files
from pgtopo.views.groupings import Grouping, grow
from pgtopo.views.tables import registry
from tests.fuzz import screens

FORBIDDEN = ("\x1b", "\u202e", "\x00", "\u200b")
"""What must never reach a terminal from data."""

LINES: tuple[tuple[str, ...], ...] = (
    *(("check", "{}", "--fixes", "none", "--format", form) for form in ("text", "json", "html")),
    *(("check", "{}", "--fixes", "none", "--format", form) for form in ("sarif", "junit", "csv")),
    ("check", "{}", "--fixes", "none", "--format", "markdown", "--strict"),
    ("check", "{}", "--fixes", "causes", "--format", "json", "--assume-complete"),
    *(("matrix", "{}", "--format", form) for form in ("text", "json", "csv")),
    *(("dns", "{}", "--format", form) for form in ("text", "json", "csv")),
    *(("list", kind, "{}", "--format", "csv") for kind in registry.kinds()),
    *(("list", kind, "{}") for kind in registry.kinds()),
    *(("export", "{}", "--format", form) for form in ("svg", "mermaid", "dot", "html")),
    ("trace", "{}", "--from", "10.0.0.5", "--to", "{server}", "--format", "json"),
    ("trace", "{}", "--from", "internet", "--to", "{server}"),
    (*("trace", "{}", "--from", "onprem:192.168.0.0/16"), "--to", "{server}"),
    (*("triage", "{}", "--error", "timed out"), "--from", "10.0.0.5", "--to", "{server}"),
    (*("triage", "{}", "--error", "could not translate host name"), "--to", "{server}"),
    ("triage", "{}", "--error", "refused", "--to", "{server}", "--format", "html"),
    ("triage", "{}", "--drill", "--to", "{server}", "--format", "json"),
)  # fmt: skip


class Fault(AssertionError):
    """Something that must hold did not."""


def consume(path: Path, chance: random.Random) -> int | None:
    """Put one file through everything; how many paths were traced, None where it did not open.

    Raises:
        Fault: something crashed or contradicted itself.
    """
    try:
        session = open_files([path], settings=Settings())
    except SnapshotError:
        return None
    findings = _checks(session)
    traces = _cells(session, chance)
    _pictures(session, chance)
    screens.load(session, findings, chance)
    _line(path, session, chance)
    return traces


def _checks(session: Session) -> tuple[Finding, ...]:
    report = session.findings()
    if report.crashes:
        raise Fault(f"check broke: {report.crashes[0]}")
    return tuple(report.findings)


def _cells(session: Session, chance: random.Random) -> int:
    """The matrix as a whole, and some of its cells against traces; how many these were."""
    matrix = session.matrix()
    matrix.summary()
    session.dns()
    if not matrix.clients or not matrix.servers:
        return 0
    traces = 0
    for _ in range(3):
        row, column = chance.randrange(len(matrix.clients)), chance.randrange(len(matrix.servers))
        client, server = matrix.clients[row], matrix.servers[column]
        cell = matrix.cell(row, column)
        try:
            _, path = session.trace(client.id, server.id)
        except UsageError:
            continue  # two rows under one name
        traces += 1
        said = (path.verdict, path.dns, path.network, path.code)
        if said != (cell.verdict, cell.dns, cell.network, cell.code):
            raise Fault(f"{client.id} to {server.id}: matrix {cell}, trace {said}")
    return traces


def _pictures(session: Session, chance: random.Random) -> None:
    grow(session.topology, chance.choice(list(Grouping)))
    table, items = session.table(chance.choice(registry.kinds()))
    for item in items[:20]:
        for column in table.columns:
            column.value(item)


def _line(path: Path, session: Session, chance: random.Random) -> None:
    """One command line, as a user would type it."""
    servers = session.topology.all(FlexibleServer)
    server = chance.choice(servers).id if servers else "nobody"
    words = [word.format(server=server) if "{server}" in word else word.replace("{}", str(path))
             for word in chance.choice(LINES)]  # fmt: skip
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
        sys.stdout.flush()
    said = out.buffer.getvalue().decode("utf-8", "surrogatepass")
    if code not in (0, 1, 2, 4, 5):
        raise Fault(f"{words}: exit {code}: {err.getvalue()[-2000:]}")
    if any(one in said + err.getvalue() for one in FORBIDDEN):
        raise Fault(f"{words}: a control character came through")
