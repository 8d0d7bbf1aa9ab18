"""Opens the door to Azure for a request."""

from collections.abc import Callable

from azure.core.exceptions import AzureError

from pgtopo.sources.azure.asking import Fault, Why
from pgtopo.sources.azure.clouds import endpoints
from pgtopo.sources.azure.collection import Sources
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.request import DeviceCode, Request
from pgtopo.sources.azure.sdk.arm import Arm
from pgtopo.sources.azure.sdk.door import Door, no_answer, silence
from pgtopo.sources.azure.sdk.graph import Graph
from pgtopo.sources.azure.sdk.identity import Dummy, login, refused


def open_door(
    request: Request, show: Callable[[DeviceCode], None], timing: Timing, certificates: str = ""
) -> Sources:
    """The ways to ask the cloud of a request, or the stand-in on this machine."""
    silence()
    known = endpoints(request.cloud)
    is_stand_in = bool(request.arm_endpoint)
    credential = Dummy() if is_stand_in else login(request, show)
    door = Door(
        request.arm_endpoint or known.arm,
        credential,
        known.token_scope,
        timing,
        is_stand_in=is_stand_in,
        certificates=certificates,
    )
    graph, arm = Graph(door), Arm(door)

    def warm() -> None:
        try:
            credential.get_token(known.token_scope)
        except AzureError as failure:
            error = refused(failure)
            if error is not None:
                raise error from None
            raise Fault(Why.UNREACHABLE, no_answer(failure).cause) from None

    def close() -> None:
        graph.close()
        arm.close()

    return Sources(door.endpoint, warm, graph.ask, arm.ask, close)
