"""The custom role of the README is all that any verb ever needs, as the server's own log shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pgtopo.sources.azure import pacing
from tests.cli.conftest import Cli, cli
from tests.live.conftest import FAST, Start
from tests.live.test_permissions import actions, whole
from tests.stand_in.server import Call

__all__ = ["cli"]
README = Path(__file__).resolve().parents[2] / "README.md"
QUERYING = "microsoft.resourcegraph/resources/read"
SECRETS = ("listkeys", "credentials", "sharedkey", "secret", "connectionstring", "password")
ALL = ("--effective", "--changes", "--health")


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verbs keep to Azure's windows; what they ask for is the same where a second is short."""
    monkeypatch.setattr(pacing, "USUAL", FAST)


def granted() -> frozenset[str]:
    """The actions of the role that the README prints."""
    found = re.search(r"<!-- begin role -->\s*```json\n(.*?)```", README.read_text(), re.DOTALL)
    assert found
    role = json.loads(found[1])
    assert role["DataActions"] == []
    assert not [one for one in role["Actions"] if "*" in one]
    return frozenset(action.lower() for action in role["Actions"])


def taken(call: Call) -> set[str]:
    """What a call takes; counting over one kind is a query like any other."""
    single = re.search(r"where type =~ '([^']+)'", call.query)
    return {QUERYING, f"{single[1].lower()}/read"} if single else actions(call)


def of_scopes(action: str) -> bool:
    """Subscriptions and groups are seen by whoever may read anything in them."""
    return action.startswith("microsoft.resources/subscriptions")


@pytest.mark.parametrize("options", [(), ALL, ("--no-arm",)], ids=["default", "all", "no arm"])
def test_collecting(options: tuple[str, ...], cli: Cli, start: Start, tmp_path: Path) -> None:
    stand_in = start(whole())
    path = tmp_path / "out.json.zst"
    words = ("collect", "--arm-endpoint", stand_in.url, *options)
    assert cli(*words, "-o", path).code in (0, 3)
    assert cli(*words, "--resume", path).code in (0, 3)
    require_least(stand_in.calls, is_reading=options != ALL)


def test_doctor(cli: Cli, start: Start) -> None:
    stand_in = start(whole())
    assert cli("doctor", "--arm-endpoint", stand_in.url).code == 0
    require_least(stand_in.calls, is_reading=True)


def require_least(calls: list[Call], *, is_reading: bool) -> None:
    """Nothing that the role does not grant; without the options that ask for more, only reads."""
    assert calls
    used = {action for call in calls for action in taken(call)}
    beyond = {action for action in used - granted() if not of_scopes(action)}
    assert beyond == set()
    assert {call.method for call in calls} <= {"GET", "POST"}
    if is_reading:
        assert all(action.endswith("/read") for action in used)
        assert all(call.is_query for call in calls if call.method == "POST")
    asked = " ".join(call.path + call.query for call in calls).lower()
    assert not [word for word in SECRETS if word in asked]
