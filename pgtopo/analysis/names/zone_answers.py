"""What a linked private zone answers for a server's name.

Azure rules: a linked zone is authoritative for its suffix, so a missing record is NXDOMAIN and not
a public look-up, unless the link says NxDomainRedirect ("Fallback to internet for Azure Private
DNS zones", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.names.naming import Name, Naming, endpoints_of, space_gap_of
from pgtopo.analysis.names.say import NO_NAME, blocked, found, read_links, unknown, with_more
from pgtopo.analysis.names.zones import (
    Held,
    LinkedZone,
    held_for,
    held_in_range,
    zone_domain,
)
from pgtopo.analysis.networks.spaces import SpaceGap
from pgtopo.analysis.verdict import Assumption, Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.base import RefState
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId, subscription_of
from pgtopo.model.net import SpanSet
from pgtopo.model.server import FlexibleServer


class ZoneSays(msgspec.Struct, frozen=True, kw_only=True):
    """What a zone makes of a name: an answer, another name, or a second look in public DNS."""

    answer: DnsAnswer | None = None
    alias: str = ""
    """The record is a CNAME to this name."""
    record: ArmId | None = None
    """The record set that holds it."""
    redirect: LinkedZone | None = None
    """Nothing there, and the link sends such names to public DNS."""


def ask_zones(
    facts: Facts, network: ArmId, naming: Naming, name: Name, zones: tuple[LinkedZone, ...]
) -> ZoneSays:
    """What the linked zones of one domain answer for a name.

    Unknown when: the link is not finished, records were not read, or several zones of that domain
    are linked.
    """
    usable = tuple(one for one in zones if one.is_usable)
    if not usable:
        return ZoneSays(answer=_unfinished(facts, network, zones[0]))
    if len(usable) > 1:
        return ZoneSays(answer=_overlap(facts, network, usable))
    zone = usable[0]
    if naming.kind is AnswerKind.INJECTED and not name.is_whole:
        return _injected(facts, network, naming, zone)
    return _labelled(facts, network, naming, name, zone)


def _unfinished(facts: Facts, network: ArmId, zone: LinkedZone) -> DnsAnswer:
    text = (
        f"Zone {zone.domain} is linked to {called(facts, network)}, but the link is not finished"
        f" ({zone.state.value or 'no state given'})."
    )
    settle = "az network private-dns link vnet show, until it says Completed"
    return unknown("LINK_NOT_FINISHED", text, settle, zone.state, zone=zone.zone)


def _overlap(facts: Facts, network: ArmId, zones: tuple[LinkedZone, ...]) -> DnsAnswer:
    text = (
        f"{len(zones)} zones named {zones[0].domain} are linked to {called(facts, network)},"
        " which Azure does not allow: the data is stale or mixed."
    )
    settle = "az network private-dns link vnet list for each of them"
    return unknown("ZONES_OVERLAP", text, settle, zones[0].state, zone=zones[0].zone)


# -- names of injected servers ---------------------------------------------------------------------


def _injected(facts: Facts, network: ArmId, naming: Naming, zone: LinkedZone) -> ZoneSays:
    if zone.zone != naming.zone:
        return ZoneSays(answer=_other_zone(facts, network, naming, zone))
    if is_hidden(facts, zone.zone):
        return ZoneSays(answer=hidden_zone(facts, naming))
    held = held_in_range(facts, zone.zone, naming.space)
    if held.addresses:
        return ZoneSays(answer=_own_record(facts, network, naming, zone, held))
    if not held.is_read:
        return ZoneSays(answer=_records_unread(zone))
    if (gap := space_gap_of(facts, naming)) is not None:
        return ZoneSays(answer=_place_unread(gap, zone))
    text = (
        f"Zone {zone.domain} is linked to {called(facts, network)} but has no A record inside the"
        f" server's subnet, {NO_NAME}."
    )
    decided_by = Evidence(zone.zone, "A records in the delegated subnet", ())
    return ZoneSays(answer=blocked("RECORD_MISSING", text, decided_by, zone=zone.zone))


def _place_unread(gap: SpaceGap, zone: LinkedZone) -> DnsAnswer:
    text = f"Which record of zone {zone.domain} is the server's cannot be told. {gap.text}"
    return unknown(gap.code, text, "", gap.seen, zone=zone.zone)


def _own_record(
    facts: Facts, network: ArmId, naming: Naming, zone: LinkedZone, held: Held
) -> DnsAnswer:
    where = " or ".join(held.texts)
    text = f"{naming.fqdn.text} resolves to {where} through zone {zone.domain}, linked to"
    decided_by = Evidence(held.records[0], "properties.aRecords[].ipv4Address", held.texts)
    answer = found(
        AnswerKind.INJECTED,
        held.span,
        f"{text} {called(facts, network)}.",
        zone.zone,
        decided_by,
    )
    return with_more(answer, assumptions=_choice(facts, naming, held), evidence=(zone.state,))


def _choice(facts: Facts, naming: Naming, held: Held) -> tuple[Assumption, ...]:
    """What stays open where records and servers of a subnet and zone do not pair off."""
    server = facts.topology.get(FlexibleServer, naming.server)
    sharing = facts.topology.servers_in(server.subnet) if server and server.subnet else []
    servers = sum(1 for one in sharing if one.zone == naming.zone)
    records = len(held.addresses)
    if records < servers:
        text = f"The zone has {records} records for {servers} servers in that subnet."
    elif records > 1:
        text = f"The server has one of {records} addresses that the zone holds in its subnet."
    else:
        return ()
    return (assume("SUBNET_ADDRESS_CHOICE", text),)


def _other_zone(facts: Facts, network: ArmId, naming: Naming, zone: LinkedZone) -> DnsAnswer:
    """A zone that covers the alias and is not the server's own."""
    where = called(facts, network)
    own = zone_domain(facts, naming.zone) if naming.zone else ""
    held = held_in_range(facts, zone.zone, naming.space)
    if held.addresses:
        text = (
            f"Zone {zone.domain}, linked to {where}, is not the server's own but holds"
            f" {', '.join(held.texts)} in the server's subnet."
        )
        decided_by = Evidence(held.records[0], "properties.aRecords[].ipv4Address", held.texts)
        settle = f"nslookup -debug {naming.fqdn.text} from {where}"
        return unknown("OTHER_ZONE_RECORD", text, settle, decided_by, zone=zone.zone)
    if not held.is_read:
        return _records_unread(zone)
    if (gap := space_gap_of(facts, naming)) is not None:
        return _place_unread(gap, zone)
    if zone.domain != own and naming.zone and _may_be_linked(facts, naming.zone):
        return links_unread(facts, network, naming.zone)
    text = (
        f"Zone {zone.domain} of {_group(facts, zone.zone)} is linked to {where} and answers for"
        f" this name, but the server's record is in another zone, {NO_NAME}."
    )
    return blocked("WRONG_ZONE", text, _link_evidence(facts, network, zone), zone=zone.zone)


def _may_be_linked(facts: Facts, zone: ArmId) -> bool:
    """Whether a link that was not read may exist; a zone that was looked for and not found: no."""
    return not is_hidden(facts, zone) and not facts.topology.coverage.is_read(ZoneLink.KIND, zone)


def _group(facts: Facts, zone: ArmId) -> str:
    parts = facts.topology.display(zone).split("/")
    return f"resource group {parts[4]}" if len(parts) > 4 else "another place"


def _link_evidence(facts: Facts, network: ArmId, zone: LinkedZone) -> Evidence:
    return Evidence(zone.link, "properties.virtualNetwork.id", facts.topology.display(network))


def is_hidden(facts: Facts, zone: ArmId) -> bool:
    """Whether a zone is not among the rows although zones were read where it should be."""
    return facts.topology.ref(zone, PrivateZone.KIND) is RefState.DANGLING


def hidden_zone(facts: Facts, naming: Naming) -> DnsAnswer:
    """The answer where the server's zone was looked for and not found."""
    zone = naming.zone or naming.server
    text = (
        f"The server's zone {zone_domain(facts, zone)} is not among the zones that were read:"
        " it was deleted, or this login cannot see it."
    )
    settle = f"az network private-dns zone show --ids {facts.topology.display(zone)}"
    decided_by = Evidence(
        naming.server,
        "properties.network.privateDnsZoneArmResourceId",
        facts.topology.display(zone),
    )
    return unknown("ZONE_NOT_VISIBLE", text, settle, decided_by)


def links_unread(facts: Facts, network: ArmId, zone: ArmId) -> DnsAnswer:
    """The answer where nothing tells whether a zone is linked to the network."""
    text = (
        f"Whether zone {zone_domain(facts, zone)} is linked to {called(facts, network)} is not"
        " known: its links were not read."
    )
    return unknown("LINKS_NOT_READ", text, read_links(zone), Evidence(zone, "virtualNetworkLinks"))


def _records_unread(zone: LinkedZone) -> DnsAnswer:
    text = f"Zone {zone.domain} is linked, but its records were not read."
    where = subscription_of(zone.zone)
    settle = f"read {RecordSet.KIND}" + (f" in subscription {where}" if where else "")
    return unknown("RECORDS_NOT_READ", text, settle, zone.state, zone=zone.zone)


# -- whole names -----------------------------------------------------------------------------------


def _labelled(
    facts: Facts, network: ArmId, naming: Naming, name: Name, zone: LinkedZone
) -> ZoneSays:
    label = name.label_in(zone.domain)
    held = held_for(facts, zone.zone, label)
    if held.alias and not held.addresses:
        return ZoneSays(alias=held.alias, record=held.alias_record)
    if held.addresses:
        answer = _recorded(facts, network, naming, zone, held)
        return ZoneSays(answer=with_more(answer, evidence=(zone.state,)))
    if not held.is_read:
        return ZoneSays(answer=_records_unread(zone))
    if zone.falls_back:
        return ZoneSays(redirect=zone)
    is_captured = name.text == naming.fqdn.text
    text = (
        f"Zone {zone.domain} is linked to {called(facts, network)} and has no record {label},"
        f" {NO_NAME}."
    )
    code = "NAME_CAPTURED" if is_captured else "RECORD_MISSING"
    decided_by = _link_evidence(facts, network, zone)
    return ZoneSays(answer=blocked(code, text, decided_by, zone=zone.zone))


def _recorded(
    facts: Facts, network: ArmId, naming: Naming, zone: LinkedZone, held: Held
) -> DnsAnswer:
    """The zone has an A record for the name: does it lead to the server?"""
    decided_by = Evidence(held.records[0], "properties.aRecords[].ipv4Address", held.texts)
    own, is_known = _own_addresses(facts, naming)
    here = f"through zone {zone.domain}, linked to {called(facts, network)}"
    if held.span <= own:
        text = f"{naming.fqdn.text} resolves to {', '.join(held.texts)} {here}."
        return found(naming.kind, held.span, text, zone.zone, decided_by)
    if held.span.overlaps(own) or not is_known:
        text = (
            f"{naming.fqdn.text} resolves to {', '.join(held.texts)} {here}; not all of these are"
            " known to be the server's."
        )
        settle = "compare with the address of the private endpoint's network interface"
        return unknown("ADDRESS_UNCLEAR", text, settle, decided_by, zone=zone.zone)
    text = (
        f"{naming.fqdn.text} resolves to {', '.join(held.texts)} {here}, which is not an address"
        " of the server: psql connects to nothing, or to something else."
    )
    answer = blocked("WRONG_ADDRESS", text, decided_by, zone=zone.zone)
    return msgspec.structs.replace(
        answer, kind=AnswerKind.WRONG, answers=held.texts, addresses=held.span
    )


def _own_addresses(facts: Facts, naming: Naming) -> tuple[SpanSet, bool]:
    """The addresses that are the server's, and whether there can be no others."""
    if naming.kind is AnswerKind.INJECTED:
        return naming.space, space_gap_of(facts, naming) is None
    endpoints = endpoints_of(facts, naming)
    return endpoints.addresses, naming.kind is AnswerKind.ENDPOINT and endpoints.is_address_known
