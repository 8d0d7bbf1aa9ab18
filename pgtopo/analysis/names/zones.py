"""Which private zones a network sees, and what their records hold.

Azure rules: a zone is invisible to a network until linked ("What is a virtual network link?");
peering never shares zones; the most specific linked zone answers; a link is usable once it is
Completed (Microsoft Learn, Azure DNS).
"""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import Name
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import SpanSet, format_address, parse_address

REDIRECT = "nxdomainredirect"


class LinkedZone(msgspec.Struct, frozen=True, kw_only=True):
    """One zone that is linked to a network."""

    zone: ArmId
    domain: str
    link: ArmId
    is_usable: bool
    """The link is finished: Completed and provisioned."""
    falls_back: bool
    """A name the zone lacks is asked again in public DNS (private link zones only)."""
    state: Evidence


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a zone holds for a question."""

    addresses: tuple[int, ...] = ()
    """IPv4 addresses, in order."""
    alias: str = ""
    """The target, where the record is a CNAME."""
    alias_record: ArmId | None = None
    """The record set that holds it."""
    records: tuple[ArmId, ...] = ()
    is_read: bool = True
    """Whether every record of the zone is here; what is here counts either way."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The addresses in dotted form."""
        return tuple(format_address(one) for one in self.addresses)

    @property
    def span(self) -> SpanSet:
        """The addresses as a set."""
        return SpanSet((one, one) for one in self.addresses)


def linked_zones(facts: Facts, network: ArmId) -> dict[str, tuple[LinkedZone, ...]]:
    """The zones linked to a network, by their domain.

    A link counts although its zone's own row was not read: the id holds the zone's name.
    """
    return facts.once("linked zones", network, lambda: _linked(facts, network))


def _linked(facts: Facts, network: ArmId) -> dict[str, tuple[LinkedZone, ...]]:
    found: dict[str, list[LinkedZone]] = {}
    for link in facts.topology.links_of_network(network):
        one = _linked_zone(facts, link)
        found.setdefault(one.domain, []).append(one)
    return {domain: tuple(zones) for domain, zones in found.items()}


def _linked_zone(facts: Facts, link: ZoneLink) -> LinkedZone:
    domain = zone_domain(facts, link.zone)
    is_private_link = domain.startswith("privatelink.")
    is_usable, state = _link_state(link)
    return LinkedZone(
        zone=link.zone,
        domain=domain,
        link=link.id,
        is_usable=is_usable,
        falls_back=is_private_link and link.resolution_policy.lower() == REDIRECT,
        state=state,
    )


def _link_state(link: ZoneLink) -> tuple[bool, Evidence]:
    state, provisioning = link.state.lower(), link.provisioning.lower()
    if state not in ("", "completed"):
        return False, Evidence(link.id, "properties.virtualNetworkLinkState", link.state)
    if provisioning not in ("", "succeeded"):
        return False, Evidence(link.id, "properties.provisioningState", link.provisioning)
    seen = link.state or None
    return bool(state or provisioning), Evidence(
        link.id, "properties.virtualNetworkLinkState", seen
    )


def zone_domain(facts: Facts, zone: ArmId) -> str:
    """The domain of a zone: of its row, else from its id."""
    row = facts.topology.get(PrivateZone, zone)
    return (row.domain if row is not None else "") or name_of(zone).lower()


def covering(facts: Facts, network: ArmId, name: Name) -> tuple[LinkedZone, ...]:
    """The linked zones of the longest domain that covers a name; several only share that domain.

    Azure rule: a private zone takes over its suffix where it is linked ("What is a private Azure
    DNS zone?"); that the longest of several wins is the rule documented for forwarding rules.
    """
    zones = linked_zones(facts, network)
    if zones:
        for domain in name.parents:
            if domain in zones:
                return zones[domain]
    return ()


def unread_links_over(facts: Facts, network: ArmId, name: Name) -> tuple[ArmId, ...]:
    """Known zones that cover a name, whose links were not all read and show none to a network."""
    seen = {one.zone for zones in linked_zones(facts, network).values() for one in zones}
    coverage = facts.topology.coverage
    return tuple(
        zone
        for zone in zones_over(facts, name)
        if zone not in seen and not coverage.is_read(ZoneLink.KIND, zone)
    )


def zones_over(facts: Facts, name: Name) -> list[ArmId]:
    """Every known zone whose domain covers a name, linked wherever."""
    known = facts.once("zones by domain", "", lambda: _zones_by_domain(facts))
    return [zone for domain in name.parents for zone in known.get(domain, ())]


def _zones_by_domain(facts: Facts) -> dict[str, list[ArmId]]:
    zones = {zone.id for zone in facts.topology.all(PrivateZone)}
    zones |= {link.zone for link in facts.topology.all(ZoneLink)}
    known: dict[str, list[ArmId]] = {}
    for zone in sorted(zones):
        known.setdefault(zone_domain(facts, zone), []).append(zone)
    return known


# -- records ---------------------------------------------------------------------------------------


def held_in_range(facts: Facts, zone: ArmId, space: SpanSet) -> Held:
    """The A records of a zone with an address in a range: how an injected server's is found.

    Azure rule: the record's label is random and not part of the server's properties, so records
    are matched by address.
    """
    return facts.once("held in range", (zone, space), lambda: _held_in_range(facts, zone, space))


def _held_in_range(facts: Facts, zone: ArmId, space: SpanSet) -> Held:
    found: dict[int, None] = {}
    records: list[ArmId] = []
    for record in facts.topology.records_of(zone):
        inside = [one for one in _addresses(record) if one in space]
        if inside:
            found.update(dict.fromkeys(inside))
            records.append(record.id)
    return Held(
        addresses=tuple(sorted(found)),
        records=tuple(records),
        is_read=are_records_read(facts, zone),
    )


def held_for(facts: Facts, zone: ArmId, label: str) -> Held:
    """What a zone holds for one label, wildcard records included.

    Azure rule: wildcard records answer for names that have no record of their own ("What is a
    private Azure DNS zone?").
    """
    by_label = records_by_label(facts, zone)
    for candidate in _labels(label):
        records = by_label.get(candidate)
        if records:
            return _held(facts, zone, records)
    return Held(is_read=are_records_read(facts, zone))


def _labels(label: str) -> Iterable[str]:
    yield label
    parts = label.split(".")
    for start in range(1, len(parts) + 1):
        yield ".".join(["*", *parts[start:]])


def records_by_label(facts: Facts, zone: ArmId) -> dict[str, list[RecordSet]]:
    """The record sets of a zone by their label, wildcard ones among them."""
    return facts.once("records by label", zone, lambda: _by_label(facts, zone))


def _by_label(facts: Facts, zone: ArmId) -> dict[str, list[RecordSet]]:
    found: dict[str, list[RecordSet]] = {}
    for record in facts.topology.records_of(zone):
        found.setdefault(record.label or name_of(record.id), []).append(record)
    return found


def _held(facts: Facts, zone: ArmId, records: list[RecordSet]) -> Held:
    addresses = dict.fromkeys(one for record in records for one in _addresses(record))
    alias = next((one for one in records if one.record_type == "CNAME"), None)
    return Held(
        addresses=tuple(sorted(addresses)),
        alias=alias.target if alias is not None else "",
        alias_record=alias.id if alias is not None else None,
        records=tuple(record.id for record in records),
        is_read=are_records_read(facts, zone),
    )


def _addresses(record: RecordSet) -> list[int]:
    if record.record_type != "A":
        return []
    return [one for text in record.addresses if (one := parse_address(text)) is not None]


def are_records_read(facts: Facts, zone: ArmId) -> bool:
    """Whether all A records of a zone are here."""
    return facts.topology.coverage.is_read(RecordSet.KIND, zone)
