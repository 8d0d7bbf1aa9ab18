"""The settings file: what a user states about clients, DNS servers and appliances, and tastes.

It is `$PGTOPO_CONFIG`, else `config.toml` in the user's configuration folder for pgtopo.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pgtopo.errors import UsageError
from pgtopo.model.net import parse_address, parse_prefix
from pgtopo.model.settings import ApplianceFact, DeclaredClient, DnsServerFact, Settings
from pgtopo.sources import own_folders

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
        UsageError: the file cannot be read or does not fit.
    """
    stated = os.environ.get(VARIABLE)
    path = place()
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        if stated:
            raise UsageError(f"{stated}: no such settings file", f"unset {VARIABLE}") from None
        return UserSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the settings in {path}: {error}", _HINT) from None
    return parse(text, str(path))


def place() -> Path:
    """The settings file, whether or not it exists."""
    stated = os.environ.get(VARIABLE)
    return Path(stated) if stated else default_path()


def default_path() -> Path:
    """Where the settings file is looked for."""
    return own_folders.config() / "config.toml"


def parse(text: str, source: str) -> UserSettings:
    """The settings in a TOML text.

    Raises:
        UsageError: the text is no TOML, or something in it does not fit.
    """
    import tomllib

    try:
        content = tomllib.loads(text)
        file = msgspec.convert(content, _File)
    except msgspec.ValidationError as error:
        raise _unfit(str(error), text, source) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the settings in {source} do not fit: {error}", _HINT) from None
    for wrong in _wrong(file):
        raise _unfit(wrong, text, source)
    return UserSettings(
        verdicts=_verdicts(file),
        theme=file.theme,
        ascii=file.ascii,
        keys=file.keys,
        scope=file.scope,
        hidden_columns=tuple(file.hidden_columns),
        path=source,
        unknown=tuple(_unknown(content)),
    )


def _unknown(content: dict[str, Any]) -> Iterator[str]:
    """Keys that mean nothing, as `key` or `table.key`."""
    yield from sorted(set(content) - set(_File.__struct_fields__))
    for name, shape in (("client", _Client), ("dns_server", _DnsServer), ("appliance", _Appliance)):
        known = {field.encode_name for field in msgspec.structs.fields(shape)}
        found = {key for table in content.get(name, ()) for key in table}
        yield from (f"{name}.{key}" for key in sorted(found - known))


_PLACE = re.compile(r"\$\.(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


def _unfit(message: str, text: str, source: str) -> UsageError:
    """The error for a message that names its place like `$.client[0].port`."""
    return UsageError(
        f"the settings in {source} do not fit: {message}{_line(message, text)}", _HINT
    )


def _line(message: str, text: str) -> str:
    """The line of the setting a message names, as it is written behind the message."""
    place = _PLACE.search(message)
    if place is None:
        return ""
    top, number, key = place.groups()
    tables = list(re.finditer(rf"^\s*\[+\s*{top}\s*\]+", text, re.MULTILINE))
    index = int(number or 0)
    at = tables[index].start() if index < len(tables) else 0
    name = key if tables and key else top
    found = re.compile(rf"^\s*{name}\b", re.MULTILINE | re.IGNORECASE).search(text, at)
    if found is not None:
        at = found.end()
    return f" (line {text.count(chr(10), 0, at) + 1})"


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


def _wrong(file: _File) -> Iterator[str]:
    """What would silently mean nothing, each with its place."""
    for place, address in _addresses(file):
        if parse_address(address) is None:
            yield f"{address!r} is no IPv4 address - at `$.{place}`"
    for index, one in enumerate(file.appliance):
        for text in one.allows or ():
            if parse_prefix(text) is None:
                yield f"{text!r} is no prefix - at `$.appliance[{index}].allows`"
    for code, word in file.assumptions.items():
        if word.lower() not in ("allowed", "blocked"):
            yield f"{word!r} is neither allowed nor blocked - at `$.assumptions.{code}`"
    for index, client in enumerate(file.client):
        if not 0 < client.port <= 65535:
            yield f"{client.port} is no port - at `$.client[{index}].port`"


def _addresses(file: _File) -> Iterator[tuple[str, str]]:
    for index, server in enumerate(file.dns_server):
        yield f"dns_server[{index}].address", server.address
        yield f"dns_server[{index}].forwards_to", server.forwards_to
    for index, one in enumerate(file.appliance):
        yield f"appliance[{index}].address", one.address
