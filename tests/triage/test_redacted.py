"""Triage of an incident under pseudonyms: the same causes, and nobody's name in the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from pgtopo.model.settings import Settings
from pgtopo.reports.triage import as_html, as_markdown
from pgtopo.reports.triage.report import report
from pgtopo.session import Session, open_files, redacted_case, redacted_estate
from pgtopo.session.redacting import RedactedEstate
from pgtopo.sources.redaction.known import KEPT_CLASSES
from pgtopo.triage.case import Case, Paste
from pgtopo.triage.diagnosis import Diagnosis, diagnose
from pgtopo.views.style import Style
from tests.cli.conftest import Cli, written
from tests.estates.world import World
from tests.sources.redaction.comparing import SECRET, renaming, tokens
from tests.triage import outputs
from tests.triage.demo import RESOLVERS, SNAPSHOT, TRUTH, error_of

KEPT = {"0.0.0.0", "168.63.129.16", "255.255.255.255", "127.0.0.1"} | {
    one.partition("/")[0] for one in KEPT_CLASSES
}
ENDS = ("--from", "vm-app-test-01", "--to", "psql-app-test-weu")


class Twins(NamedTuple):
    """The faulty estate, and the same under pseudonyms."""

    real: Session
    veiled: RedactedEstate


@pytest.fixture(scope="module")
def twins() -> Twins:
    """Both, opened once."""
    settings = Settings()
    return Twins(
        open_files([SNAPSHOT], settings=settings),
        redacted_estate(SNAPSHOT, SECRET, settings=settings),
    )


def ranks(found: Diagnosis, *, is_real: bool) -> list[tuple[object, ...]]:
    """The causes in order, with what they blame under its pseudonym."""
    names = renaming()
    return [
        (
            one.code,
            one.check,
            one.verdict,
            one.certainty,
            (names.arm_id(one.resource).lower() if is_real else one.resource)
            if one.resource
            else None,
        )
        for one in found.causes
    ]


def assert_nothing_left(twins: Twins, data: bytes) -> None:
    """No chosen name of six characters or more, no GUID and no address of the real estate."""
    redaction = twins.veiled.redaction
    names, guids, addresses = tokens(data)
    chosen = {one for one in redaction.names if len(one) >= 6} - set(redaction.ambiguous)
    assert len(chosen) > 100
    assert not chosen & names
    assert not set(redaction.guids) & guids
    old = {one.partition("/")[0] for one in redaction.addresses}
    assert not (old & addresses) - KEPT


@pytest.mark.parametrize(("client", "server"), TRUTH, ids=[" ".join(one) for one in TRUTH])
def test_causes_are_the_same_and_no_name_is_left(twins: Twins, client: str, server: str) -> None:
    kind, code, _ = TRUTH[client, server]
    case = Case(
        error=error_of(twins.real, client, server, kind),
        client=client,
        server=server,
        client_dns=RESOLVERS.get(client),
    )
    veiled = redacted_case(case, twins.veiled.redaction)
    before = diagnose(twins.real.facts, None, case)
    after = diagnose(twins.veiled.session.facts, None, veiled)
    assert before.causes[0].code == code
    assert ranks(after, is_real=False) == ranks(before, is_real=True)
    assert after.symptom.sense == before.symptom.sense
    made = report(twins.veiled.session.facts, after, [], is_redacted=True)
    for render in (as_markdown.render, as_html.render):
        assert_nothing_left(twins, render(made, Style()))


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_verb_writes_a_marked_report_with_proved_fixes(
    cli: Cli, twins: Twins, tmp_path: Path, form: str
) -> None:
    key = tmp_path / "key"
    key.write_bytes(SECRET)
    error = error_of(twins.real, "vm-app-test-01", "psql-app-test-weu", "timeout")
    dig = tmp_path / "psql-app-test-weu.txt"
    dig.write_text(outputs.DIG_FOUND)
    ran = cli(
        *("triage", SNAPSHOT, "--error", error, *ENDS, "--paste", dig, "--format", form),
        *("--redact", "--key-file", key, "--state", tmp_path / "state.json"),
    )
    assert ran.code == 0
    assert "are pseudonyms" in ran.text
    assert "Proved on a copy" in ran.text
    assert "redacted.json" in ran.text
    assert_nothing_left(twins, ran.out)
    assert json.loads((tmp_path / "state.json").read_text())["error"] == error


def test_what_people_write_is_translated_and_the_rest_kept(twins: Twins) -> None:
    texts = twins.veiled.redaction.texts
    names = renaming()
    said = (
        'FATAL: no pg_hba.conf entry for host "10.22.18.4", user "alice.acme", database "acme", '
        "no encryption at 12:30:45 (psycopg2.OperationalError) "
        "psql-mistyped.postgres.database.azure.com vm-app-test-01 SQLSTATE 28000 "
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    )
    made = texts.free(said)
    for gone in ("10.22.18.4", "alice", "acme", "psql-mistyped", "vm-app-test-01", "3f2504e0"):
        assert gone not in made
    for kept in (
        "FATAL: no pg_hba.conf entry for host",
        "no encryption at 12:30:45 (psycopg2.OperationalError)",
        "SQLSTATE 28000",
        ".postgres.database.azure.com",
        names.name("vm-app-test-01"),
    ):
        assert kept in made


@pytest.mark.parametrize("text", ["internet", "onprem:10.9.0.0/16", "internet:20.1.2.3"])
def test_words_for_clients_keep_their_form(twins: Twins, text: str) -> None:
    made = twins.veiled.redaction.texts.end(text)
    assert made.partition(":")[0] == text.partition(":")[0]
    assert made == "internet" or made != text
    assert made.partition("/")[2] == text.partition("/")[2]


def test_short_names_and_declared_clients_are_found_again(tmp_path: Path) -> None:
    world = World()
    network = world.vnet("web", "10.1.0.0/16")
    subnet = world.subnet(network, "pg", "10.1.1.0/28", delegation="pg")
    world.subnet(network, "app", "10.1.2.0/24")
    world.server("orders", subnet, None)
    world.declare("app", "orders")
    path = str(written(tmp_path / "estate.json", world.snapshot()))
    made = redacted_estate(path, SECRET, settings=world.settings())
    case = Case(client="app", server="orders", error="timeout", pastes=(Paste(name="x", text=""),))
    found = made.session.triage(redacted_case(case, made.redaction))
    assert found.ends.client is not None
    assert found.path is not None
    assert [one.source for one in made.session.facts.settings.clients] == [renaming().name("app")]


@pytest.mark.parametrize("words", [("--drill",), (SNAPSHOT,), ("--key-file", "nowhere")])
def test_what_cannot_be_redacted_is_said(cli: Cli, words: tuple[str, ...]) -> None:
    files = (SNAPSHOT, *(one for one in words if one == SNAPSHOT))
    options = tuple(one for one in words if one != SNAPSHOT)
    ran = cli("triage", *files, *ENDS, "--redact", *options)
    assert ran.code == 2
    assert not ran.out
