"""Whether a private zone has a record that bears on a server's name."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import Naming
from pgtopo.analysis.names.zones import LinkedZone, are_records_read, records_by_label

Silent = tuple[str, bool, bool, bool]
"""What zones without a record for a name have in common: domain, finished, falls back, read."""


def in_common(facts: Facts, zone: LinkedZone) -> Silent:
    """What decides the answer of a linked zone that has no record for a name."""
    is_read = are_records_read(facts, zone.zone)
    return zone.domain, zone.is_usable, zone.falls_back, is_read


def may_speak_of(facts: Facts, zone: LinkedZone, naming: Naming) -> bool:
    """Whether a zone is a server's own, or may have a record that its name leads to."""
    labels = records_by_label(facts, zone.zone)
    if naming.zone == zone.zone or any(label.startswith("*") for label in labels):
        return True
    for name in (naming.fqdn, naming.alias):
        if name is None or zone.domain not in name.parents:
            continue
        # Records of an injected server are found by address, whatever their label.
        if not name.is_whole or name.label_in(zone.domain) in labels:
            return True
    return False
