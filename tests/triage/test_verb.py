"""`pgtopo triage`: the document, the state file, hostile text, exit codes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pgtopo.reports import registry as formats
from pgtopo.reports.triage.files import fingerprints
from pgtopo.reports.triage.report import report
from pgtopo.session import Session
from pgtopo.triage.case import Case
from pgtopo.triage.ends import Form
from pgtopo.views.style import Style
from tests.cli.conftest import Cli, written
from tests.estates.world import World, hex_label
from tests.triage import outputs
from tests.triage.demo import SNAPSHOT, contoso

CLASSES = {
    *("name_not_found", "timeout", "refused", "unreachable", "tls", "auth", "capacity"),
    *("dropped", "read_only", "unknown"),
}
CAUSE = {
    *("rank", "code", "check", "resource", "verdict", "certainty", "text", "evidence", "against"),
    *("next_probe", "fixes", "who_else"),
}
ERROR = (
    'connection to server at "psql-app-test-weu.postgres.database.azure.com" (10.22.18.4), port'
    " 5432 failed: Connection timed out"
)
ENDS = ("--from", "vm-app-test-01", "--to", "psql-app-test-weu")
FORMATS = ("text", "json", "markdown", "html")


@pytest.fixture(scope="module")
def estate() -> Session:
    """The faulty estate, opened once."""
    return contoso()


def test_document_is_as_the_contract_says(cli: Cli) -> None:
    ran = cli("triage", SNAPSHOT, "--error", ERROR, *ENDS, "--format", "json")
    assert ran.code == 0
    found = ran.json
    assert found["schema"] == "pgtopo.triage/1"
    assert found["symptom"]["class"] in CLASSES
    assert {"means", "does_not_mean"} <= set(found["symptom"])
    assert found["client"]["kind"] == "vm"
    assert found["server"]["name"] == "psql-app-test-weu"
    for at, cause in enumerate(found["causes"], 1):
        assert set(cause) >= CAUSE
        assert cause["rank"] == at
        assert cause["verdict"] in ("blocked", "unknown")
        assert cause["certainty"] in ("certain", "likely", "possible")
        assert {"clients", "servers"} <= set(cause["who_else"])
    first = found["causes"][0]
    assert (first["code"], first["check"]) == ("NSG_DENY", "PGT301")
    assert first["resource"].endswith("/securityRules/deny-all-in")
    assert first["fixes"][0]["verified"]
    assert all({"text", "settle_with"} <= set(one) for one in found["not_checked"])


def test_two_runs_differ_in_nothing_but_the_time(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763800000")
    words = ("triage", hostile(tmp_path), "--error", ERROR, *SMALL, "--format", "json")
    assert cli(*words).out == cli(*words).out


def test_ends_are_taken_from_the_error_where_none_are_given(cli: Cli) -> None:
    found = cli("triage", SNAPSHOT, "--error", ERROR, "--format", "json").json
    assert found["server"]["name"] == "psql-app-test-weu"
    assert found["client"] is None
    assert any("Which client" in one["text"] for one in found["not_checked"])


def test_nothing_known_is_answered_with_questions(cli: Cli) -> None:
    found = cli("triage", SNAPSHOT, "--format", "json").json
    assert (found["client"], found["server"], found["causes"]) == (None, None, [])
    assert found["symptom"]["class"] == "unknown"
    assert len(found["not_checked"]) >= 3


@pytest.mark.parametrize(
    ("server", "port", "form"),
    [
        ("psql-orders-prod-weu.postgres.database.azure.com", None, Form.SERVER_NAME),
        ("psql-orders-prod-weu.privatelink.postgres.database.azure.com", None, Form.PRIVATE_NAME),
        ("ve-orders.writer.postgres.database.azure.com", None, Form.VIRTUAL_ENDPOINT),
        ("psql-web-prod-weu", None, Form.PRIVATE_ENDPOINT),
        ("psql-orders-prod-weu", 6432, Form.POOLER),
    ],
)
def test_endpoint_form_is_told(estate: Session, server: str, port: int | None, form: Form) -> None:
    found = estate.triage(Case(client="vm-app-orders-01", server=server, port=port))
    assert form in found.ends.forms


def test_pooler_that_is_off_is_the_cause_of_a_refusal(cli: Cli, tmp_path: Path) -> None:
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    zone = world.zone("orders.private.postgres.database.azure.com")
    world.link(zone, network)
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    world.server("psql-orders", subnet, zone, sku={"name": "B1ms", "tier": "Burstable"})
    path = written(tmp_path / "estate.json", world.snapshot())
    error = "Error: connect ECONNREFUSED 10.1.1.4:6432"
    ran = cli(
        *("triage", path, "--error", error, "--from", "snet-app", "--to", "psql-orders"),
        *("--format", "json"),
    )
    assert ran.json["port"] == 6432
    assert ran.json["causes"][0]["code"] == "POOLER_OFF"


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "psql-nowhere"),
        ("--from", "vm-nowhere", "--to", "psql-app-test-weu"),
        ("--drill",),
        ("--port", "0"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    ran = cli("triage", SNAPSHOT, *words)
    assert ran.code == 2
    assert not ran.out


def test_missing_files_are_said(cli: Cli, tmp_path: Path) -> None:
    assert cli("triage").code == 2
    assert cli("triage", SNAPSHOT, "--paste", tmp_path / "none.txt").code == 4
    bad = tmp_path / "state.json"
    bad.write_text("{}")
    assert cli("triage", SNAPSHOT, "--state", written(bad, {"schema": "x"})).code == 4


# -- the triage file ------------------------------------------------------------------------------


def test_incident_is_left_taken_up_and_handed_over(cli: Cli, tmp_path: Path) -> None:
    state, dig = tmp_path / "incident.json", tmp_path / "dig.txt"
    dig.write_text(outputs.DIG_FOUND)
    first = cli(
        *("triage", SNAPSHOT, "--error", ERROR, "--from", "vm-app-test-01"),
        *("--state", state, "--format", "json"),
    )
    kept = json.loads(state.read_text())
    assert kept["schema"] == "pgtopo.triage-state/1"
    assert kept["snapshot"][0]["path"] == SNAPSHOT
    assert re.fullmatch(r"[0-9a-f]{64}", kept["snapshot"][0]["sha256"])
    assert state.stat().st_mode & 0o077 == 0
    again = cli("triage", "--state", state, "--paste", dig, "--format", "json")
    assert again.json["causes"][0]["code"] == first.json["causes"][0]["code"]
    assert [one["tool"] for one in again.json["readings"]] == ["dig"]
    third = cli("triage", "--state", state, "--format", "json")
    assert [one["tool"] for one in third.json["readings"]] == ["dig"]


def test_other_data_than_the_incident_began_with_is_told(cli: Cli, tmp_path: Path) -> None:
    state = tmp_path / "incident.json"
    cli("triage", SNAPSHOT, *ENDS, "--state", state)
    kept = json.loads(state.read_text())
    kept["snapshot"][0]["sha256"] = "0" * 64
    state.write_text(json.dumps(kept))
    assert "not the data this triage was begun with" in cli("triage", "--state", state).err


# -- hostile text ---------------------------------------------------------------------------------

EVIL = "</script><img src=x onerror=alert(1)>|**x** [l](javascript:a) `c` \x1b]8;;x\x07 \u202e \"'&"


SMALL = ("--from", "snet-app", "--to", "psql-orders")


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)


def hostile(tmp_path: Path) -> Path:
    """A small estate whose names try to act."""
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    world.server("psql-orders", subnet, None, tags={"x": EVIL})
    content = json.dumps(world.snapshot())
    content = content.replace("vnet-app", json.dumps(f"v{EVIL}".replace("/", ""))[1:-1])
    path = tmp_path / "hostile.json"
    path.write_text(content)
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_never_acts(cli: Cli, tmp_path: Path, form: str) -> None:
    path = hostile(tmp_path)
    ran = cli("triage", path, "--error", f"timeout expired {EVIL}", *SMALL, "--format", form)
    assert ran.code == 0
    assert b"\x1b" not in ran.out
    assert "\u202e" not in ran.text
    if form == "html":
        tags = Tags()
        tags.feed(ran.text)
        assert not tags.seen & {"script", "img", "iframe", "link", "a"}
        assert not {one for one in tags.attributes if one.startswith("on")}
    if form == "markdown":
        prose = re.sub(r"(?ms)^(`{3,}|~{3,}).*?^\1$", "", ran.text)
        bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", prose)
        assert "<img" not in bare.replace("\\<", "")
        assert "](javascript" not in bare.replace("\\]", "").replace("\\(", "")


@pytest.mark.parametrize("form", FORMATS)
def test_report_stands_alone(estate: Session, form: str) -> None:
    case = Case(error=ERROR, client=ENDS[1], server=ENDS[3])
    made = report(estate.facts, estate.triage(case), fingerprints([SNAPSHOT]))
    text = formats.renderer("triage", form).render(made, Style()).decode()
    for needed in ("deny-all-in", "nsg-pg-test-weu", "2026-11-20", "az network nsg rule"):
        assert needed in text
    if form in ("markdown", "html"):
        for needed in ("SHA-256", "To take it back", "For a chat", "For a support ticket"):
            assert needed in text
        assert "who else" in text.lower()
        assert "┌" in text or "<svg" in text


def test_secrets_in_pastes_are_never_kept_or_shown(cli: Cli, tmp_path: Path) -> None:
    state, log = tmp_path / "incident.json", tmp_path / "log.txt"
    secret = (
        "postgresql://app:Sw0rdfish@h.example:5432/db password=Sw0rdfish"
        " token eyJhbGciOiJSUzI1NiJ9.Sw0rdfish.sig: timeout expired"
    )
    log.write_text(secret)
    path = hostile(tmp_path)
    for form in FORMATS:
        ran = cli(
            *("triage", path, "--error", secret, *SMALL, "--paste", log),
            *("--state", state, "--format", form),
        )
        assert b"Sw0rdfish" not in ran.out
    assert "Sw0rdfish" not in state.read_text()


# -- the drill ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_drill_is_written_in_every_format(cli: Cli, form: str) -> None:
    ran = cli("triage", SNAPSHOT, "--drill", "--to", "psql-crm-prod-neu", "--format", form)
    assert ran.code == 0
    assert "do-not-delete" in ran.text
    if form == "json":
        events = {one["event"]: one["verdict"] for one in ran.json["events"]}
        assert events == {"failover": "blocked", "promotion": "blocked", "restore": "allowed"}
