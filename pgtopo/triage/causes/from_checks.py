"""What the checks say about the resources of one path, matched with its steps."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.checks import registry
from pgtopo.checks.base import AnyCheck, Severity, Unseen
from pgtopo.checks.finding import Finding
from pgtopo.checks.runner import findings_of, judged
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, ancestor, type_of
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import DeclaredClient
from pgtopo.triage.ends import Ends
from pgtopo.triage.symptoms.classes import SymptomClass

SAME: dict[str, tuple[str, ...]] = {
    "ZONE_NOT_LINKED": ("PGT116", "PGT103", "PGT202", "PGT104", "PGT908", "PGT909", "PGT128"),
    "NO_ZONE": ("PGT101",),
    "RECORD_MISSING": ("PGT110", "PGT124", "PGT904"),
    "NAME_CAPTURED": ("PGT108", "PGT109", "PGT124"),
    "WRONG_ZONE": ("PGT112", "PGT108", "PGT109"),
    "OTHER_ZONE_RECORD": ("PGT112",),
    "ZONES_OVERLAP": ("PGT112",),
    "WRONG_ADDRESS": ("PGT905", "PGT907", "PGT111"),
    "PUBLIC_ANSWER": ("PGT908", "PGT125", "PGT904", "PGT104"),
    "LINK_NOT_FINISHED": ("PGT105",),
    "ZONE_NOT_VISIBLE": ("PGT102", "PGT003"),
    "FORWARDER_UNKNOWN": ("PGT116", "PGT203"),
    "DNS_SERVER_UNKNOWN": ("PGT117",),
    "DNS_SERVER_UNREACHABLE": ("PGT121", "PGT210", "PGT211"),
    "PLATFORM_DNS_DENIED": ("PGT122",),
    "DNS_POLICY_BLOCKS": ("PGT123",),
    "RULE_LOOP": ("PGT201",),
    "NSG_DENY": ("PGT312", "PGT301", "PGT310", "PGT306"),
    "NSG_DEFAULT_DENY": ("PGT312", "PGT301", "PGT306"),
    "ADMIN_DENY": ("PGT316", "PGT312", "PGT301"),
    "PRIORITY_TIE": ("PGT314",),
    "ROUTE_NONE": ("PGT417", "PGT404"),
    "ROUTE_INTERNET": ("PGT417",),
    "NO_ROUTE": ("PGT413", "PGT509", "PGT513"),
    "PEERING_NOT_CONNECTED": ("PGT502", "PGT501"),
    "PEERING_NOT_SYNCED": ("PGT503",),
    "PEERING_ACCESS_OFF": ("PGT504",),
    "PEERING_ROUTES_OFF": ("PGT416",),
    "FORWARDED_TRAFFIC_REFUSED": ("PGT505",),
    "SUBNET_NOT_PEERED": ("PGT510",),
    "GATEWAY_TRANSIT_OFF": ("PGT506",),
    "RANGE_OVERLAP": ("PGT508",),
    "REMOTE_NETWORK_UNSEEN": ("PGT512",),
    "ASYMMETRIC_PATH": ("PGT411", "PGT415", "PGT412"),
    "ONE_WAY_STEERING": ("PGT412",),
    "NEXT_HOP_UNOWNED": ("PGT405",),
    "NEXT_HOP_OUT_OF_REACH": ("PGT405",),
    "APPLIANCE_NOT_FORWARDING": ("PGT406",),
    "APPLIANCE_STOPPED": ("PGT407",),
    "NO_GATEWAY": ("PGT409",),
    "GATEWAY_ROUTE_UNSUPPORTED": ("PGT410",),
    "ENDPOINT_BEHIND_APPLIANCE": ("PGT911",),
    "SERVER_NOT_RUNNING": ("PGT701",),
    "PUBLIC_ACCESS_DISABLED": ("PGT901", "PGT804"),
    "ENDPOINT_NOT_APPROVED": ("PGT901",),
    "FIREWALL_RULE_MISSING": ("PGT803", "PGT808"),
    "EGRESS_PARTLY_ADMITTED": ("PGT808",),
}
"""The checks that tell the same as a step of that code, the most fitting first."""

_CLIENT_ONLY = frozenset({"PGT312"})
_SERVER_ONLY = frozenset({"PGT301", "PGT306", "PGT310"})
BESIDE = (
    SymptomClass.TLS,
    SymptomClass.AUTH,
    SymptomClass.CAPACITY,
    SymptomClass.DROPPED,
    SymptomClass.READ_ONLY,
    SymptomClass.REFUSED,
)
"""Symptoms that a path cannot explain, so that findings beside the path are looked at."""
_HOLDERS = (
    *("networksecuritygroups", "routetables", "privatednszones", "flexibleservers"),
    *("privateendpoints", "dnsforwardingrulesets"),
)
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def with_client(facts: Facts, ends: Ends) -> Facts:
    """The facts with the incident's client declared, so that checks about pairs ask for it."""
    if ends.client is None or ends.server is None:
        return facts
    declared = DeclaredClient(
        source=ends.client_text, targets=(str(ends.server.id),), port=ends.port
    )
    settings = msgspec.structs.replace(facts.settings, clients=(declared, *facts.settings.clients))
    return Facts(facts.topology, settings)


def checks_for(kind: SymptomClass, path: PathVerdict | None) -> tuple[AnyCheck, ...]:
    """The checks worth asking: those that tell what a step tells, and those of the symptom."""
    wanted: set[str] = set()
    for step in path.steps if path is not None else ():
        if step.verdict is not Verdict.ALLOWED:
            wanted.update(SAME.get(step.code, ()))
    return tuple(
        check
        for check in registry.catalogue()
        if check.id in wanted
        or (kind in BESIDE and kind.value in {one.value for one in check.symptoms})
        or (path is None and kind.value in {one.value for one in check.symptoms})
    )


def findings_on(
    facts: Facts, checks: Iterable[AnyCheck], subjects: frozenset[ArmId]
) -> tuple[Finding, ...]:
    """What checks say about some resources, the worst first."""
    found = [
        finding
        for check in checks
        for subject in _subjects(facts, check, subjects)
        for finding in findings_of(check, subject.id, judged(facts, check, subject))
    ]
    found.sort(key=lambda one: (not one.is_fail, _RANK[one.severity], one.check, one.subject))
    return tuple(found)


def _subjects(facts: Facts, check: AnyCheck, wanted: frozenset[ArmId]) -> Iterator[Resource]:
    if not any(isinstance(facts.topology.find(one), check.subject) for one in wanted):
        return
    for subject in check.over(facts.topology):
        if not isinstance(subject, Unseen) and subject.id in wanted:
            yield subject


def same_as(step: Step, findings: Sequence[Finding], path: PathVerdict) -> Finding | None:
    """The finding that tells the same as a step; None where no check fired for it."""
    wanted = [one for one in SAME.get(step.code, ()) if _is_of_stage(one, step.stage)]
    about = _about(step)
    best: tuple[int, int, int] | None = None
    chosen: Finding | None = None
    for finding in findings:
        if finding.check not in wanted or (not finding.is_fail and step.verdict is Verdict.BLOCKED):
            continue
        shared = len(about & _named(finding)) + 2 * (finding.subject == path.server.id)
        if not about & _named(finding) or _is_of_another_server(finding, path):
            continue
        key = (wanted.index(finding.check), int(not finding.is_fail), -shared)
        if best is None or key < best:
            best, chosen = key, finding
    return chosen


def _is_of_another_server(finding: Finding, path: PathVerdict) -> bool:
    servers = {type_of(one) == FlexibleServer.KIND and one for one in _named(finding)} - {False}
    return bool(servers) and path.server.id not in servers


def _is_of_stage(check: str, stage: Stage) -> bool:
    if stage is Stage.CLIENT_FILTER:
        return check not in _SERVER_ONLY
    return stage is not Stage.SERVER_FILTER or check not in _CLIENT_ONLY


def _about(step: Step) -> set[ArmId]:
    named = {one.resource for one in (step.decided_by, *step.evidence) if one is not None}
    return named | {holder for one in named for holder in _holders(one)}


def _named(finding: Finding) -> set[ArmId]:
    named = {finding.subject, finding.cause, *finding.related}
    named |= {one.resource for one in finding.evidence}
    return named | {holder for one in named for holder in _holders(one)}


def _holders(arm_id: ArmId) -> Iterator[ArmId]:
    for segment in _HOLDERS:
        holder = ancestor(arm_id, segment)
        if holder is not None:
            yield holder
