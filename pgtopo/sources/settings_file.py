"""The settings file: what a user states about clients, DNS servers and appliances, and tastes.

It is `$PGTOPO_CONFIG`, else `config.toml` in the user's configuration folder for pgtopo.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.model.net import parse_address, parse_prefix
from pgtopo.model.settings import ApplianceFact, DeclaredClient, DnsServerFact, Settings

VARIABLE = "PGTOPO_CONFIG"
_HINT = "the README shows what a settings file takes"


class UserSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in the settings file."""

    verdicts: Settings = Settings()
    """What bears on verdicts."""
    theme: str = ""
    ascii: bool | None = None
    """Plain signs instead of glyphs; None where the terminal decides."""
    keys: dict[str, str] = msgspec.field(default_factory=dict)
    """Action to key."""
    scope: dict[str, Any] = msgspec.field(default_factory=dict)
    hidden_columns: tuple[str, ...] = ()
    path: str = ""
    """The file they come from; empty for none."""
    unknown: tuple[str, ...] = ()
    """Keys that mean nothing to pgtopo."""


class _Client(msgspec.Struct, rename={"source": "from", "targets": "to"}):
    source: str
    targets: str | list[str] = msgspec.field(default_factory=list)
    port: int = 5432


class _DnsServer(msgspec.Struct):
    address: str
    forwards_to: str
    network: str = ""


class _Appliance(msgspec.Struct):
    address: str
    snat: bool | None = None
    allows: list[str] | None = None


class _File(msgspec.Struct):
    theme: str = ""
    ascii: bool | None = None
    keys: dict[str, str] = msgspec.field(default_factory=dict)
    scope: dict[str, Any] = msgspec.field(default_factory=dict)
    hidden_columns: list[str] = msgspec.field(default_factory=list)
    client: list[_Client] = msgspec.field(default_factory=list)
    dns_server: list[_DnsServer] = msgspec.field(default_factory=list)
    appliance: list[_Appliance] = msgspec.field(default_factory=list)
    assumptions: dict[str, str] = msgspec.field(default_factory=dict)


def read() -> UserSettings:
    """The user's settings; the defaults where there is no file.

    Raises:
        SnapshotError: the file cannot be read or does not fit.
    """
    stated = os.environ.get(VARIABLE)
    path = Path(stated) if stated else default_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if stated:
            raise SnapshotError(f"{stated}: no such settings file", f"unset {VARIABLE}") from None
        return UserSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(f"cannot read the settings in {path}: {error}", _HINT) from None
    return parse(text, str(path))


def default_path() -> Path:
    """Where the settings file is looked for."""
    import platformdirs

    return Path(platformdirs.user_config_dir("pgtopo", appauthor=False)) / "config.toml"


def parse(text: str, source: str) -> UserSettings:
    """The settings in a TOML text.

    Raises:
        SnapshotError: the text is no TOML, or something in it does not fit.
    """
    try:
        content = tomllib.loads(text)
        file = msgspec.convert(content, _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise SnapshotError(f"the settings in {source} do not fit: {error}", _HINT) from None
    _check(file, source)
    return UserSettings(
        verdicts=_verdicts(file),
        theme=file.theme,
        ascii=file.ascii,
        keys=file.keys,
        scope=file.scope,
        hidden_columns=tuple(file.hidden_columns),
        path=source,
        unknown=tuple(sorted(set(content) - set(_File.__struct_fields__))),
    )


def _verdicts(file: _File) -> Settings:
    return Settings(
        clients=tuple(
            DeclaredClient(source=c.source, targets=_several(c.targets), port=c.port)
            for c in file.client
        ),
        dns_servers=tuple(
            DnsServerFact(address=d.address, forwards_to=d.forwards_to, network=d.network)
            for d in file.dns_server
        ),
        appliances=tuple(
            ApplianceFact(
                address=a.address,
                snat=a.snat,
                allows=None if a.allows is None else tuple(a.allows),
            )
            for a in file.appliance
        ),
        assumptions={code.upper(): word.lower() for code, word in file.assumptions.items()},
    )


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _check(file: _File, source: str) -> None:
    """Refuse what would silently mean nothing."""
    addresses = [one.address for one in file.dns_server]
    addresses += [one.forwards_to for one in file.dns_server]
    addresses += [one.address for one in file.appliance]
    wrong = [f"{text!r} is no IPv4 address" for text in addresses if parse_address(text) is None]
    prefixes = [text for one in file.appliance for text in one.allows or ()]
    wrong += [f"{text!r} is no prefix" for text in prefixes if parse_prefix(text) is None]
    wrong += [
        f"assumption {code} is {word!r}, neither allowed nor blocked"
        for code, word in file.assumptions.items()
        if word.lower() not in ("allowed", "blocked")
    ]
    wrong += [f"{one.port} is no port" for one in file.client if not 0 < one.port <= 65535]
    if wrong:
        raise SnapshotError(f"the settings in {source} do not fit: {wrong[0]}", _HINT)
