"""How close a zone is to one of its limits."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Outcome
from pgtopo.checks.reading import unread
from pgtopo.model.dns import PrivateZone

_NEAR = 0.9


def near_limit(
    facts: Facts, zone: PrivateZone, what: str, kind: str, stated: tuple[int | None, int | None]
) -> Outcome:
    """Whether a zone has used nine tenths of a limit.

    `stated` are the zone's own counters, used and most; the rows seen count where they are more,
    because the counters lag behind.
    """
    name = {"links": "VirtualNetworkLinks", "records": "RecordSets"}[what]
    default = {"links": 1000, "records": 25000}[what]
    topology = facts.topology
    rows = topology.links_of_zone(zone.id) if what == "links" else topology.records_of(zone.id)
    used, most = max(stated[0] or 0, len(rows)), stated[1] or default
    if used >= _NEAR * most:
        evidence = Evidence(zone.id, f"properties.numberOf{name}", stated[0])
        limit = Evidence(zone.id, f"properties.maxNumberOf{name}", stated[1])
        return Fail(
            message=f"Zone {zone.name} has {used} of {most} {what}.", evidence=(evidence, limit)
        )
    if stated[0] is None:
        return unread(facts, kind, zone.id) or OK
    return OK
