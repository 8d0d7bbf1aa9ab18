"""The arguments that say which part of Azure to ask and as whom, and the request they make."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request

AUTHS = ("default", "cli", "device", "env", "mi", "workload")
CLOUDS = ("public", "usgov", "china")
_OF_SETTINGS = ("subscriptions", "management_groups", "cloud", "tenant", "auth")


def add_scope(parser: argparse.ArgumentParser) -> None:
    """What to collect."""
    for option, what in (("--subscription", "subscription"), ("--management-group", "group")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="ID",
            help=f"only this {what} (repeatable); default: all that the login can read",
        )
    for option, what in (
        ("--no-arm", "ask Resource Graph only: no firewall rules, server parameters, locks"),
        ("--effective", "also ask for effective routes and rules, which Reader does not grant"),
        ("--changes", "also collect the change history"),
        ("--health", "also collect resource health"),
    ):
        parser.add_argument(option, action="store_true", help=what)


def add_login(parser: argparse.ArgumentParser) -> None:
    """As whom, and where Azure is."""
    parser.add_argument(
        "--auth", choices=AUTHS, help="how to log in; default: what is set up, az for most"
    )
    parser.add_argument("--cloud", choices=CLOUDS, help="default: public")
    parser.add_argument("--tenant", metavar="ID", help="id or domain of the tenant to log in to")
    parser.add_argument(
        "--arm-endpoint",
        metavar="URL",
        help="a stand-in for Azure on this machine: loopback addresses only, nobody logs in",
    )


def request_of(args: argparse.Namespace, scope: Mapping[str, Any] | None = None) -> Request:
    """The request of a command line; `scope` of the settings fills in what is not said there.

    Raises:
        UsageError: a name that cannot be one, or an endpoint that is not on this machine.
    """
    from pgtopo.sources.azure.clouds import Cloud
    from pgtopo.sources.azure.request import Auth, Request, checked

    kept = _checked_scope(scope or {})
    subscriptions = tuple(getattr(args, "subscription", ()))
    groups = tuple(getattr(args, "management_group", ()))
    if not subscriptions and not groups:
        subscriptions = tuple(kept.get("subscriptions", ()))
        groups = tuple(kept.get("management_groups", ()))
    return checked(
        Request(
            subscriptions=subscriptions,
            management_groups=groups,
            auth=Auth(args.auth or kept.get("auth", Auth.DEFAULT.value)),
            cloud=Cloud(args.cloud or kept.get("cloud", Cloud.PUBLIC.value)),
            tenant=args.tenant or kept.get("tenant", ""),
            arm_endpoint=args.arm_endpoint or "",
            has_arm_reads=not getattr(args, "no_arm", False),
            has_effective=getattr(args, "effective", False),
            has_changes=getattr(args, "changes", False),
            has_health=getattr(args, "health", False),
        )
    )


def _checked_scope(scope: Mapping[str, Any]) -> Mapping[str, Any]:
    """The default scope of the settings file.

    Raises:
        UsageError: it does not fit.
    """
    from pgtopo.errors import UsageError

    hint = f"[scope] takes {', '.join(_OF_SETTINGS)}"
    unknown = sorted(set(scope) - set(_OF_SETTINGS))
    if unknown:
        raise UsageError(f"the settings know no scope.{unknown[0]}", hint)
    for key in ("subscriptions", "management_groups"):
        listed = scope.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise UsageError(f"scope.{key} in the settings is no list of texts", hint)
    for key, known in (("cloud", CLOUDS), ("auth", AUTHS), ("tenant", ())):
        word = scope.get(key, known[0] if known else "")
        if not isinstance(word, str) or (known and word not in known):
            raise UsageError(f"scope.{key} in the settings cannot be {word!r}", hint)
    return scope
