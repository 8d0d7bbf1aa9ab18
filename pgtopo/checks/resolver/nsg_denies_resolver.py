"""An NSG that keeps networks from the resolver they were told to ask."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.names.owners import owner_of
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import by_id, not_visible
from pgtopo.checks.remedies import forwarding
from pgtopo.checks.rulesets import client_space
from pgtopo.model.dns import InboundEndpoint
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import SpanSet, parse_address
from pgtopo.model.network import Subnet, VirtualNetwork


@check(
    id="PGT211",
    slug="nsg-denies-resolver",
    family=Family.RESOLVER,
    title="NSG denies DNS queries to a resolver's inbound endpoint",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="UDP 53 from the subnets of each network that has an inbound endpoint as its DNS"
    " server to that endpoint, evaluated through admin rules and the NSG of the endpoint's subnet.",
    why="A network that was told to ask the resolver asks nobody else. Where the NSG in front of it"
    " denies port 53, no name can be looked up there.",
    client_sees="could not translate host name, for every name",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --include-default --query \"[?direction=='Inbound']\" --output table",
    fix="az network nsg rule create --resource-group <group> --nsg-name <nsg> --name allow-dns"
    " --priority <number below the denying rule> --direction Inbound --access Allow"
    " --protocol '*' --source-address-prefixes <client ranges>"
    " --destination-address-prefixes <endpoint address> --destination-port-ranges 53",
    unknown_when="The endpoint's subnet, its NSG or a rule that decides cannot be read.",
    sources=(
        "Azure DNS Private Resolver overview:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    remedy=forwarding.allow_queries,
    subject=InboundEndpoint,
)
def nsg_denies_resolver(facts: Facts, endpoint: InboundEndpoint) -> Outcome:
    """Whether filters let queries of its networks in, one answer per network."""
    askers = [
        network
        for text in endpoint.addresses
        for network in _askers(facts).get(text, ())
        if owner_of(facts, text, network.id).resource == endpoint.id
    ]
    if not askers or not endpoint.subnets:
        return NOT_APPLICABLE
    subnet = facts.topology.get(Subnet, endpoint.subnets[0])
    if subnet is None:
        return not_visible(facts, Subnet.KIND, endpoint.subnets[0])
    found = (_judged(facts, endpoint, subnet, network) for network in askers)
    return tuple(one for one in found if one is not None) or OK


def _askers(facts: Facts) -> dict[str, list[VirtualNetwork]]:
    """Networks by the DNS servers they list."""

    def gather() -> dict[str, list[VirtualNetwork]]:
        found: dict[str, list[VirtualNetwork]] = {}
        for network in facts.topology.all(VirtualNetwork):
            for text in dict.fromkeys(network.dns_servers):
                found.setdefault(text.strip(), []).append(network)
        return found

    return facts.once("networks by DNS server", "", gather)


def _judged(
    facts: Facts, endpoint: InboundEndpoint, subnet: Subnet, network: VirtualNetwork
) -> Fail | Unknown | None:
    steps = _steps(facts, endpoint, subnet, network)
    blocked = next((step for step in steps if step.verdict is Verdict.BLOCKED), None)
    doubt = next((step for step in steps if step.verdict is Verdict.UNKNOWN), None)
    said = f"Queries of network {network.name} to inbound endpoint {endpoint.name}"
    if blocked is not None and blocked.decided_by is not None:
        return Fail(
            message=f"{said}: {blocked.text}",
            certainty=Certainty.LIKELY if blocked.assumptions else Certainty.CERTAIN,
            evidence=(blocked.decided_by,),
            related=(network.id, subnet.id),
            discriminator=network.id,
            cause=_group(blocked.decided_by.resource) or subnet.id,
        )
    if doubt is None:
        return None
    settles = [assumption.settle_with for assumption in doubt.assumptions]
    wanted = by_id(facts, "az network vnet subnet show", subnet.id)
    return Unknown(
        message=f"{said}: {doubt.text.rstrip('.')}.",
        settle_with=next(filter(None, settles), wanted),
        related=(network.id, subnet.id),
        discriminator=network.id,
    )


def _group(rule: ArmId) -> ArmId | None:
    return ancestor(rule, "networksecuritygroups")


def _steps(
    facts: Facts, endpoint: InboundEndpoint, subnet: Subnet, network: VirtualNetwork
) -> list[Step]:
    values = [value for text in endpoint.addresses if (value := parse_address(text)) is not None]
    passage = Passage(
        source=AddressSide(addresses=client_space(facts, network), network=network.id),
        destination=AddressSide(
            addresses=SpanSet((value, value) for value in values), network=subnet.network
        ),
        port=53,
        protocol="udp",
    )
    gate = Gate(subnet=subnet.id, network=subnet.network)
    shares = gate_steps(facts, gate, Direction.INBOUND, passage, Stage.SERVER_FILTER)
    return [step for _, steps in shares for step in steps]
