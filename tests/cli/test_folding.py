"""Sentences that differ in one name alone are told as one."""

import json
from pathlib import Path

from pgtopo.reports.folding import Told, folded
from tests.checks.spokes import spoke
from tests.cli.conftest import Cli

_KINDS = ("virtualhubs", "virtualhubs/hubroutetables", "virtualwans", "natgateways")
_HOW = "pgtopo collect"


def _none(kind: str) -> Told:
    return Told(f"The input has no {kind}; none is taken to exist.", _HOW, "TAKEN_AS_NONE")


def test_many_alike_become_one_with_every_name() -> None:
    (one,) = folded(map(_none, _KINDS))
    assert one == _none(", ".join(_KINDS))


def test_only_the_first_names_are_told_where_that_is_asked() -> None:
    (one,) = folded(map(_none, _KINDS), shown=2)
    names = "virtualhubs, virtualhubs/hubroutetables and 2 more (--full-ids names all)"
    assert one.text == f"The input has no {names}; none is taken to exist."


def test_few_and_unlike_sentences_stay_as_they_are() -> None:
    few = [_none(kind) for kind in _KINDS[:2]]
    unlike = [Told(text, _HOW, "OTHER") for text in ("One thing.", "Two things.", "A third one.")]
    assert folded([*few, *unlike]) == [*few, *unlike]


def test_other_marks_and_other_commands_are_kept_apart() -> None:
    mine = [_none(kind) for kind in _KINDS]
    other = [one._replace(mark="ELSE") for one in mine]
    assert len(folded([*mine, *other])) == 2


def test_trace_folds_in_text_and_keeps_the_document_whole(cli: Cli, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(spoke().world.rows), encoding="utf-8")
    ends = ("trace", str(rows), "--from", "vnet-app/snet-app", "--to", "psql-orders")
    listed = [one["code"] for one in cli(*ends, "--format", "json").json["assumptions"]]
    assert listed.count("TAKEN_AS_NONE") > 10
    assert cli(*ends).text.count("TAKEN_AS_NONE") == 1
    whole = cli(*ends, "--full-ids").text
    assert whole.count("TAKEN_AS_NONE") == listed.count("TAKEN_AS_NONE")
