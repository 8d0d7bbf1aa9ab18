"""Which Azure is asked, and whether the Azure CLI is set to the same one."""

import configparser
import os
from urllib.parse import urlsplit

from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.sources.azure.clouds import endpoints
from pgtopo.sources.azure.request import Request
from pgtopo.sources.cache.login_hint import profile_path

_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def section(request: Request) -> Section:
    """Where Azure is, for the cloud that is asked."""
    found = endpoints(request.cloud)
    arm = request.arm_endpoint or found.arm
    login = "nobody logs in" if request.arm_endpoint else f"login at {found.login}"
    items = [
        Item(
            name="cloud",
            state=State.OK,
            text=f"{request.cloud.value}: {arm}, {login}",
        ),
        *_cli(request, found.az_name),
        *_proxy(),
    ]
    facts = {"cloud": request.cloud.value, "arm": arm, "login": found.login}
    return Section(name="cloud", items=tuple(items), facts=facts)


def _cli(request: Request, wanted: str) -> list[Item]:
    """Whether the Azure CLI would give a token for another cloud."""
    read = configparser.ConfigParser(interpolation=None)
    try:
        read.read(profile_path().with_name("config"), encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        return []
    name = read.get("cloud", "name", fallback="AzureCloud")
    if request.arm_endpoint or name == wanted:
        return []
    return [
        Item(
            name="cloud of az",
            state=State.WARNING,
            text=f"the Azure CLI is set to {name}, not to {wanted}",
            hint=f"az cloud set --name {wanted}, or give --cloud",
        )
    ]


def _proxy() -> list[Item]:
    """The proxy requests go through; its name and password are not shown."""
    set_up = next((name for name in _PROXIES if os.environ.get(name)), None)
    if set_up is None:
        return []
    try:
        found = urlsplit(os.environ[set_up])
        where = f"{found.hostname}:{found.port}" if found.port else str(found.hostname)
    except ValueError:
        where = "an address that cannot be read"
    return [Item(name="proxy", state=State.NOTE, text=f"{set_up}: {where}")]
