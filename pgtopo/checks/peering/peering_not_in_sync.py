"""A peering that does not route ranges the other network has by now."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import unsynced_space
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import peering_words, settle
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import concerns_servers, homes
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Peering, VirtualNetwork


@check(
    id="PGT503",
    slug="peering-not-in-sync",
    family=Family.PEERING,
    title="Peering does not route all ranges of the other network",
    severity=Severity.WARNING,
    grading="Error where a range with subnets in it is missing and one of the two networks holds"
    " servers; info where neither network has to do with servers; else warning.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The sync level of every Connected peering, and the ranges it routes"
    " (remoteAddressSpace) against the ranges of the network at its other end.",
    why="A range that was added to a network after the peering was made is not routed until the"
    " peering is synced: clients or servers in it are cut off.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering show --resource-group <group> --vnet-name <network>"
    " --name <peering> --query '[peeringSyncLevel,remoteAddressSpace.addressPrefixes,"
    "remoteVirtualNetworkAddressSpace.addressPrefixes]'",
    fix="az network vnet peering sync --resource-group <group> --vnet-name <network>"
    " --name <peering>",
    unknown_when="The row states neither a sync level nor ranges, and the network at the other"
    " end is not in the data.",
    sources=(
        "Update the address space for a peered virtual network: https://learn.microsoft.com/azure/"
        "virtual-network/update-virtual-network-peering-address-space",
    ),
    remedy=peerings.sync,
    subject=Peering,
)
def peering_not_in_sync(facts: Facts, peering: Peering) -> Outcome:
    """Whether everything the other network has is routed."""
    if not peering.is_connected:
        return NOT_APPLICABLE
    missing = unsynced_space(facts, peering)
    level = peering.sync_level.lower()
    if not missing and level in ("", "fullyinsync"):
        return _in_sync(facts, peering)
    ranges = f": {', '.join(missing.cidrs())} not routed" if missing else ""
    return Fail(
        message=f"{peering_words(facts, peering)} is"
        f" {peering.sync_level or 'not in sync'}{ranges}.",
        severity=_severity(facts, peering, missing),
        evidence=_evidence(facts, peering),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )


def _in_sync(facts: Facts, peering: Peering) -> Outcome:
    is_stated = bool(peering.sync_level or peering.remote_prefixes)
    if is_stated or facts.topology.get(VirtualNetwork, peering.remote) is not None:
        return OK
    return Unknown(
        message=f"{peering_words(facts, peering)} states neither its sync level nor its ranges.",
        settle_with=settle(facts, Peering.KIND, peering.network),
    )


def _severity(facts: Facts, peering: Peering, missing: SpanSet) -> Severity:
    if _is_needed(facts, peering, missing):
        return Severity.ERROR
    is_near = concerns_servers(facts, peering.network, peering.remote)
    return Severity.WARNING if is_near else Severity.INFO


def _is_needed(facts: Facts, peering: Peering, missing: SpanSet) -> bool:
    """Whether servers are at either end and subnets lie in what is not routed."""
    if peering.remote is None or not missing:
        return False
    if peering.network not in homes(facts) and peering.remote not in homes(facts):
        return False
    subnets = facts.topology.subnets_of(peering.remote)
    return any(subnet.space.overlaps(missing) for subnet in subnets)


def _evidence(facts: Facts, peering: Peering) -> tuple[Evidence, ...]:
    found = [
        Evidence(peering.id, "properties.peeringSyncLevel", peering.sync_level or None),
        Evidence(
            peering.id,
            "properties.remoteAddressSpace.addressPrefixes",
            list(peering.remote_prefixes) or None,
        ),
    ]
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    if remote is not None:
        found.append(
            Evidence(remote.id, "properties.addressSpace.addressPrefixes", list(remote.prefixes))
        )
    return tuple(found)
