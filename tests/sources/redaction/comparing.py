"""What an estate says, in the words of its redacted twin."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from pgtopo.model.settings import Settings
from pgtopo.session import Session, open_files, redacted, write_redacted
from pgtopo.sources.redaction.names import Names
from pgtopo.sources.redaction.redact import Redacted, key_of

SECRET = b"a secret for tests only"
Said = tuple[Counter[Any], dict[tuple[str, str], Any]]


def twin(path: Path, folder: Path) -> tuple[Path, Redacted]:
    """The redacted file of a file."""
    found = redacted(str(path), SECRET)
    target = folder / f"redacted-{path.name}"
    write_redacted(target, found, is_overwriting=True)
    return target, found


def said(path: Path, names: Names | None) -> Said:
    """All findings and all cells, with every id under its pseudonym where names are given."""
    session = open_files([path], settings=Settings())

    def called(arm_id: str) -> str:
        return names.arm_id(arm_id).lower() if names else arm_id.lower()

    findings = Counter(
        (one.check, one.outcome, one.severity, one.certainty, called(one.subject))
        for one in session.findings().findings
    )
    return findings, _cells(session, called)


def _cells(session: Session, called: Any) -> dict[tuple[str, str], Any]:
    found = session.matrix()
    return {
        (called(client.id), called(server.id)): (cell.verdict, cell.dns, cell.network, cell.code)
        for row, client in enumerate(found.clients)
        for cell, server in zip(found.row(row), found.servers, strict=True)
    }


def renaming() -> Names:
    """The names of the tests' own secret."""
    return Names(key_of(SECRET))


GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
NAME = re.compile(r"[a-z0-9_-]{6,}")


def tokens(data: bytes) -> tuple[set[str], set[str], set[str]]:
    """Every name-like text of six characters or more, every GUID and every address in a file."""
    text = data.decode().lower()
    return set(NAME.findall(text)), set(GUID.findall(text)), set(ADDRESS.findall(text))
