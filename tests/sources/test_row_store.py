"""Rows shown again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgtopo.errors import SnapshotError
from pgtopo.model.base import Origin
from pgtopo.model.routing import GatewayConnection
from pgtopo.sources import rows
from pgtopo.sources.load import Loaded, load_files
from pgtopo.sources.secret_members import NOT_SHOWN, without_secrets
from tests.sources.packing import NET, by_line, pack, put, row, vnet

CONNECTION = row(
    "microsoft.network/connections",
    "connections/c",
    NET,
    sharedKey="s3cret",
    connectionType="IPsec",
    authorizationKey="k",
)


def origin_of(loaded: Loaded) -> Origin:
    found = loaded.topology.all(GatewayConnection)[0].origin
    assert found is not None
    return found


@pytest.mark.parametrize("packing", ["", "gz", "zst"])
def test_quirk_76_secrets_are_not_shown(packing: str, tmp_path: Path) -> None:
    text = by_line([vnet(), CONNECTION]).encode()
    loaded = load_files([put(tmp_path / "a.json", pack(text, packing))])
    assert b"s3cret" in loaded.rows.raw(origin_of(loaded))
    shown = loaded.rows.shown(origin_of(loaded))
    assert shown["properties"] == {
        "sharedKey": NOT_SHOWN,
        "connectionType": "IPsec",
        "authorizationKey": NOT_SHOWN,
    }
    assert "s3cret" not in json.dumps(shown)
    assert shown["id"] == CONNECTION["id"]


@pytest.mark.parametrize(
    "name",
    [
        "sharedKey",
        "administratorLoginPassword",
        "adminPassword",
        "primaryConnectionString",
        "accessToken",
        "osProfile",
        "customData",
        "client_secret",
        "primaryKey",
        "keys",
        "credentials",
        "radiusServerSecret",
        "serviceKey",
        "userData",
        "key1",
        "adminPasswordHash",
        "secretValue",
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert without_secrets({"a": [{name: "x", "b": 1}]}) == {"a": [{name: NOT_SHOWN, "b": 1}]}
    assert without_secrets({name: {"deep": "x"}}) == {name: NOT_SHOWN}


@pytest.mark.parametrize(
    "text",
    [
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==",
        "Server=x;Password=hunter2",
        "postgres://user:word@host/db",
        "https://x.blob.core.windows.net/c?sv=1&sig=abc",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJhbGciOiJSUzI1NiJ9.eyJ4.z",
    ],
)
def test_texts_that_hold_secrets(text: str) -> None:
    assert without_secrets({"note": text}) == {"note": NOT_SHOWN}


def test_what_is_no_secret_is_shown() -> None:
    plain = {
        "authConfig": {"passwordAuth": "Enabled", "activeDirectoryAuth": "Disabled"},
        "primaryKeyURI": "https://vault/keys/k",
        "primaryEncryptionKeyStatus": "Valid",
        "publicKey": "ssh-ed25519 AAAA",
        "sharedKey": "",
        "hasToken": True,
        "disablePasswordAuthentication": True,
        "notes": "the key to everything",
        "sku": {"name": "Standard_D2ds_v5"},
    }
    assert without_secrets(plain) == plain


@pytest.mark.parametrize("packing", ["", "gz"])
def test_a_file_that_changed_since_is_not_shown(packing: str, tmp_path: Path) -> None:
    text = by_line([CONNECTION]).encode()
    path = put(tmp_path / "a.json", pack(text, packing))
    loaded = load_files([path])
    put(path, pack(by_line([vnet(), CONNECTION]).encode(), packing))
    with pytest.raises(SnapshotError, match="has changed since it was loaded"):
        loaded.rows.raw(origin_of(loaded))
    path.unlink()
    with pytest.raises(SnapshotError):
        loaded.rows.shown(origin_of(loaded))


def test_rows_that_never_were_in_a_file(tmp_path: Path) -> None:
    loaded = load_files([put(tmp_path / "a.json", "[]")])
    for origin in (Origin(0, -1, 0), Origin(7, 0, 1), Origin(-1, 0, 1)):
        with pytest.raises(SnapshotError, match="does not come from a file"):
            loaded.rows.raw(origin)


@pytest.mark.parametrize("limit", [0, 1 << 20])
@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_files_small_and_big(
    packing: str, limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_SMALL", limit)
    text = by_line([vnet(), CONNECTION, vnet("b")]).encode()
    loaded = load_files([put(tmp_path / "a.json", pack(text, packing))])
    for _ in range(2):
        assert json.loads(loaded.rows.raw(origin_of(loaded))) == CONNECTION


def test_rows_of_several_files(tmp_path: Path) -> None:
    paths = [
        put(tmp_path / "a.json", by_line([vnet()])),
        put(tmp_path / "b.json", json.dumps([CONNECTION], indent=2)),
    ]
    loaded = load_files(paths)
    assert loaded.rows.file(origin_of(loaded)) == str(paths[1])
    assert json.loads(loaded.rows.raw(origin_of(loaded))) == CONNECTION


def test_a_row_with_numbers_that_are_none_is_shown(tmp_path: Path) -> None:
    text = json.dumps(CONNECTION).replace('"IPsec"', "NaN")
    loaded = load_files([put(tmp_path / "a.jsonl", text)])
    assert "connectionType" in loaded.rows.shown(origin_of(loaded))["properties"]
