"""Whether a packet gets from one end to another and its answer back."""

from __future__ import annotations

from tests.oracle.filters import End, passes
from tests.oracle.journey import Journey, travel
from tests.oracle.nsgs import Packet
from tests.oracle.rows import Estate
from tests.oracle.wayback import answer
from tests.oracle.words import UNKNOWN, both


def path(estate: Estate, client: End, packet: Packet, goal: End) -> list[tuple[str, str]]:
    """All steps of the way there and back."""
    steps = [("client_filter", passes(estate, client, "Out", packet))]
    journey = travel(estate, client, packet, goal)
    steps += journey.steps
    steps.append(("server_filter", _inbound(estate, goal, packet, journey)))
    steps.append(("return_route", answer(estate, client, packet.source, goal, journey)))
    return steps


def _inbound(estate: Estate, goal: End, packet: Packet, journey: Journey) -> str:
    from tests.oracle.filters import refuses_everyone
    from tests.oracle.words import BLOCKED

    if journey.end in ("there", "outside") and journey.snat is not None:
        return passes(estate, goal, "In", journey.packet)
    if journey.end == "lost":
        return UNKNOWN
    return BLOCKED if refuses_everyone(estate, goal, packet) else UNKNOWN


def reaches(estate: Estate, client: End, packet: Packet, goal: End) -> str:
    """The word for the way there and back."""
    return both(word for _, word in path(estate, client, packet, goal))
