"""What a linked zone may have to say about the names of servers, and what it has not."""

from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import Naming
from pgtopo.analysis.names.zones import LinkedZone, are_records_read, records_by_label


class ZoneView(NamedTuple):
    """One zone as far as answers about servers depend on it."""

    spoken_of: frozenset[int]
    """The servers, by their place in a list, that it may have a record for."""
    otherwise: tuple[str, bool, bool, bool]
    """What decides the answer about all others: domain, finished, falls back, records read."""


def zone_view(
    facts: Facts, zone: LinkedZone, named: Iterable[tuple[int, Naming | None]]
) -> ZoneView:
    """What a zone may have to say about servers with a name in its domain."""
    labels = records_by_label(facts, zone.zone)
    is_wild = any(label.startswith("*") for label in labels)
    spoken_of = frozenset(
        index
        for index, naming in named
        if is_wild or naming is None or _may_speak_of(zone, naming, labels)
    )
    is_read = are_records_read(facts, zone.zone)
    return ZoneView(spoken_of, (zone.domain, zone.is_usable, zone.falls_back, is_read))


def _may_speak_of(zone: LinkedZone, naming: Naming, labels: Iterable[str]) -> bool:
    if naming.zone == zone.zone:
        return True
    for name in (naming.fqdn, naming.alias):
        if name is None or zone.domain not in name.parents:
            continue
        # Records of an injected server are found by address, whatever their label.
        if not name.is_whole or name.label_in(zone.domain) in labels:
            return True
    return False
