"""Estates under other names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from pgtopo.model.settings import Settings
    from pgtopo.session.estate import Session
    from pgtopo.sources.redaction.redact import Redacted
    from pgtopo.triage.case import Case


class RedactedEstate(NamedTuple):
    """An estate under pseudonyms."""

    session: Session
    redaction: Redacted
    """What became of what, and what translates words about the estate."""
    sha256: str
    """Of the bytes that `pgtopo redact` writes under the same key."""


def redacted(path: str, secret: bytes | None = None) -> Redacted:
    """A file under pseudonyms; without a secret, under a key that nobody knows afterwards.

    Raises:
        SnapshotError: the file cannot be read.
    """
    from pgtopo.sources.raw import read_raw
    from pgtopo.sources.redaction import redact

    key = redact.new_key() if secret is None else redact.key_of(secret)
    return redact.redacted(read_raw(path), key)


def redacted_estate(
    path: str,
    secret: bytes | None = None,
    *,
    assume_complete: bool = False,
    settings: Settings | None = None,
) -> RedactedEstate:
    """The estate of a file under pseudonyms; what settings name is renamed too.

    Raises:
        SnapshotError: the file cannot be read.
    """
    from hashlib import sha256
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from pgtopo.session.inputs import read_settings
    from pgtopo.session.opening import open_held

    found = redacted(path, secret)
    with TemporaryDirectory(prefix="pgtopo-") as folder:
        target = Path(folder) / "redacted.json"
        write_redacted(target, found)
        held = target.read_bytes()
    judged_with = _renamed(settings or read_settings().verdicts, found)
    estate = open_held("redacted.json", held, assume_complete=assume_complete, settings=judged_with)
    return RedactedEstate(estate, found, sha256(held).hexdigest())


def _renamed(settings: Settings, found: Redacted) -> Settings:
    """Settings in which everybody goes by their pseudonyms."""
    from msgspec.structs import replace

    end, place = found.texts.end, found.texts.place
    return replace(
        settings,
        clients=tuple(
            replace(one, source=end(one.source), targets=tuple(map(end, one.targets)))
            for one in settings.clients
        ),
        dns_servers=tuple(
            replace(
                one,
                address=place(one.address),
                forwards_to=place(one.forwards_to),
                network=place(one.network),
            )
            for one in settings.dns_servers
        ),
        appliances=tuple(
            replace(
                one,
                address=place(one.address),
                allows=tuple(map(end, one.allows)) if one.allows is not None else None,
            )
            for one in settings.appliances
        ),
    )


def redacted_case(case: Case, found: Redacted) -> Case:
    """What was said of an incident, in the words of the redacted estate."""
    import msgspec

    texts = found.texts
    return msgspec.structs.replace(
        case,
        error=texts.free(case.error),
        client=texts.end(case.client),
        server=texts.end(case.server),
        client_dns=texts.end(case.client_dns) if case.client_dns else None,
        pastes=tuple(
            msgspec.structs.replace(one, name=f"output {at}", text=texts.free(one.text))
            for at, one in enumerate(case.pastes, 1)
        ),
    )


def write_redacted(path: Path, found: Redacted, *, is_overwriting: bool = False) -> None:
    """Write a redacted file in the form its original had.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    from pgtopo.sources.redaction.files import write

    write(path, found, is_overwriting=is_overwriting)


def write_redaction_map(path: Path, found: Redacted, *, is_overwriting: bool = False) -> None:
    """Write what became of what, which undoes the redaction.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    from pgtopo.sources.redaction.files import write_map

    write_map(path, found, is_overwriting=is_overwriting)
