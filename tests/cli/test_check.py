"""`pgtopo check`: documents, exit codes, baselines and suppressions."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Cli, sound_world, written
from tests.thorough import THOROUGH

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso" / "snapshot.json"
HEALTHY = ROOT / "snapshots" / "healthy" / "snapshot.json"
FORMATS = ("text", "json", "csv", "html", "junit", "markdown", "sarif")


def test_a_sound_estate_leaves_with_0(cli: Cli, sound: Path) -> None:
    ran = cli("check", sound, "--format", "json")
    assert ran.code == 0
    assert ran.json["summary"]["error"] == 0
    assert "looked at 1 server" in ran.err


def test_a_fault_leaves_with_1_and_is_in_the_document(cli: Cli, broken: Path) -> None:
    ran = cli("check", broken, "--format", "json")
    assert ran.code == 1
    document = ran.json
    assert document["schema"] == "pgtopo.findings/1"
    assert {"schema", "generated_at", "looked_at", "findings", "summary"} <= set(document)
    looked_at = document["looked_at"]
    assert looked_at["servers"] == 1
    assert {"servers", "subnets", "checks", "not_evaluable", "rows_set_aside"} <= set(looked_at)
    fault = next(one for one in document["findings"] if one["outcome"] == "fail")
    assert fault["severity"] == "error"
    assert fault["subject"].startswith("/subscriptions/")
    assert fault["evidence"]
    assert [fix["verified"] for fix in fault["fixes"]] == [True]
    assert fault["fixes"][0]["commands"][0].startswith("az ")
    assert fault["fixes"][0]["patch"]["schema"] == "pgtopo.patch/1"
    assert fault["suppressed_by"] is None
    assert {"key", "check", "slug", "certainty", "related", "message"} <= set(fault)


def test_fixes_are_worked_out_as_deep_as_asked(cli: Cli, broken: Path) -> None:
    for depth, count in (("none", 0), ("causes", 1), ("all", 1)):
        found = [one["fixes"] for one in faults(cli, broken, "--fixes", depth)]
        assert all(len(fixes) >= count for fixes in found)
        assert any(fixes for fixes in found) is (count > 0)
    text = cli("check", broken).out.decode()
    assert "fix (proved on a copy):" in text
    assert "az network private-dns link vnet create" in text
    for form in ("markdown", "html", "sarif"):
        assert b"private-dns link vnet create" in cli("check", broken, "--format", form).out


def test_text_starts_with_the_counts_and_shows_little_evidence(cli: Cli) -> None:
    text = cli("check", CONTOSO, "--fixes", "none").text
    first, second, third, *_ = text.splitlines()
    total = cli("check", CONTOSO, "--fixes", "none", "--format", "json").json["summary"]
    assert first.startswith(f"{total['error']} errors, {total['warning']} warnings")
    assert second.startswith("29 servers, 56 subnets, ")
    assert third == ""
    assert "seen: /subscriptions/" not in text
    assert " more (--full-ids shows all)" in text
    full = cli("check", CONTOSO, "--fixes", "none", "--full-ids").text
    assert "more (--full-ids" not in full
    assert "subject: /subscriptions/" in full
    assert full.count("seen: ") > text.count("seen: ")


def test_fail_on_decides_what_counts(cli: Cli, broken: Path) -> None:
    assert cli("check", broken, "--fail-on", "error").code == 1
    assert cli("check", broken, "--fail-on", "info").code == 1
    assert cli("check", broken, "--fail-on", "never").code == 0


def test_select_and_ignore_take_id_slug_and_family(cli: Cli, broken: Path) -> None:
    found = {one["check"] for one in faults(cli, broken)}
    check = min(found)
    slug = next(one["slug"] for one in faults(cli, broken) if one["check"] == check)
    for word in (check, check.lower(), slug):
        assert {one["check"] for one in faults(cli, broken, "--select", word)} == {check}
        assert check not in {one["check"] for one in faults(cli, broken, "--ignore", word)}
    assert all(one["check"][3] == "1" for one in faults(cli, broken, "--select", "dns"))


def test_a_selection_that_leaves_nothing_or_does_not_fit_is_a_usage_error(
    cli: Cli, broken: Path
) -> None:
    nothing = cli("check", broken, "--select", "dns", "--ignore", "dns")
    assert nothing.code == 2
    assert nothing.out == b""
    assert "hint: take a word out of --ignore" in nothing.err
    listed = cli("check", broken, "--select", "dns,nsg")
    assert listed.code == 2
    assert "repeat the option" in listed.err


def faults(cli: Cli, path: Path, *words: str) -> list[dict[str, str]]:
    document = cli("check", path, "--format", "json", *words).json
    return [one for one in document["findings"] if one["outcome"] == "fail"]


@pytest.mark.parametrize("content", [[], {"data": []}, {"value": []}])
def test_nothing_to_look_at_is_4_with_a_valid_document(
    cli: Cli, tmp_path: Path, content: object
) -> None:
    ran = cli("check", written(tmp_path / "empty.json", content), "--format", "json")
    assert ran.code == 4
    assert ran.json["looked_at"]["servers"] == 0
    assert ran.json["findings"] == []
    assert "pgtopo: hint:" in ran.err


def test_rows_that_cannot_be_read_are_counted_and_do_not_stop_the_run(
    cli: Cli, tmp_path: Path
) -> None:
    rows = [*sound_world().rows, {"name": "no id"}, 7, "text", None]
    path = written(tmp_path / "mixed.json", rows)
    ran = cli("check", path, "--format", "json")
    assert ran.json["looked_at"]["rows_set_aside"] == 4
    assert ran.json["looked_at"]["servers"] == 1
    aside = ran.json["set_aside"]
    assert [set(one) for one in aside] == [{"source", "where", "reason"}] * 4
    assert {one["source"] for one in aside} == {"mixed.json"}
    assert all(one["where"] and one["reason"] for one in aside)
    told = [line for line in ran.err.splitlines() if line.startswith("pgtopo: set aside: ")]
    assert len(told) == 4
    assert "1 more row" in told[-1]
    assert "--debug" in told[-1]
    full = cli("list", "servers", path, "--debug").err.splitlines()
    assert len([line for line in full if line.startswith("pgtopo: set aside: ")]) == 4
    assert not any("more row" in line for line in full)


def test_fields_that_cannot_be_read_are_counted_and_listed(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    network = world.vnet("vnet-web", "10.2.0.0/16")
    world.subnet(network, "snet-web", "banana")
    path = written(tmp_path / "odd.json", world.snapshot())
    ran = cli("check", path, "--format", "json")
    (field,) = ran.json["fields_not_read"]
    assert ran.json["looked_at"]["fields_not_read"] == 1
    assert field["resource"].endswith("/subnets/snet-web")
    assert field["path"] == "properties.addressPrefixes"
    assert "banana" in field["reason"]
    told = f"pgtopo: not read: {field['resource']} {field['path']}: {field['reason']}"
    for words in (("check",), ("list", "subnets"), ("matrix",)):
        assert told in cli(*words, path).err.splitlines()
    assert "0 rows set aside, 1 field could not be read" in cli("check", path).text
    assert "could not be read" not in cli("check", HEALTHY).text


def test_strict_leaves_with_5_where_something_stayed_unknown(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    world.unread("microsoft.network/privatednszones/virtualnetworklinks")
    world.rows = [row for row in world.rows if "virtualnetworklinks" not in row["type"]]
    path = written(tmp_path / "partial.json", world.snapshot())
    ran = cli("check", path, "--format", "json")
    assert ran.code == 0
    assert ran.json["summary"]["unknown"] > 0
    assert cli("check", path, "--strict").code == 5


def test_a_fault_outweighs_strict(cli: Cli, broken: Path) -> None:
    assert cli("check", broken, "--strict").code == 1


def test_assume_complete_turns_absence_into_a_fact(cli: Cli, tmp_path: Path) -> None:
    rows = [row for row in sound_world().rows if "privatednszones/" not in row["type"]]
    path = written(tmp_path / "rows.json", rows)
    partial = cli("check", path, "--format", "json").json["summary"]
    complete = cli("check", path, "--format", "json", "--assume-complete").json["summary"]
    assert complete["unknown"] < partial["unknown"]
    assert complete["error"] > partial["error"]


def test_two_runs_differ_in_the_time_only(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    words = ("check", CONTOSO, "--format", "json", "--fixes", "causes" if THOROUGH else "none")
    first = cli(*words)
    assert first.json["generated_at"] == "2023-11-14T22:13:20Z"
    assert cli(*words).out == first.out


def test_two_runs_offer_the_same_fixes(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, broken: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = cli("check", broken, "--format", "json")
    assert any(one["fixes"] for one in first.json["findings"])
    assert cli("check", broken, "--format", "json").out == first.out


def test_the_demo_estate_has_faults_and_the_healthy_one_has_none(cli: Cli) -> None:
    assert cli("check", CONTOSO, "--fixes", "none").code == 1
    ran = cli("check", HEALTHY, "--format", "json")
    serious = [one for one in ran.json["findings"] if one["severity"] != "info"]
    assert [one["message"] for one in serious if one["outcome"] == "fail"] == []
    assert ran.code == 0


def test_every_format_names_every_fault(cli: Cli) -> None:
    subjects = {
        one["subject"].rsplit("/", 1)[-1] for one in faults(cli, CONTOSO, "--fixes", "none")
    }
    for name in FORMATS:
        text = cli("check", CONTOSO, "--fixes", "none", "--format", name).text
        assert [subject for subject in subjects if subject not in text] == [], name


def test_csv_has_one_line_per_finding(cli: Cli, broken: Path) -> None:
    findings = cli("check", broken, "--format", "json").json["findings"]
    lines = list(csv.DictReader(io.StringIO(cli("check", broken, "--format", "csv").text)))
    assert [line["key"] for line in lines] == [one["key"] for one in findings]


def test_output_goes_to_a_file_that_only_its_owner_reads(
    cli: Cli, tmp_path: Path, broken: Path
) -> None:
    target = tmp_path / "findings.json"
    ran = cli("check", broken, "--format", "json", "-o", target)
    assert ran.code == 1
    assert ran.out == b""
    assert json.loads(target.read_bytes())["schema"] == "pgtopo.findings/1"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(tmp_path.glob("*.part")) == []


def test_output_does_not_overwrite_an_input(cli: Cli, broken: Path) -> None:
    before = broken.read_bytes()
    ran = cli("check", broken, "-o", broken)
    assert ran.code == 2
    assert broken.read_bytes() == before


def test_output_into_a_folder_that_is_not_there_is_a_usage_error(
    cli: Cli, tmp_path: Path, broken: Path
) -> None:
    ran = cli("check", broken, "-o", tmp_path / "absent" / "out.json")
    assert ran.code == 2
    assert "absent" in ran.err


def test_text_from_data_never_acts(cli: Cli, tmp_path: Path) -> None:
    text = json.dumps(sound_world(is_named=False).snapshot())
    path = tmp_path / "hostile.json"
    path.write_text(text.replace("psql-orders", "psql\\u001b[31m\\u202e=cmd"))
    for name in FORMATS:
        ran = cli("check", path, "--format", name)
        assert b"\x1b" not in ran.out
        assert "\u202e" not in ran.text
        assert "\x1b" not in ran.err


def test_junit_has_a_case_per_finding(cli: Cli, broken: Path) -> None:
    findings = cli("check", broken, "--format", "json").json["findings"]
    suite = ElementTree.fromstring(cli("check", broken, "--format", "junit").text)
    failures = [one for one in findings if one["outcome"] == "fail"]
    assert len(list(suite.iter("testcase"))) == len(findings)
    assert len(list(suite.iter("failure"))) == len(failures)
    assert suite.get("failures") == str(len(failures))


def test_sarif_points_each_result_at_its_rule(cli: Cli, broken: Path) -> None:
    (run,) = cli("check", broken, "--format", "sarif").json["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["level"] == "none") == (result["kind"] == "open")
        (place,) = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == broken.name
        assert place["logicalLocations"][0]["fullyQualifiedName"].startswith("/subscriptions/")


def test_html_loads_and_runs_nothing_foreign(cli: Cli, broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "marked-up.json"
    path.write_text(broken.read_text().replace("psql-orders", "<script>alert(1)</script>"))
    page = cli("check", path, "--format", "html").text
    for part in ("<link", "src=", "href=", "url(", "https://learn"):
        assert part not in page
    assert page.count("<script") == 1
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page
