"""What is copied of a selected thing: its name, its id, the command that fits it."""

import shlex
from urllib.parse import quote

from pgtopo.model.server import FlexibleServer
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.literal import printable
from pgtopo.views.overview.server import connection
from pgtopo.views.state import Place, View


def name(desk: Desk, place: Place) -> str:
    """The name; a server's is its FQDN where that is known, because addresses change."""
    held = desk.topology.find(place.id)
    if isinstance(held, FlexibleServer) and held.fqdn:
        return printable(held.fqdn)
    return name_in(desk.topology, place.id) if place.id else ""


def arm_id(desk: Desk, place: Place) -> str:
    """The Azure id, as Azure wrote it."""
    return printable(desk.spelled(place.id)) if place.id else ""


_PORTALS = {"usgov": "https://portal.azure.us", "china": "https://portal.azure.cn"}


def portal(desk: Desk, place: Place) -> str:
    """The address of its page in the Azure portal."""
    if not place.id:
        return ""
    cloud = str(desk.topology.scope.get("cloud", ""))
    site = _PORTALS.get(cloud, "https://portal.azure.com")
    return f"{site}/#@/resource{quote(arm_id(desk, place), safe='/')}"


def command(desk: Desk, place: Place) -> str:
    """The command that settles an open question, connects to a server, or shows a resource."""
    problem = desk.problems.get(place.problem)
    if place.view is View.FINDINGS and problem is not None and problem.settle_with:
        return printable(problem.settle_with)
    held = desk.topology.find(place.id)
    if isinstance(held, FlexibleServer) and held.fqdn:
        return printable(connection(held))
    return f"az resource show --ids {shlex.quote(arm_id(desk, place))}" if place.id else ""
