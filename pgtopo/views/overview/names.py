"""Zones, links, records, resolvers and rulesets in plain words."""

from pgtopo.model.dns import (
    ForwardingRule,
    ForwardingRuleset,
    InboundEndpoint,
    PrivateZone,
    RecordSet,
    RulesetLink,
    ZoneLink,
)
from pgtopo.model.network import VirtualNetwork
from pgtopo.views.labels import unfinished
from pgtopo.views.lines import Tone
from pgtopo.views.overview.writing import Page, yes_no


def write_zone(page: Page, zone: PrivateZone) -> None:
    """Who can see a zone and what it holds."""
    topology = page.topology
    page.refs("Servers", [s.id for s in topology.servers_of_zone(zone.id)])
    page.head("Visible in networks")
    links = topology.links_of_zone(zone.id)
    if not links:
        is_read = topology.coverage.is_read(ZoneLink.KIND, zone.id)
        page.say(
            "In none: no network is linked, so no client gets its answers."
            if is_read
            else "Nothing is known: its links are not in this data.",
            Tone.RISK if is_read else Tone.UNKNOWN,
        )
    for link in links:
        page.item(link.network or link.id, unfinished(link), Tone.RISK)
    page.head("Records")
    records = topology.records_of(zone.id)
    if not records:
        page.say("None in this data.", Tone.DIM)
    for record in sorted(records, key=lambda r: r.label)[:200]:
        page.item(record.id, f"{record.record_type} {_answer(record)}")
    if len(records) > 200:
        page.say(f"and {len(records) - 200:,} more", Tone.DIM)


def _answer(record: RecordSet) -> str:
    return ", ".join(record.addresses) or record.target or "(empty)"


def write_link(page: Page, link: ZoneLink) -> None:
    """What a zone link connects."""
    page.ref("Zone", link.zone, kind=PrivateZone.KIND)
    page.ref("Network", link.network, kind=VirtualNetwork.KIND)
    page.fact("State", link.state or "not stated")
    page.fact("Provisioning", link.provisioning)
    page.fact("Registers", f"{yes_no(link.has_registration)}: names of machines in the network")
    page.fact("Resolution", link.resolution_policy or "Default")


def write_record(page: Page, record: RecordSet) -> None:
    """What a record set answers."""
    page.ref("Zone", record.zone, kind=PrivateZone.KIND)
    page.fact("Type", record.record_type)
    page.fact("Answers", _answer(record))
    page.fact("TTL", f"{record.ttl} s" if record.ttl is not None else "")
    page.fact("Made by", "auto-registration" if record.is_auto_registered else record.creator)


def write_inbound(page: Page, endpoint: InboundEndpoint) -> None:
    """Where a resolver listens."""
    page.ref("Resolver", endpoint.resolver)
    page.fact("Addresses", ", ".join(endpoint.addresses))
    page.refs("Subnets", endpoint.subnets)
    page.fact("Allocation", endpoint.allocation)


def write_ruleset(page: Page, ruleset: ForwardingRuleset) -> None:
    """Which names a ruleset forwards where, and for whom."""
    topology = page.topology
    page.refs("Leaves by", ruleset.outbound_endpoints)
    rules = topology.index("rules of ruleset", ForwardingRule, lambda r: (r.ruleset,))
    page.head("Rules")
    for rule in rules.get(ruleset.id, ()):
        state = "" if rule.is_enabled else "  (disabled)"
        targets = ", ".join(rule.targets)
        page.item(rule.id, f"{rule.domain or 'every name'} to {targets}{state}")
    page.head("Used by networks")
    links = topology.index("links of ruleset", RulesetLink, lambda k: (k.ruleset,))
    for link in links.get(ruleset.id, ()):
        page.item(link.network or link.id)
