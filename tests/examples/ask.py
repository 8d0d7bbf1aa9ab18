"""Asks `pgtopo trace` about a world and hands back its JSON document."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.estates.world import World

Document = dict[str, Any]


def run(argv: list[str]) -> tuple[int, str]:
    """The exit code and standard output of one command in this process."""
    from pgtopo.cli.main import main

    buffer = io.BytesIO()
    out = io.TextIOWrapper(buffer, encoding="utf-8", write_through=True)
    before, sys.stdout = sys.stdout, out
    try:
        code = main(argv)
    finally:
        sys.stdout = before
    return code, buffer.getvalue().decode()


def ask(
    world: World, client: str, server: str, *options: str, settings: str | None = None
) -> Document:
    """What `pgtopo trace --format json` says for a client and a server of a world."""
    import os

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.json"
        rows = world.snapshot() if world.is_stated else world.rows
        path.write_text(json.dumps(rows), encoding="utf-8")
        config = Path(folder) / "config.toml"
        config.write_text(settings or "", encoding="utf-8")
        before = os.environ.get("PGTOPO_CONFIG")
        os.environ["PGTOPO_CONFIG"] = str(config)
        try:
            code, text = run(
                [
                    "trace",
                    str(path),
                    f"--from={client}",
                    f"--to={server}",
                    "--format=json",
                    *options,
                ]
            )
        finally:
            if before is None:
                del os.environ["PGTOPO_CONFIG"]
            else:
                os.environ["PGTOPO_CONFIG"] = before
    assert text, f"no document; exit code {code}"
    document: Document = json.loads(text)
    is_blocked = any(part["verdict"] == "blocked" for part in document["parts"])
    assert code == (1 if is_blocked else 0)
    return document


def findings(world: World, outcome: str = "fail") -> set[str]:
    """The ids of the checks with an outcome on a world."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.json"
        path.write_text(json.dumps(world.snapshot()), encoding="utf-8")
        _, text = run(["check", str(path), "--format=json", "--fixes=none", "--fail-on=never"])
    held = json.loads(text)["findings"]
    return {one["check"] for one in held if one["outcome"] == outcome}


def verdicts(document: Document) -> tuple[str, str, str]:
    """The verdicts of name, network and both together."""
    return document["dns"]["verdict"], document["network"]["verdict"], document["verdict"]


def step(document: Document, stage: str, verdict: str | None = None) -> Document:
    """The first step of a stage (with that verdict)."""
    for found in document["steps"]:
        if found["stage"] == stage and verdict in (None, found["verdict"]):
            result: Document = found
            return result
    raise AssertionError(f"no {verdict or ''} step {stage!r} in {document['steps']}")


def decider(document: Document, stage: str, verdict: str | None = None) -> str:
    """Who decided a stage: `nsg-pg/deny-all access=Deny`, names and property shortened."""
    return decided(step(document, stage, verdict))


def decided(found: Document) -> str:
    """The deciding element of one step; `nobody` where it names none."""
    evidence = found["decided_by"]
    if evidence is None:
        return "nobody"
    value = evidence["value"]
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if shown.startswith("/subscriptions/"):
        shown = _names(shown)
    path = evidence["property"].removeprefix("properties.")
    return f"{_names(evidence['resource'])} {path}={shown}"


def _names(resource: str) -> str:
    """The names in an id, those of its parents first."""
    return "/".join(resource.rpartition("/providers/")[2].split("/")[2::2])


def says(
    document: Document,
    dns: str,
    network: str,
    *by: str,
    parts: dict[str, list[str]] | None = None,
) -> None:
    """Hold a trace against what it should say, down to the element that decides.

    `dns` and `network` are a verdict with its code, without one where that is OK. Each of `by` is
    `stage: element`, the first of them for the step that makes the headline where one is not
    allowed. `parts` are the addresses by verdict where a client is mixed.
    """
    for key, expected in (("dns", dns), ("network", network)):
        held = f"{document[key]['verdict']} {document[key]['code']}".removesuffix(" OK")
        assert held == expected, f"{key}: {held}"
    assert by, "name what decides"
    heading = _heading(document)
    if heading is not None:
        assert by[0].partition(":")[0] == heading["stage"], f"headline: {heading}"
    for one in by:
        stage, _, expected = one.partition(": ")
        found = [decided(held) for held in _weighty(document, stage)]
        assert expected in found, f"{stage}: {found}"
    held_parts = {one["verdict"]: one["addresses"] for one in document["parts"]}
    if parts is None:
        parts = {_total(document): document["client"]["addresses"]}
    assert held_parts == parts
    assert document["verdict"] == (next(iter(parts)) if len(parts) == 1 else "mixed")


def _total(document: Document) -> str:
    verdicts = {document["dns"]["verdict"], document["network"]["verdict"]}
    return next(one for one in ("blocked", "unknown", "allowed") if one in verdicts)


def _heading(document: Document) -> Document | None:
    """The step that gives the code of the whole; None where nothing stands in the way."""
    for verdict in ("blocked", "unknown"):
        for found in document["steps"]:
            if found["verdict"] == verdict:
                result: Document = found
                return result
    return None


def _weighty(document: Document, stage: str) -> list[Document]:
    """The steps of a stage that do not allow, else those that do."""
    held = [one for one in document["steps"] if one["stage"] == stage]
    return [one for one in held if one["verdict"] != "allowed"] or held


def assumptions(document: Document) -> set[str]:
    """The codes of all assumptions; each must say what it assumes and how to settle it."""
    for found in document["assumptions"]:
        assert found["text"]
        assert found["settle_with"]
    return {found["code"] for found in document["assumptions"]}
