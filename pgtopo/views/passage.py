"""What filters let through and where routes lead, as it is in force on one thing."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.service_needs import NeedFlow, needs
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.server import FlexibleServer
from pgtopo.views.lines import Line, Piece, Tone, piece, to_resource
from pgtopo.views.overview.server import write_firewall
from pgtopo.views.overview.writing import Page
from pgtopo.views.path import SIGNS, proof
from pgtopo.views.placed_in import interfaces_of, subnets_of
from pgtopo.views.routes_in_force import write_routes
from pgtopo.views.rules_in_force import write_evaluated, write_rules


def filters(facts: Facts, arm_id: ArmId) -> tuple[Line, ...]:
    """The filters in force on a server, subnet, interface or group."""
    page = Page(facts.topology)
    held = facts.topology.find(arm_id)
    if isinstance(held, NetworkSecurityGroup):
        write_rules(page, facts, held)
    elif isinstance(held, FlexibleServer):
        _server(page, facts, held)
    elif isinstance(held, Subnet):
        write_evaluated(page, facts, held)
        _group(page, facts, held.nsg, "the subnet")
    for nic in interfaces_of(facts.topology, held):
        _interface(page, facts, nic)
    if not page.lines:
        page.say("Filters apply to servers, subnets, interfaces and machines.", Tone.DIM)
    return page.done()


def _server(page: Page, facts: Facts, server: FlexibleServer) -> None:
    flows = needs(facts, server)
    if flows:
        page.head("What the service itself needs")
        for flow in flows:
            _need(page, facts, flow)
    if server.subnet is None:
        page.head("Who may connect")
        write_firewall(page, server)
        return
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        page.why_absent(server.subnet, Subnet.KIND)
    else:
        write_evaluated(page, facts, subnet)
        _group(page, facts, subnet.nsg, f"its subnet {subnet.name}")


def _need(page: Page, facts: Facts, flow: NeedFlow) -> None:
    sign = SIGNS[flow.verdict]
    decided = flow.decided_by
    target = to_resource(decided.resource) if decided is not None else None
    head = (Piece(f"{sign.shown()} ", sign.tone), piece(flow.name))
    page.lines.append(Line(head, 0, target, "", 2))
    if flow.verdict is not Verdict.ALLOWED:
        page.say(flow.text, sign.tone, 4)
        if decided is not None:
            page.lines.append(proof(facts, decided))


def _interface(page: Page, facts: Facts, nic: NetworkInterface) -> None:
    _group(page, facts, nic.nsg, f"interface {nic.name}")
    for subnet_id in dict.fromkeys(c.subnet for c in nic.configurations if c.subnet):
        subnet = page.topology.get(Subnet, subnet_id)
        if subnet is not None:
            _group(page, facts, subnet.nsg, f"its subnet {subnet.name}")


def _group(page: Page, facts: Facts, nsg_id: ArmId | None, owner: str) -> None:
    page.head(f"Filter of {owner}")
    if nsg_id is None:
        page.say("None: nothing is filtered here.", Tone.DIM)
        return
    page.ref("Group (NSG)", nsg_id)
    nsg = page.topology.get(NetworkSecurityGroup, nsg_id)
    if nsg is None:
        page.why_absent(nsg_id)
    else:
        write_rules(page, facts, nsg)


def routes(facts: Facts, arm_id: ArmId) -> tuple[Line, ...]:
    """The routes in force on a subnet, or on the subnet of a server or interface."""
    page = Page(facts.topology)
    subnets = subnets_of(facts.topology, arm_id)
    for subnet in subnets:
        write_routes(page, facts, subnet)
    if not subnets:
        page.say("Routes apply to subnets, and to servers and interfaces in them.", Tone.DIM)
    return page.done()
