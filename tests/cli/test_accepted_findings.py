"""`--baseline` and `--suppressions`: findings somebody already knows of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.estates.writing import SNAPSHOTS

CONTOSO = SNAPSHOTS / "contoso" / "snapshot.json"


def faults(cli: Cli, path: Path, *words: str | Path) -> list[dict[str, object]]:
    document = cli("check", path, "--format", "json", *words).json
    return [one for one in document["findings"] if one["outcome"] == "fail"]


def toml(folder: Path, text: str) -> Path:
    path = folder / "accepted.toml"
    path.write_text(text)
    return path


def suppression(check: object, **more: str) -> str:
    entry = {"check": f'"{check}"', "subject": '"*"', "reason": '"known"'} | more
    lines = [f"{key} = {value}" for key, value in entry.items() if value]
    return "\n".join(["[[suppress]]", *lines, ""])


def every_fault(cli: Cli, path: Path, **more: str) -> str:
    return "".join(suppression(check, **more) for check in {f["check"] for f in faults(cli, path)})


def test_a_baseline_marks_what_it_knows(cli: Cli, tmp_path: Path, broken: Path) -> None:
    base = tmp_path / "baseline.json"
    assert cli("check", broken, "--format", "json", "-o", base).code == 1
    ran = cli("check", broken, "--format", "json", "--baseline", base)
    assert ran.code == 0
    assert all(one["baseline"] for one in ran.json["findings"])
    assert ran.json["summary"]["error"] > 0


def test_what_is_new_against_a_baseline_still_fails(
    cli: Cli, tmp_path: Path, sound: Path, broken: Path
) -> None:
    base = tmp_path / "baseline.json"
    assert cli("check", sound, "--format", "json", "-o", base).code == 0
    assert cli("check", broken, "--baseline", base).code == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "pgtopo.list/1"}'])
def test_what_is_no_baseline_is_unusable(
    cli: Cli, tmp_path: Path, sound: Path, content: str
) -> None:
    base = tmp_path / "baseline.json"
    base.write_text(content)
    assert cli("check", sound, "--baseline", base).code == 4
    assert cli("check", sound, "--baseline", tmp_path / "absent.json").code == 4


def test_a_suppressed_fault_does_not_fail(cli: Cli, tmp_path: Path, broken: Path) -> None:
    accepted = toml(tmp_path, every_fault(cli, broken))
    ran = cli("check", broken, "--format", "json", "--suppressions", accepted)
    assert ran.code == 0
    found = [one for one in ran.json["findings"] if one["outcome"] == "fail"]
    assert {one["suppressed_by"] for one in found} == {"known"}
    assert ran.json["summary"]["error"] == 0
    assert ran.json["summary"]["suppressed"] == len(found)


def test_suppressions_take_slug_and_family_and_a_glob_over_the_id(
    cli: Cli, tmp_path: Path, broken: Path
) -> None:
    fault = faults(cli, broken, "--select", "dns")[0]
    subject = str(fault["subject"])
    for check in (fault["check"], fault["slug"], "dns", "DNS"):
        for glob in (subject, subject.upper(), "*/" + subject.rsplit("/", 1)[-1]):
            entry = suppression(check, subject=f'"{glob}"')
            found = faults(cli, broken, "--suppressions", toml(tmp_path, entry))
            assert {f["key"] for f in found if f["suppressed_by"]} >= {fault["key"]}
    entry = suppression(fault["check"], subject='"*/no-such-name"')
    found = faults(cli, broken, "--suppressions", toml(tmp_path, entry))
    assert all(f["suppressed_by"] is None for f in found)


def test_an_expired_suppression_warns_and_no_longer_suppresses(
    cli: Cli, tmp_path: Path, broken: Path
) -> None:
    accepted = toml(tmp_path, every_fault(cli, broken, expires="2020-01-31"))
    ran = cli("check", broken, "--suppressions", accepted)
    assert ran.code == 1
    assert "2020-01-31" in ran.err


def test_a_suppression_holds_on_its_last_day(
    cli: Cli, tmp_path: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted = toml(tmp_path, every_fault(cli, broken, expires="2023-11-14"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert cli("check", broken, "--suppressions", accepted).code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700092800")
    assert cli("check", broken, "--suppressions", accepted).code == 1


@pytest.mark.parametrize(
    "text",
    [
        suppression("PGT103", reason=""),
        suppression("PGT103", reason='" "'),
        suppression("PGT103", reason="7"),
        '[[suppress]]\nreason = "no check"',
        suppression("PGT103", expires='"some day"'),
        suppression("PGT103", until="2027-01-31"),
        "suppress = 3",
        "[[suppressed]]",
        "not toml",
    ],
)
def test_an_entry_that_does_not_fit_is_an_error(
    cli: Cli, tmp_path: Path, sound: Path, text: str
) -> None:
    ran = cli("check", sound, "--suppressions", toml(tmp_path, text))
    assert ran.code == 4
    assert ran.out == b""
    assert "accepted.toml" in ran.err


def test_an_entry_for_no_check_names_the_near_one(cli: Cli, tmp_path: Path, sound: Path) -> None:
    text = suppression("PGT103") + suppression("dns-zone-not-linkd")
    ran = cli("check", sound, "--suppressions", toml(tmp_path, text))
    assert ran.code == 4
    assert ran.out == b""
    assert "suppression 2" in ran.err
    assert "dns-zone-not-linkd" in ran.err
    assert "did you mean dns-zone-not-linked" in ran.err


def test_an_entry_that_suppressed_nothing_is_warned_of(
    cli: Cli, tmp_path: Path, broken: Path
) -> None:
    fault = str(faults(cli, broken)[0]["check"])
    text = suppression(fault) + suppression("*", subject='"*/no-such-name"')
    accepted = toml(tmp_path, text)
    warnings = [
        line
        for line in cli("check", broken, "--suppressions", accepted).err.splitlines()
        if "suppressed nothing" in line
    ]
    assert len(warnings) == 1
    assert "no-such-name" in warnings[0]
    narrowed = cli("check", broken, "--select", "nsg", "--suppressions", accepted)
    assert "suppressed nothing" not in narrowed.err


def test_every_finding_can_be_suppressed_by_its_own_id_and_comes_back(
    cli: Cli, tmp_path: Path
) -> None:
    before = cli("check", CONTOSO, "--format", "json", "--fixes", "none")
    assert before.code == 1
    found = before.json["findings"]
    entries = [
        suppression(one["check"], subject=json.dumps(one["subject"]), reason='"tom & jerry"')
        for one in found
    ]
    words = ("--format", "json", "--fixes", "none", "--suppressions")
    ran = cli("check", CONTOSO, *words, toml(tmp_path, "".join(entries)))
    assert (ran.code, ran.err.count("warning")) == (0, 0)
    summary = ran.json["summary"]
    assert summary["suppressed"] == len(found)
    assert [summary[key] for key in ("error", "warning", "info", "unknown")] == [0, 0, 0, 0]
    assert {one["suppressed_by"] for one in ran.json["findings"]} == {"tom & jerry"}
    assert ran.json["causes"] == []
    fewer = cli("check", CONTOSO, *words, toml(tmp_path, "".join(entries[1:])))
    left = [one["key"] for one in fewer.json["findings"] if one["suppressed_by"] is None]
    assert found[0]["key"] in left
    assert fewer.code == 1


def test_a_baseline_of_a_run_with_suppressions_knows_every_finding(
    cli: Cli, tmp_path: Path
) -> None:
    base = tmp_path / "baseline.json"
    living = toml(tmp_path, suppression("dns"))
    words = ("--format", "json", "--fixes", "none")
    assert cli("check", CONTOSO, *words, "--suppressions", living, "-o", base).code == 1
    ran = cli("check", CONTOSO, *words, "--baseline", base)
    assert ran.code == 0
    summary = ran.json["summary"]
    assert summary["suppressed"] == 0
    assert summary["baseline"] == sum(summary[key] for key in ("error", "warning", "info"))


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "junit", "sarif"])
def test_every_document_tells_what_was_looked_at(cli: Cli, broken: Path, form: str) -> None:
    ran = cli("check", broken, "--format", form, "--fixes", "none")
    assert "looked at 1 server, 1 subnet with" in ran.err
    assert "could not be evaluated" in ran.err
    told = (
        "looked_at" if form in ("json", "sarif") else "servers" if form == "junit" else "1 server"
    )
    assert told in ran.text


def test_suppressions_of_the_interface_are_named_where_they_are_not_applied(
    cli: Cli, tmp_path: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text("")
    monkeypatch.setenv("PGTOPO_CONFIG", str(home / "config.toml"))
    assert "not applied" not in cli("check", broken).err
    kept = home / "suppressions.toml"
    first = faults(cli, broken)[0]["check"]
    kept.write_text(suppression(first))
    ran = cli("check", broken)
    told = [line for line in ran.err.splitlines() if "not applied" in line]
    assert told == [
        f"pgtopo: suppressions in {kept} are not applied (it would suppress 1 finding):"
        f" --suppressions {kept}"
    ]
    assert ran.code == 1
    assert "are not applied" not in cli("check", broken, "--suppressions", kept).err


def test_suppressions_of_the_interface_that_cannot_be_read_do_not_stop_a_check(
    cli: Cli, tmp_path: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text("")
    monkeypatch.setenv("PGTOPO_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "suppressions.toml").write_text("[[suppress]\n")
    ran = cli("check", broken)
    assert ran.code == 1
    assert "are not applied (no entry in it can be read)" in ran.err
