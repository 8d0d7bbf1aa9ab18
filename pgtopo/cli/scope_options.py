"""The arguments that say which part of Azure to ask and as whom, and the request they make."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request

AUTHS = ("default", "cli", "device", "env", "mi", "workload")
CLOUDS = ("public", "usgov", "china")


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
    import msgspec

    from pgtopo.sources.azure.preset import preset
    from pgtopo.sources.azure.request import checked

    said: dict[str, Any] = {
        "has_arm_reads": not getattr(args, "no_arm", False),
        "has_effective": getattr(args, "effective", False),
        "has_changes": getattr(args, "changes", False),
        "has_health": getattr(args, "health", False),
        "arm_endpoint": args.arm_endpoint or "",
    }
    subscriptions = tuple(getattr(args, "subscription", ()))
    groups = tuple(getattr(args, "management_group", ()))
    if subscriptions or groups:
        said |= {"subscriptions": subscriptions, "management_groups": groups}
    said |= _login(args)
    return checked(msgspec.structs.replace(preset(scope or {}), **said))


def _login(args: argparse.Namespace) -> dict[str, Any]:
    """What a command line says about the login."""
    from pgtopo.sources.azure.clouds import Cloud
    from pgtopo.sources.azure.request import Auth

    said: dict[str, Any] = {}
    if args.auth:
        said["auth"] = Auth(args.auth)
    if args.cloud:
        said["cloud"] = Cloud(args.cloud)
    if args.tenant:
        said["tenant"] = args.tenant
    return said
