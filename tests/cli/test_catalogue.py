"""`pgtopo checks`, `explain`, `help`, `demo` and `completion`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pgtopo.checks.registry import catalogue
from pgtopo.cli import topics, verbs
from tests.cli.conftest import Cli


def test_the_catalogue_lists_every_check(cli: Cli) -> None:
    ids = [check.id for check in catalogue()]
    document = cli("checks", "--format", "json").json
    assert document["schema"] == "pgtopo.checks/1"
    assert [item["id"] for item in document["items"]] == ids
    assert {"id", "slug", "title", "severity", "family"} <= set(document["items"][0])
    for name in ("text", "markdown"):
        text = cli("checks", "--format", name).text
        assert [check_id for check_id in ids if check_id not in text] == []


def test_the_catalogue_can_be_narrowed(cli: Cli) -> None:
    items = cli("checks", "--select", "dns", "--format", "json").json["items"]
    assert items
    assert {item["family"] for item in items} == {"dns"}


@pytest.mark.parametrize("check", catalogue(), ids=lambda check: check.id)
def test_every_check_can_be_explained_by_id_and_slug(cli: Cli, check: object) -> None:
    found = next(one for one in catalogue() if one is check)
    text = cli("explain", found.id).text
    assert cli("explain", found.slug.upper()).text == text
    for part in (found.slug, found.confirm, *found.sources):
        assert part in text
    words = " ".join(text.split())
    for part in (found.looks_at, found.why, found.client_sees, found.fix, found.unknown_when):
        assert " ".join(part.split()) in words
    assert cli("explain", found.id, "--format", "json").json["why"] == found.why
    assert found.slug in cli("explain", found.id, "--format", "markdown").text


def test_a_family_is_explained_by_its_checks(cli: Cli) -> None:
    ran = cli("explain", "DNS")
    assert ran.code == 0
    family = [check.id for check in catalogue() if check.family.label == "dns"]
    assert [line.split()[0] for line in ran.text.splitlines()[1:]] == family
    items = cli("explain", "dns", "--format", "json").json["items"]
    assert [item["id"] for item in items] == family


def test_exit_codes_name_only_verbs_there_are(cli: Cli) -> None:
    from pgtopo.cli import exit_codes

    for _, _, where in exit_codes.table():
        words = where.split(", ")
        assert where.startswith(("all verbs", "verbs that")) or set(words) <= set(verbs.names())
    assert {1, 2, 4, 5} <= {code for code, _, _ in exit_codes.table()}


@pytest.mark.parametrize("topic", topics.names())
def test_every_topic_has_something_to_say(cli: Cli, topic: str) -> None:
    ran = cli("help", topic)
    assert ran.code == 0
    assert len(ran.text.splitlines()) > 3
    assert topic in cli("help").text


@pytest.mark.parametrize("verb", verbs.names())
def test_every_verb_has_help_and_is_in_the_overview(cli: Cli, verb: str) -> None:
    assert verb == verbs.module(verb).NAME
    ran = cli(verb, "--help")
    assert ran.code == 0
    assert f"usage: pgtopo {verb}" in ran.text
    assert verb in cli("--help").text


def test_the_demo_estate_is_there(cli: Cli) -> None:
    ran = cli("demo", "--path")
    assert ran.code == 0
    assert Path(ran.text.strip()).is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_knows_the_verbs(cli: Cli, shell: str) -> None:
    text = cli("completion", shell).text
    assert [verb for verb in verbs.names() if verb not in text] == []
    assert "--fail-on" in text


def test_bash_takes_the_script_and_completes_words(cli: Cli, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    assert cli("completion", "bash", "-o", script).code == 2
    script.write_bytes(cli("completion", "bash").out)
    ask = f"""
        source {script}
        COMP_WORDS=(pgtopo list sub); COMP_CWORD=2
        _shtab_pgtopo pgtopo sub list
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["subnets"]
