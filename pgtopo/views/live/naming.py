"""What to call the part of Azure that is looked at."""

from urllib.parse import urlsplit

from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.request import Request
from pgtopo.views.literal import printable
from pgtopo.views.signs import count

_CLOUDS = {Cloud.PUBLIC: "Azure", Cloud.USGOV: "Azure Government", Cloud.CHINA: "Azure China"}


def cloud_of(request: Request) -> str:
    """The cloud, or the stand-in for it."""
    if request.arm_endpoint:
        return f"the stand-in at {urlsplit(request.arm_endpoint).netloc}"
    return _CLOUDS[request.cloud]


def scope_of(request: Request) -> str:
    """The scope in a few words."""
    parts = []
    if len(request.subscriptions) == 1:
        parts.append(f"subscription {request.subscriptions[0][:8]}")
    elif request.subscriptions:
        parts.append(count(len(request.subscriptions), "subscription"))
    if request.management_groups:
        names = request.management_groups
        parts.append(f"group {names[0]}" if len(names) == 1 else count(len(names), "group"))
    return " and ".join(parts) or "all subscriptions"


def label(request: Request) -> str:
    """Cloud and scope in one line, safe to show."""
    tenant = f" of tenant {request.tenant}" if request.tenant else ""
    return printable(f"{scope_of(request)} in {cloud_of(request)}{tenant}")
