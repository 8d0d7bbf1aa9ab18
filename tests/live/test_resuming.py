"""Collections that continue an earlier one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pgtopo.errors import SnapshotError
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import Collected
from pgtopo.sources.write import write_snapshot
from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import FIRST, NSG, PARAMETERS, RULES, SECOND, flat, server, with_servers
from tests.live.test_odd_answers import is_page_of_nsgs
from tests.stand_in.reply import Reply
from tests.stand_in.server import Call, StandIn


def kept(found: Collected, path: Path) -> str:
    write_snapshot(
        path,
        found.rows,
        coverage=found.coverage,
        scope=found.scope,
        created_at=found.created_at,
        is_overwriting=True,
    )
    return str(path)


def again(stand_in: StandIn, found: Collected, path: Path, **words: Any) -> Collected:
    stand_in.calls.clear()
    return ask(stand_in, resume=kept(found, path), **words)


def test_only_the_query_that_failed_is_asked_again(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(60))
    stand_in.graph.largest_page = 20
    stand_in.fault = lambda call: (
        Reply(500) if is_page_of_nsgs(call) and "$skipToken" in call.body["options"] else None
    )
    first = ask(stand_in)
    assert len(ids_of(first, NSG)) == 20
    stand_in.fault = lambda _call: None
    second = again(stand_in, first, tmp_path / "a.json.zst")
    tables = {call.query.split()[0] for call in stand_in.queries()}
    assert tables == {"resources", "dnsresources"}, "rules of rulesets hang on the failed query"
    of_resources = [call for call in stand_in.queries() if call.query.startswith("resources")]
    assert all(is_page_of_nsgs(call) or "summarize" in call.query for call in of_resources)
    assert [call for call in stand_in.calls if not call.is_query] == []
    assert ids_of(second) == ids_in(stand_in.estate)
    assert set(statuses(second, NSG).values()) == {"read"}
    assert second.is_whole
    assert second.scope["resumed_from"] == first.created_at


def test_only_the_reads_that_failed_are_asked_again(start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers())
    bad = f"{server('psql-1')['id']}/firewallRules".lower()
    stand_in.fault = lambda call: Reply(500) if call.path.lower() == bad else None
    first = ask(stand_in)
    stand_in.fault = lambda _call: None
    second = again(stand_in, first, tmp_path / "a.json")
    assert [call.path.lower() for call in stand_in.calls] == [bad]
    assert ids_of(second, RULES) == ids_in(stand_in.estate, RULES)
    assert statuses(second, RULES) == {f"/subscriptions/{FIRST}": "read"}
    assert second.is_whole


def test_nothing_is_asked_where_nothing_is_missing(start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers())
    first = ask(stand_in)
    second = again(stand_in, first, tmp_path / "a.json")
    assert stand_in.calls == []
    assert (second.rows, second.coverage) == (first.rows, first.coverage)


def test_reads_that_were_left_out_can_be_added(start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers())
    first = ask(stand_in, has_arm_reads=False)
    second = again(stand_in, first, tmp_path / "a.json")
    assert stand_in.queries() == []
    whole = ask(stand_in)
    assert sorted(second.rows) == sorted(whole.rows)
    assert second.coverage == whole.coverage


def test_rows_that_went_meanwhile_go(start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers())
    stand_in.fault = lambda call: Reply(500) if call.path.endswith("/configurations") else None
    first = ask(stand_in)
    assert not ids_of(first, PARAMETERS)
    stand_in.estate.remove(f"{server('psql-2')['id']}/configurations/require_secure_transport")
    stand_in.fault = lambda _call: None
    second = again(stand_in, first, tmp_path / "a.json")
    assert ids_of(second, PARAMETERS) == ids_in(stand_in.estate, PARAMETERS)


def test_a_subscription_that_was_denied_can_be_added(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(20))
    stand_in.graph.unreadable = {SECOND}
    first = ask(stand_in, subscriptions=(FIRST, SECOND))
    assert first.scope["missing"] == [SECOND]
    stand_in.graph.unreadable = set()
    second = again(stand_in, first, tmp_path / "a.json")
    assert second.scope["missing"] == []
    assert ids_of(second) == ids_in(stand_in.estate)
    assert second.is_whole
    asked = {name for call in stand_in.queries() for name in call.body["subscriptions"]}
    assert asked == {SECOND}


def test_options_are_those_of_the_snapshot(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(4))
    stand_in.fault = lambda call: Reply(400) if call.query.startswith("resourcechanges") else None
    first = ask(stand_in, has_changes=True, cloud=Cloud.CHINA, tenant="contoso.cn")
    assert set(statuses(first, "microsoft.resources/changes").values()) == {"failed"}
    stand_in.fault = lambda _call: None
    second = again(stand_in, first, tmp_path / "a.json")
    assert set(statuses(second, "microsoft.resources/changes").values()) == {"read"}
    assert (second.scope["cloud"], second.scope["tenant"]) == ("china", "contoso.cn")
    assert second.is_whole


def test_what_fails_again_keeps_its_rows(start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(60))
    stand_in.graph.largest_page = 20

    def fails(call: Call) -> Reply | None:
        is_late = is_page_of_nsgs(call) and "$skipToken" in call.body["options"]
        return Reply(500) if is_late else None

    stand_in.fault = fails
    first = ask(stand_in)
    stand_in.fault = lambda call: Reply(500) if is_page_of_nsgs(call) else None
    second = again(stand_in, first, tmp_path / "a.json")
    assert ids_of(second) == ids_of(first)
    assert statuses(second, NSG) == {
        f"/subscriptions/{FIRST}": "partial",
        f"/subscriptions/{SECOND}": "failed",
    }


def test_a_snapshot_of_somebody_else_leads_nowhere_else(start: Start, tmp_path: Path) -> None:
    stand_in = start(with_servers(1))
    first = ask(stand_in, has_arm_reads=False)
    path = Path(kept(first, tmp_path / "a.json"))
    odd = {"id": "/subscriptions/../providers/x?y=", "type": "microsoft.network/virtualnetworks"}
    whole = json.loads(path.read_bytes())
    whole["rows"] += [
        odd,
        odd | {"id": "/tenants/x"},
        odd | {"id": f"/subscriptions/{FIRST}/a?b#c"},
    ]
    whole["scope"]["answered"] += ["../../x", "; drop", ""]
    path.write_text(json.dumps(whole))
    stand_in.calls.clear()
    found = ask(stand_in, resume=str(path))
    assert {call.path.split("/")[1].lower() for call in stand_in.calls} == {"subscriptions"}
    assert not any(".." in call.path or "drop" in call.path for call in stand_in.calls)
    assert any(call.path.endswith("/a%3Fb%23c/usages") for call in stand_in.calls)
    assert not found.is_whole


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other"}', '{"data": []}', "{"])
def test_only_a_snapshot_can_be_continued(text: str, start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(SnapshotError):
        ask(start(flat(1)), resume=str(path))
    with pytest.raises(SnapshotError):
        ask(start(flat(1)), resume=str(tmp_path / "missing.json"))
