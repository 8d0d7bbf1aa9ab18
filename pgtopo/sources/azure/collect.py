"""Collects an estate from Azure: the one function that live data comes from."""

import threading
from collections.abc import Callable

import msgspec

from pgtopo.sources.azure import pacing
from pgtopo.sources.azure.clouds import Cloud
from pgtopo.sources.azure.collection import Collection, Sources
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.prior import Prior, read_prior
from pgtopo.sources.azure.request import Collected, DeviceCode, Listener, Request, checked

ShowCode = Callable[[DeviceCode], None]


def collect(
    request: Request,
    listener: Listener | None = None,
    cancel: threading.Event | None = None,
    *,
    show_code: ShowCode | None = None,
    timing: Timing | None = None,
    certificates: str = "",
) -> Collected:
    """The rows and statements of everything a request names, whole or in part.

    Blocks until all is read or `cancel` is set; then it returns within a fraction of a second
    with what came so far. The listener is called from this thread, `show_code` from another.
    `certificates` names a file of authorities for a stand-in that speaks https.

    Raises:
        UsageError: the request does not fit.
        SnapshotError: the snapshot to resume cannot be used.
        SourceError: nothing could be read: login, permission, throttling, no connection.
    """
    request = checked(request)
    prior = read_prior(request.resume) if request.resume else None
    if prior is not None:
        request = _continued(request, prior)
    timing = timing or pacing.USUAL
    sources = _sources(request, show_code or _keep_quiet, timing, certificates)
    collection = Collection(request, sources, listener, cancel or threading.Event(), timing)
    if prior is not None:
        collection.resume(prior)
    return collection.run()


def _continued(request: Request, prior: Prior) -> Request:
    """A request that continues a snapshot: in its cloud and scope, and with its options."""
    options = {
        name: getattr(request, name) or prior.scope.get(name) is True
        for name in ("has_effective", "has_changes", "has_health")
    }
    request = msgspec.structs.replace(request, **options)
    known = [cloud for cloud in Cloud if cloud.value == prior.scope.get("cloud")]
    if known and request.cloud is Cloud.PUBLIC:
        request = msgspec.structs.replace(request, cloud=known[0])
    if not request.tenant:
        request = msgspec.structs.replace(request, tenant=str(prior.scope.get("tenant") or ""))
    if not request.subscriptions and not request.management_groups:
        request = msgspec.structs.replace(
            request,
            subscriptions=prior.texts("subscriptions"),
            management_groups=prior.texts("management_groups"),
        )
    return checked(request)


def _sources(request: Request, show: ShowCode, timing: Timing, certificates: str) -> Sources:
    """The ways to ask Azure; the SDK, which takes a third of a second to import, comes in here."""
    from pgtopo.sources.azure.sdk.opening import open_door

    return open_door(request, show, timing, certificates)


def _keep_quiet(_code: DeviceCode) -> None:
    """Nobody wants to see the code."""
