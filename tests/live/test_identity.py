"""Logins that fail, each told in one line, through the real identity library."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pgtopo.errors import AuthError
from pgtopo.sources.azure.clouds import Cloud, endpoints
from pgtopo.sources.azure.collect import collect
from pgtopo.sources.azure.request import Auth, Request
from pgtopo.sources.azure.sdk import identity
from tests.live.conftest import FAST

SCOPE = "https://management.azure.com/.default"
ROOT = Path(__file__).resolve().parents[2]

Az = Callable[[str], None]


@pytest.fixture
def az(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Az:
    """Puts an `az` on the path that runs some lines of shell; nothing else is on it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    for name in ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AZURE_FEDERATED_TOKEN_FILE", raising=False)

    def install(lines: str) -> None:
        path = folder / "az"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    return install


def told(auth: Auth = Auth.CLI) -> tuple[str, str]:
    """The cause and the hint a failing login gives."""
    with pytest.raises(AuthError) as caught:
        collect(Request(auth=auth), timing=FAST)
    assert caught.value.exit_code == 3
    return caught.value.message, caught.value.hint


NOT_LOGGED_IN = "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1"
EXPIRED = (
    'echo "ERROR: AADSTS700082: The refresh token has expired due to inactivity.\n'
    'Trace ID: 0\nInteractive authentication is needed. Please run: az login" >&2; exit 1'
)


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (NOT_LOGGED_IN, "not logged in: run `az login`"),
        (EXPIRED, "the login has expired: run `az login`"),
        ("echo no json", "the login failed"),
        ("echo 'ERROR: AADSTS90002: Tenant x not found.' >&2; exit 1", "there is no such tenant"),
    ],
)
def test_what_the_azure_cli_says_is_told_in_one_line(az: Az, lines: str, cause: str) -> None:
    az(lines)
    message, hint = told()
    assert message.startswith(cause)
    assert "\n" not in message
    assert hint


def test_no_azure_cli(az: Az) -> None:
    assert told()[0] == "the Azure CLI is not installed"
    assert told(Auth.DEFAULT)[0] == "the Azure CLI is not installed"


def test_a_cli_that_hangs_is_left(az: Az, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "PROCESS_TIMEOUT", 1)
    az("exec /bin/sleep 600")
    assert told()[0].startswith("the Azure CLI gave no token")


def test_the_token_of_the_azure_cli_is_taken(az: Az) -> None:
    token = {"accessToken": "t0", "expires_on": 4102444800, "subscription": "s", "tenant": "t"}
    az(f"echo '{json.dumps(token)}'")
    login = identity.login(Request(), lambda _code: None)
    assert login.get_token(SCOPE).token == "t0"
    assert login.name == "Azure CLI"
    assert login.get_token(SCOPE).token == "t0"


def test_the_default_login_never_looks_for_a_managed_identity(az: Az) -> None:
    az(NOT_LOGGED_IN)
    login = identity.login(Request(), lambda _code: None)
    with pytest.raises(identity.LoginFailed):
        login.get_token(SCOPE)
    names = [one.name for one in login.tried]
    assert names == ["Azure CLI", "Azure PowerShell", "Azure Developer CLI"]
    assert all(one.cause and one.hint for one in login.tried)


@pytest.mark.parametrize(
    ("auth", "cause"),
    [
        (Auth.ENV, "the environment names no login"),
        (Auth.WORKLOAD, "there is no workload identity here"),
    ],
)
def test_logins_that_are_not_set_up(az: Az, auth: Auth, cause: str) -> None:
    assert told(auth)[0] == cause


def test_clouds_have_their_own_hosts() -> None:
    found = [endpoints(cloud) for cloud in Cloud]
    for name in ("arm", "login", "token_scope"):
        assert len({getattr(one, name) for one in found}) == len(found)
    assert endpoints(Cloud.USGOV).token_scope.startswith("https://management.core.")


def test_nothing_but_two_lines_is_said(az: Az, tmp_path: Path) -> None:
    az(EXPIRED)
    words = [sys.executable, "-m", "pgtopo", "collect", "-o", str(tmp_path / "out.json")]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "pgtopo: error: the login has expired: run `az login`",
        "pgtopo: hint: or log in another way: --auth device",
    ]
    assert not (tmp_path / "out.json").exists()
