"""What is kept of one run for the next."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import Auth, Request
from pgtopo.sources.cache import bounded, folder, guard, store

ONE, TWO = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2))
REQUEST = Request(subscriptions=(ONE, TWO), auth=Auth.DEVICE)


def kept(
    request: Request = REQUEST, text: bytes = b"packed", created_at: str = "2026-11-22"
) -> store.Kept:
    about = store.About(
        request=request, created_at=created_at, label="two", rows=12, size=len(text)
    )
    return store.Kept(about=about, snapshot=text)


def numbered(number: int) -> Request:
    return Request(management_groups=(f"mg-{number}",))


def test_a_result_outlasts_the_run(tmp_path: Path) -> None:
    first = store.Store(tmp_path / "cache")
    assert first.get(store.key_of(REQUEST)) is None
    first.put(kept())
    second = store.Store(tmp_path / "cache")
    assert second.get(store.key_of(REQUEST)) == kept()
    assert second.entries() == (kept().about,)
    assert second.is_on_disk
    assert not second.fault


def test_the_last_result_replaces_the_one_before(tmp_path: Path) -> None:
    for text in (b"old", b"new"):
        store.Store(tmp_path).put(kept(text=text))
    found = store.Store(tmp_path).get(store.key_of(REQUEST))
    assert found is not None
    assert found.snapshot == b"new"
    assert len(store.Store(tmp_path).entries()) == 1


def test_scopes_are_listed_newest_first(tmp_path: Path) -> None:
    used = store.Store(tmp_path)
    used.put(kept(Request(subscriptions=(ONE,)), created_at="2026-01-01"))
    used.put(kept(Request(subscriptions=(TWO,)), created_at="2026-02-01"))
    assert [one.created_at for one in store.Store(tmp_path).entries()] == [
        "2026-02-01",
        "2026-01-01",
    ]


def test_only_the_owner_can_look(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "cache"
    store.Store(home).put(kept())
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for file, found in folder.files(home):
        assert stat.S_IMODE(found.st_mode) == 0o600, file


def test_another_version_has_other_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.Store(tmp_path).put(kept())
    monkeypatch.setattr(store, "__version__", "99.0")
    assert store.Store(tmp_path).get(store.key_of(REQUEST)) is None
    assert store.Store(tmp_path).entries() == ()


def test_without_a_folder_memory_serves(tmp_path: Path) -> None:
    used = store.Store(None)
    used.put(kept())
    assert used.get(store.key_of(REQUEST)) == kept()
    assert store.Store(None).get(store.key_of(REQUEST)) is None
    assert not used.fault


def test_what_is_too_large_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST_ENTRY", 3)
    used = store.Store(tmp_path / "cache")
    used.put(kept())
    assert used.get(store.key_of(REQUEST)) == kept()
    assert store.Store(tmp_path / "cache").get(store.key_of(REQUEST)) is None


def test_old_results_give_way_to_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bounded.SETTINGS, "size_limit", 1 << 20)
    used = store.Store(tmp_path)
    for number in range(8):
        used.put(kept(numbered(number), bytes(300_000), created_at=f"2026-01-0{number + 1}"))
    fresh = store.Store(tmp_path)
    listed = fresh.entries()
    assert 0 < len(listed) < 8
    assert listed[0].request == numbered(7)
    assert all(fresh.get(about.key) is not None for about in listed)
    assert sum(found.st_size for _, found in folder.files(tmp_path)) < 4 << 20


def test_looking_makes_nothing(tmp_path: Path) -> None:
    assert store.probe(tmp_path / "cache") == ""
    assert not (tmp_path / "cache").exists()


def test_the_known_layout_is_what_the_package_creates(tmp_path: Path) -> None:
    bounded.open_cache(str(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / "cache.db")) as db:
        assert guard.digests(db) == guard.LAYOUT


@pytest.mark.parametrize(
    "other",
    [
        Request(subscriptions=(ONE,), auth=Auth.DEVICE),
        Request(subscriptions=(ONE, TWO), auth=Auth.ENV),
        Request(subscriptions=(ONE, TWO), auth=Auth.DEVICE, cloud=Cloud.CHINA),
        Request(subscriptions=(ONE, TWO), auth=Auth.DEVICE, tenant="contoso.com"),
        Request(subscriptions=(ONE, TWO), auth=Auth.DEVICE, has_arm_reads=False),
        Request(subscriptions=(ONE, TWO), auth=Auth.DEVICE, arm_endpoint="http://127.0.0.1:1"),
    ],
)
def test_another_request_has_another_key(other: Request) -> None:
    assert store.key_of(other) != store.key_of(REQUEST)


def test_the_same_scope_in_another_order_has_the_same_key() -> None:
    assert store.key_of(Request(subscriptions=(TWO, ONE), auth=Auth.DEVICE)) == store.key_of(
        REQUEST
    )


def test_another_login_of_the_cli_has_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path))
    asked = Request(auth=Auth.CLI)
    keys = {store.key_of(asked)}
    for user in ("ada@contoso.com", "bob@contoso.com"):
        entry = {"isDefault": True, "tenantId": "t", "user": {"name": user}}
        text = json.dumps({"subscriptions": [entry]})
        (tmp_path / "azureProfile.json").write_text(text, encoding="utf-8-sig")
        keys.add(store.key_of(asked))
    assert len(keys) == 3
    for odd in ("[]", "{", '{"subscriptions": 3}', '{"subscriptions": [3, {"user": 1}]}'):
        (tmp_path / "azureProfile.json").write_text(odd)
        assert store.key_of(asked) in keys


def test_an_entry_that_asks_for_anything_odd_is_not_there(tmp_path: Path) -> None:
    odd = Request(arm_endpoint="http://example.com")
    store.Store(tmp_path).put(kept(odd))
    assert store.Store(tmp_path).entries() == ()
    assert store.Store(tmp_path).get(store.key_of(odd)) is None
