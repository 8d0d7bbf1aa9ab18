"""The verb live: what it refuses before anything is asked."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli


def test_it_needs_a_terminal(cli: Cli) -> None:
    ran = cli("live", "--arm-endpoint", "http://127.0.0.1:9")
    assert ran.code == 2
    assert "needs a terminal" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("--arm-endpoint", "http://example.com"),
        ("--arm-endpoint", "http://192.168.0.1:80"),
        ("--subscription", "my-subscription"),
        ("--auth", "password"),
        ("--cloud", "germany"),
        ("estate.json",),
    ],
)
def test_what_does_not_fit_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli("live", *words).code == 2


def test_its_options_are_those_of_collect(cli: Cli) -> None:
    text = cli("live", "--help").text
    for option in (
        *("--subscription", "--management-group", "--auth", "--cloud", "--tenant"),
        *("--arm-endpoint", "--no-arm", "--effective", "--no-cache"),
    ):
        assert option in text
