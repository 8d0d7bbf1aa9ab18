"""The permissions told are those that the queries and reads use, and the role grants just them."""

from __future__ import annotations

import json
import re

from pgtopo.reports.permissions.needs import QUERYING, UNLISTED, needs
from pgtopo.sources.azure.queries import permissions, queries
from pgtopo.sources.azure.reads import reads
from tests.cli.conftest import Cli

_ACTION = re.compile(r"Microsoft\.\w+(?:/\w+)+/(?:read|action)")


def used() -> set[str]:
    asked = {permission for query in queries() for permission in permissions(query)}
    return {QUERYING, *asked, *(read.permission for read in reads())}


def test_every_permission_is_told_once() -> None:
    told = [need.permission for need in needs()]
    assert set(told) == used()
    assert len(told) == len(set(told))
    assert all(_ACTION.fullmatch(one) for one in told)
    assert all(need.reads and need.services for need in needs())


def test_what_is_needed_by_default_is_in_reader() -> None:
    by_default = [need for need in needs() if not need.option]
    assert all(need.is_reader_enough for need in by_default)
    beyond = [need for need in needs() if not need.is_reader_enough]
    assert beyond
    assert {need.option for need in beyond} == {"--effective"}


def test_the_role_grants_exactly_what_is_told(cli: Cli) -> None:
    ran = cli("doctor", "--role")
    whole = json.loads(ran.out)
    assert set(UNLISTED) <= used()
    assert all(one in ran.err for one in UNLISTED)
    assert set(whole["Actions"]) == used()
    assert whole["IsCustom"] is True
    assert not any(action.endswith(("*", "write", "delete")) for action in whole["Actions"])
    assert whole["DataActions"] == whole["NotActions"] == whole["NotDataActions"] == []
    reading = json.loads(cli("doctor", "--role", "reading").out)
    assert set(reading["Actions"]) == {need.permission for need in needs() if not need.option}


def test_the_topic_lists_them(cli: Cli) -> None:
    text = cli("help", "permissions").text
    assert all(need.permission in text for need in needs())
