"""What public DNS answers for a server's name, and what follows where no private zone covers it."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.naming import Name, Naming
from pgtopo.analysis.names.say import (
    NO_NAME,
    blocked,
    linked_networks,
    past_the_endpoint,
    public_address,
    unknown,
)
from pgtopo.analysis.names.zones import held_for, zone_domain, zones_over
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId


def without_zone(naming: Naming) -> DnsAnswer:
    """The answer for an injected server that states no private zone."""
    path = "properties.network.privateDnsZoneArmResourceId"
    decided_by = Evidence(naming.server, path, None)
    if naming.is_preview:
        text = f"The row of {naming.name} has an old shape that does not state its private zone."
        return unknown("NO_ZONE", text, "az postgres flexible-server show", decided_by)
    text = f"{naming.name} has no private DNS zone, so no name leads to its address, {NO_NAME}."
    return blocked("NO_ZONE", text, decided_by)


def not_linked_endpoint(facts: Facts, network: ArmId, naming: Naming, name: Name) -> DnsAnswer:
    """The answer for a server with a private endpoint whose zone the network does not see."""
    domain = name.parents[1]
    reason = f"Zone {domain} is not linked to {called(facts, network)}."
    zones = [zone for zone in zones_over(facts, name) if zone_domain(facts, zone) == domain]
    label = name.label_in(domain)
    holding = (zone for zone in zones if held_for(facts, zone, label).addresses)
    best = next(holding, zones[0] if zones else None)
    evidence = linked_networks(facts, best) if best is not None else None
    return past_the_endpoint(facts, naming, reason, evidence)


def public_dns(facts: Facts, naming: Naming) -> DnsAnswer:
    """What public DNS answers to someone outside every virtual network."""
    if naming.kind is AnswerKind.PUBLIC:
        return public_address(naming)
    if naming.kind is AnswerKind.ENDPOINT:
        return past_the_endpoint(facts, naming, "Public DNS knows no private address.", None)
    text = (
        f"{naming.fqdn.text} is an alias of a name in a private zone, which public DNS does not"
        f" hold, {NO_NAME}."
    )
    path = "properties.network.privateDnsZoneArmResourceId"
    zone = facts.topology.display(naming.zone) if naming.zone is not None else None
    return blocked("CNAME_TARGET_NOT_PUBLIC", text, Evidence(naming.server, path, zone))
