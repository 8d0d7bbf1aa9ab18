"""What changed on the way is told with what is to blame, where the history was collected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.triage.demo import SNAPSHOT

ENDS = ("--from", "vm-app-test-01", "--to", "psql-app-test-weu", "--error", "timeout")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with one change of the group that is to blame, and one elsewhere."""
    snapshot: dict[str, Any] = json.loads(Path(SNAPSHOT).read_text())
    groups = [
        one for one in snapshot["rows"] if one["name"] in ("nsg-pg-test-weu", "rt-desktops-weu")
    ]
    for row in groups:
        scope = f"{row['id']}/providers/Microsoft.Resources/changes/0001"
        snapshot["rows"].append(
            {
                "id": scope,
                "name": "0001",
                "type": "microsoft.resources/changes",
                "properties": {
                    "targetResourceId": row["id"],
                    "changeType": "Update",
                    "changeAttributes": {
                        "timestamp": "2026-11-19T22:41:00Z",
                        "changedBy": "night-shift@contoso.com",
                    },
                    "changes": {"properties.securityRules['deny-all-in'].properties.priority": {}},
                },
            }
        )
    path = tmp_path_factory.mktemp("history") / "changed.json"
    path.write_text(json.dumps(snapshot))
    return path


def test_last_change_and_its_author_are_in_the_verdict(cli: Cli, changed: Path) -> None:
    found = cli("triage", changed, *ENDS, "--format", "json").json
    assert "night-shift@contoso.com" in found["summary"]
    assert [one["resource"].rsplit("/", 1)[-1] for one in found["timeline"]] == ["nsg-pg-test-weu"]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_report_lists_what_changed_on_the_way(cli: Cli, changed: Path, form: str) -> None:
    text = cli("triage", changed, *ENDS, "--format", form).text
    assert "What changed on the way" in text
    assert "2026-11-19T22:41:00Z" in text


def test_without_a_history_the_command_for_it_is_named(cli: Cli) -> None:
    found = cli("triage", SNAPSHOT, *ENDS, "--format", "json").json
    assert found["timeline"] == []
    settles = [one["settle_with"] for one in found["not_checked"]]
    assert any("activity-log list" in one and "nsg-pg-test-weu" in one for one in settles)
