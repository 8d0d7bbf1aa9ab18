"""Which part of Azure a command line asks for, the settings filling in."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from pgtopo.cli import scope_options
from pgtopo.errors import UsageError
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import Auth, Request

ONE, TWO = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2))


def asked(*words: str, scope: dict[str, Any] | None = None) -> Request:
    parser = argparse.ArgumentParser()
    scope_options.add_scope(parser)
    scope_options.add_login(parser)
    return scope_options.request_of(parser.parse_args(words), scope)


def test_everything_the_login_can_read_by_default() -> None:
    assert asked() == Request()


def test_every_option_counts() -> None:
    words = f"--subscription {ONE} --management-group mg --auth env --cloud usgov --tenant t.com"
    found = asked(*words.split(), "--no-arm", "--effective", "--changes", "--health")
    assert found == Request(
        subscriptions=(ONE,),
        management_groups=("mg",),
        auth=Auth.ENV,
        cloud=Cloud.USGOV,
        tenant="t.com",
        has_arm_reads=False,
        has_effective=True,
        has_changes=True,
        has_health=True,
    )


def test_settings_fill_in_what_is_not_said() -> None:
    scope = {"subscriptions": [ONE], "cloud": "china", "auth": "device", "tenant": "t.cn"}
    assert asked(scope=scope) == Request(
        subscriptions=(ONE,), cloud=Cloud.CHINA, auth=Auth.DEVICE, tenant="t.cn"
    )
    said = asked("--management-group", "mg", "--auth", "cli", scope=scope)
    assert (said.subscriptions, said.management_groups) == ((), ("mg",))
    assert (said.auth, said.cloud) == (Auth.CLI, Cloud.CHINA)


@pytest.mark.parametrize(
    "scope",
    [
        {"subscription": [ONE]},
        {"subscriptions": "one"},
        {"subscriptions": ["not an id"]},
        {"cloud": "moon"},
        {"tenant": 3},
    ],
)
def test_settings_that_do_not_fit_are_told(scope: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        asked(scope=scope)


@pytest.mark.parametrize(
    "words",
    [
        ("--subscription", "prod"),
        ("--management-group", "a/b"),
        ("--tenant", "a b"),
        ("--arm-endpoint", "http://10.0.0.1"),
    ],
)
def test_names_that_cannot_be_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        asked(*words)
