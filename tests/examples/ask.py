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
    """The last two segments of the deciding resource, with the property, in lower case."""
    decided = step(document, stage, verdict)["decided_by"]
    assert decided is not None
    name = "/".join(str(decided["resource"]).rsplit("/", 2)[1:])
    return f"{name}:{decided['property']}={decided['value']}".lower()


def assumptions(document: Document) -> set[str]:
    """The codes of all assumptions; each must say what it assumes and how to settle it."""
    for found in document["assumptions"]:
        assert found["text"]
        assert found["settle_with"]
    return {found["code"] for found in document["assumptions"]}
