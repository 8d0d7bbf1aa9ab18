"""What works here, told without asking anybody."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from pgtopo.reports.doctor import azure, cache, cloud, credentials, terminal
from pgtopo.reports.doctor.item import Section, State
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.reaching import reach
from pgtopo.sources.azure.request import Auth, Request
from pgtopo.sources.cache import folder, store
from tests.cli.conftest import Cli
from tests.sources.cache.test_store import kept
from tests.stand_in.estate import Estate
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import StandIn, running
from tests.tui.live import small

VARIABLES = (
    *("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"),
    *("AZURE_CLIENT_CERTIFICATE_PATH", "IDENTITY_ENDPOINT", "MSI_ENDPOINT", "IMDS_ENDPOINT"),
    *("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"),
)


@pytest.fixture(autouse=True)
def nobody_logged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a login, and without a network."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "azure"
    home.mkdir()
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(home))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    return home


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be connected to."""

    def refuse(*_: object) -> None:
        raise AssertionError("doctor asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def install_az(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "az"
    program.write_text("#!/bin/sh\necho az was started >&2; exit 9\n")
    program.chmod(0o755)


def log_in(home: Path, name: str = "ada@contoso.com") -> None:
    entry = {"isDefault": True, "tenantId": "t", "user": {"name": name}}
    text = json.dumps({"subscriptions": [entry]})
    (home / "azureProfile.json").write_text(text, encoding="utf-8-sig")


def states(section: Section) -> dict[str, State]:
    return {item.name: item.state for item in section.items}


@pytest.mark.usefixtures("no_network")
def test_every_section_is_told(cli: Cli) -> None:
    ran = cli("doctor", "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert document["schema"] == "pgtopo.doctor/1"
    names = [section["name"] for section in document["sections"]]
    assert names == ["python", "terminal", "credentials", "cloud", "cache", "permissions"]
    by_name: dict[str, Any] = {section["name"]: section for section in document["sections"]}
    assert by_name["cache"]["health"] == "ok"
    assert by_name["cache"]["entries"] == []
    assert by_name["cloud"]["arm"] == "https://management.azure.com"
    assert by_name["credentials"]["set_up"] == []
    assert by_name["terminal"]["is_terminal"] is False
    assert by_name["python"]["state"] == "ok"
    assert all(need["permission"] for need in by_name["permissions"]["needs"])


def test_the_text_names_what_to_do(cli: Cli) -> None:
    ran = cli("doctor")
    assert ran.code == 0
    assert "run 'az login'" in ran.text
    assert "--clear-cache" not in ran.text


def test_logins_are_known_by_what_the_machine_holds(
    tmp_path: Path, nobody_logged_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_az(tmp_path)
    found = states(credentials.section(Request()))
    assert found["default"] is State.WARNING
    assert found["cli"] is State.WARNING
    log_in(nobody_logged_in)
    section = credentials.section(Request())
    assert section.facts["set_up"] == ["cli"]
    assert "ada@contoso.com" in next(i.text for i in section.items if i.name == "cli")
    assert "default" not in states(section)
    for name in ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"):
        monkeypatch.setenv(name, "hush-hush")
    monkeypatch.setenv("AZURE_FEDERATED_TOKEN_FILE", "/token")
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1")
    section = credentials.section(Request(auth=Auth.ENV))
    assert section.facts["set_up"] == ["env", "workload", "cli", "mi"]
    assert "hush-hush" not in repr(section)


def test_the_cli_in_another_cloud_is_told(nobody_logged_in: Path) -> None:
    config = nobody_logged_in / "config"
    config.write_text("[cloud]\nname = AzureChinaCloud\n")
    assert states(cloud.section(Request()))["cloud of az"] is State.WARNING
    assert "cloud of az" not in states(cloud.section(Request(cloud=Cloud.CHINA)))
    config.write_text("not [ini at all\n= =")
    assert "cloud of az" not in states(cloud.section(Request()))


def test_a_proxy_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:secret@proxy.contoso.com:8080")
    section = cloud.section(Request())
    assert "proxy.contoso.com:8080" in repr(section)
    assert "secret" not in repr(section)


@pytest.mark.parametrize(
    ("columns", "has_signs", "variables", "expected"),
    [
        (120, True, {"TERM": "xterm-256color"}, {"size": State.OK, "signs": State.OK}),
        (40, False, {"TERM": "dumb"}, {"size": State.WARNING, "signs": State.WARNING}),
    ],
)
def test_terminals(
    columns: int, has_signs: bool, variables: dict[str, str], expected: dict[str, State]
) -> None:
    found = terminal.Terminal(
        is_there=True,
        columns=columns,
        rows=40,
        encoding="utf-8",
        has_signs=has_signs,
        variables=variables,
    )
    assert expected.items() <= states(terminal.section(found)).items()


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"NO_COLOR": "1", "TERM": "xterm"}, "off (NO_COLOR)"),
        ({}, "none"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "xterm"}, "16"),
    ],
)
def test_colours(variables: dict[str, str], word: str) -> None:
    found = terminal.Terminal(
        is_there=True, columns=80, rows=24, encoding="utf-8", has_signs=True, variables=variables
    )
    assert terminal.section(found).facts["colors"] == word


def test_kept_scopes_are_listed_and_cleared(cli: Cli) -> None:
    home = folder.default_folder()
    store.Store(home).put(kept())
    listed = cli("doctor", "--format", "json").json["sections"][4]
    assert listed["entries"] == [
        {"scope": "two", "created_at": "2026-11-22", "rows": 12, "size": 6}
    ]
    assert listed["path"] == str(home)
    assert listed["size"] > 0
    cleared = cli("doctor", "--clear-cache")
    assert cleared.code == 0
    assert re.search(r"cleared: \d files? removed", cleared.text)
    assert store.Store(home).entries() == ()


def test_a_broken_cache_is_told_and_can_be_cleared(cli: Cli) -> None:
    home = folder.default_folder()
    store.Store(home).put(kept())
    (home / "cache.db").write_bytes(b"garbage" * 100)
    section = cache.section(home)
    assert section.state is State.WARNING
    told = cli("doctor")
    assert told.code == 0
    assert "--clear-cache" in told.text
    assert cli("doctor", "--clear-cache").code == 0
    assert cache.section(home).state is State.OK


def test_a_cache_that_is_no_folder_is_not_cleared(cli: Cli, tmp_path: Path) -> None:
    home = folder.default_folder()
    home.parent.mkdir(parents=True)
    home.symlink_to(tmp_path)
    ran = cli("doctor", "--clear-cache")
    assert ran.code == 2
    assert "link" in ran.err


def test_an_endpoint_elsewhere_is_refused(cli: Cli) -> None:
    ran = cli("doctor", "--arm-endpoint", "http://example.com")
    assert ran.code == 2
    assert "loopback" in ran.err


def test_a_login_that_fails_is_told_with_its_cause(cli: Cli) -> None:
    ran = cli("doctor", "--online", "--auth", "env", "--format", "json")
    assert ran.code == 3
    found = next(one for one in ran.json["sections"] if one["name"] == "azure")
    assert found["state"] == "error"
    assert found["logged_in_by"] is None
    assert "the environment names no login" in json.dumps(found["items"])


def test_every_credential_that_was_tried_is_told(cli: Cli, tmp_path: Path) -> None:
    ran = cli("doctor", "--online")
    assert ran.code == 3
    assert "the Azure CLI is not installed" in ran.text
    assert "Azure PowerShell" in ran.text


def test_the_stand_in_is_asked_for_real(cli: Cli) -> None:
    with running(StandIn(Estate(small()))) as stand_in:
        ran = cli("doctor", "--arm-endpoint", stand_in.url, "--format", "json")
        assert ran.code == 0
        found = next(one for one in ran.json["sections"] if one["name"] == "azure")
        assert found["subscriptions"] == ["shop"]
        assert found["quota_left"] == 14
        stand_in.fault = lambda _call: error(403, "AuthorizationFailed", "not you")
        ran = cli("doctor", "--arm-endpoint", stand_in.url)
        assert ran.code == 3
        assert "AuthorizationFailed" in ran.text
        stand_in.fault = lambda _call: Reply(200, b"<html>")
        assert cli("doctor", "--arm-endpoint", stand_in.url).code == 3
        url = stand_in.url
    ran = cli("doctor", "--arm-endpoint", url)
    assert ran.code == 3
    assert "no connection" in ran.text


def test_subscriptions_that_are_not_visible_are_named(tmp_path: Path) -> None:
    there = small()[0]["id"].split("/")[2]
    hidden = "00000000-0000-0000-0000-00000000000f"
    with running(StandIn(Estate(small()))) as stand_in:
        request = Request(arm_endpoint=stand_in.url, subscriptions=(there, hidden))
        found = azure.section(reach(request, lambda _code: None))
    assert found.state is State.ERROR
    assert found.facts["missing"] == [hidden]
