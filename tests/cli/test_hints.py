"""What a person who is new to the commands is told to type next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, told
from tests.triage.demo import SNAPSHOT

SERVER = "psql-analytics-prod-weu"


@pytest.mark.parametrize("verb", ["trace", "triage", "probe", "export"])
def test_help_knows_the_short_form_of_a_subnet(cli: Cli, verb: str) -> None:
    assert "NETWORK/SUBNET" in cli(verb, "--help").text


def test_short_forms_are_listed_for_a_subnet_name_that_is_not_unique(cli: Cli) -> None:
    ran = cli("trace", SNAPSHOT, "--from", "snet-app-orders", "--to", SERVER)
    forms = ("vnet-orders-neu/snet-app-orders", "vnet-orders-weu/snet-app-orders")
    assert ran.code == 2
    assert ", ".join(forms) in ran.err
    assert "/subscriptions/" not in told(ran.err)
    for form in forms:
        assert cli("trace", SNAPSHOT, "--from", form, "--to", SERVER).code in (0, 1)


def test_focus_on_nothing_names_servers_and_networks(cli: Cli) -> None:
    ran = cli("export", SNAPSHOT, "--focus", "nosuch")
    assert ran.code == 2
    assert "nosuch is no server and no network" in ran.err
    assert "psql-" in ran.err
    assert "vnet-" in ran.err
    near = cli("export", SNAPSHOT, "--focus", "psql-analytics-prod-wee").err
    assert SERVER in near


def test_replacing_a_file_names_the_option(cli: Cli, sound: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.json"
    taken.write_text("{}")
    ran = cli("redact", sound, "-o", taken)
    assert ran.code == 2
    assert "--force" in ran.err
    assert cli("redact", sound, "-o", taken, "--force").code == 0


def test_summary_tells_no_speed_to_people(cli: Cli) -> None:
    assert "per second" not in cli("matrix", SNAPSHOT, "--summary").text
    assert "pairs_per_second" in cli("matrix", SNAPSHOT, "--summary", "--format", "json").json


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_drill_tells_the_time_to_the_minute(cli: Cli, form: str) -> None:
    told = cli("triage", SNAPSHOT, "--to", SERVER, "--drill", "--format", form).text
    assert "2026-11-20 09:12Z" in told
    assert "2026-11-20T09:12" not in told


def test_unknown_check_is_told_as_other_errors_are(cli: Cli) -> None:
    ran = cli("check", SNAPSHOT, "--select", "nothing-like-it")
    cause, hint = told(ran.err).splitlines()
    assert cause == "pgtopo: error: there is no check or family called 'nothing-like-it'"
    assert hint == "pgtopo: hint: 'pgtopo checks' lists them all"
    missing = cli("check", "no-such.json").err
    assert "run 'pgtopo demo' to try it out" in missing
