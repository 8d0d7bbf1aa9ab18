"""One login and one small question, to tell whether collecting would work."""

from collections.abc import Callable

from pgtopo.sources.azure import pacing
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.reached import Reached
from pgtopo.sources.azure.request import DeviceCode, Request


def reach(
    request: Request,
    show_code: Callable[[DeviceCode], None],
    timing: Timing | None = None,
) -> Reached:
    """Log in as a request says, and ask which subscriptions there are; raises nothing for faults.

    Raises:
        UsageError: the request does not fit.
    """
    from pgtopo.sources.azure.sdk.first_question import reach as ask

    return ask(request, show_code, timing or pacing.USUAL)
