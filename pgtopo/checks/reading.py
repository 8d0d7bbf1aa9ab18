"""What to say where something was not read, and what would settle it."""

import shlex

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import SpaceGap
from pgtopo.analysis.wording import called
from pgtopo.checks.base import Unknown
from pgtopo.model.base import ParseIssue, RefState
from pgtopo.model.coverage import Status
from pgtopo.model.ids import ArmId, ancestor, fold, name_of, parent_of, subscription_of, type_of
from pgtopo.model.network import Peering, Subnet, VirtualNetwork

__all__ = [
    "by_id",
    "called",
    "not_visible",
    "peering_words",
    "settle",
    "space_unknown",
    "unread",
    "words_for",
]

_PG = "microsoft.dbforpostgresql/flexibleservers"
_NET = "microsoft.network"

_KINDS: dict[str, tuple[str, str]] = {
    _PG: ("flexible servers", "az postgres flexible-server show --ids {id}"),
    f"{_PG}/firewallrules": (
        "firewall rules",
        "az postgres flexible-server firewall-rule list --server-name {name}"
        " --resource-group {group}",
    ),
    f"{_PG}/configurations": (
        "server parameters",
        "az postgres flexible-server parameter list --server-name {name} --resource-group {group}",
    ),
    f"{_PG}/virtualendpoints": (
        "virtual endpoints",
        "az postgres flexible-server virtual-endpoint list --server-name {name}"
        " --resource-group {group}",
    ),
    f"{_NET}/virtualnetworks": ("virtual networks", "az network vnet show --ids {id}"),
    f"{_NET}/virtualnetworks/subnets": ("subnets", "az network vnet subnet show --ids {id}"),
    f"{_NET}/virtualnetworks/virtualnetworkpeerings": (
        "peerings",
        "az network vnet peering list --vnet-name {name} --resource-group {group}",
    ),
    f"{_NET}/networkinterfaces": ("network interfaces", "az network nic show --ids {id}"),
    f"{_NET}/networksecuritygroups": ("network security groups", "az network nsg show --ids {id}"),
    f"{_NET}/routetables": ("route tables", "az network route-table show --ids {id}"),
    f"{_NET}/privateendpoints": (
        "private endpoints",
        "az network private-endpoint show --ids {id}",
    ),
    f"{_NET}/privateendpoints/privatednszonegroups": (
        "DNS zone groups",
        "az network private-endpoint dns-zone-group list --endpoint-name {name}"
        " --resource-group {group}",
    ),
    f"{_NET}/privatednszones": ("private DNS zones", "az network private-dns zone show --ids {id}"),
    f"{_NET}/privatednszones/virtualnetworklinks": (
        "virtual network links",
        "az network private-dns link vnet list --zone-name {name} --resource-group {group}",
    ),
    f"{_NET}/privatednszones/a": (
        "DNS records",
        "az network private-dns record-set a list --zone-name {name} --resource-group {group}",
    ),
    f"{_NET}/dnsresolvers/inboundendpoints": (
        "resolver inbound endpoints",
        "az dns-resolver inbound-endpoint list --dns-resolver-name <resolver>"
        " --resource-group <group>",
    ),
    f"{_NET}/virtualnetworkgateways": (
        "virtual network gateways",
        "az network vnet-gateway list --resource-group {group}",
    ),
    "microsoft.authorization/locks": ("locks", "az lock list --subscription {subscription}"),
    "pgtopo/subnetusage": (
        "address use",
        "az rest --method post --url https://management.azure.com/subscriptions/{subscription}"
        "/providers/Microsoft.DBforPostgreSQL/locations/{region}/checkVirtualNetworkSubnetUsage"
        '?api-version=2024-08-01 --body \'{{"virtualNetworkArmResourceId": "{network}"}}\'',
    ),
}
"""Words for a kind, and the command that reads it at a place."""

_HOW = {
    Status.DENIED: "the login may not read them there",
    Status.FAILED: "reading them failed",
    Status.PARTIAL: "only part of them was read",
    Status.SKIPPED: "they were skipped",
    Status.NOT_READ: "nothing says that they were read",
}


def words_for(kind: str) -> str:
    """A kind in plain words, in the plural."""
    known = _KINDS.get(kind)
    return known[0] if known else f"resources of type {kind}"


def settle(facts: Facts, kind: str, at: ArmId) -> str:
    """The command that would read a kind at a place."""
    known = _KINDS.get(kind)
    shown = facts.topology.display(at)
    if known is None:
        return f"Reader on {_scope(facts, at)}, then collect again"
    group, subscription = _segment(shown, "resourcegroups"), _segment(shown, "subscriptions")
    return known[1].format(
        id=shlex.quote(shown),
        name=shlex.quote(name_of(shown)),
        group=shlex.quote(group) if group else "<group>",
        subscription=shlex.quote(subscription) if subscription else "<subscription>",
        **_network_words(facts, at),
    )


def _network_words(facts: Facts, at: ArmId) -> dict[str, str]:
    """Region and id of the network that something is or lies in, as they stand in an address."""
    network = facts.topology.get(VirtualNetwork, ancestor(at, "virtualnetworks"))
    if network is None:
        return {"region": "<region>", "network": "<network id>"}
    shown = facts.topology.display(network.id)
    is_plain = network.location.isalnum() and "'" not in shown and '"' not in shown
    return {
        "region": network.location if is_plain else "<region>",
        "network": shown if is_plain else "<network id>",
    }


def by_id(facts: Facts, words: str, arm_id: ArmId) -> str:
    """A command that takes one id, which the shell reads as one word."""
    return f"{words} --ids {shlex.quote(facts.topology.display(arm_id))}"


def unread(facts: Facts, kind: str, at: ArmId) -> Unknown | None:
    """An Unknown where a kind was not read at a place; None where it was."""
    coverage = facts.topology.coverage
    if coverage.is_read(kind, at):
        return None
    how = _HOW[coverage.status(kind, at)]
    found = coverage.entry(kind, at)
    detail = f" ({found.detail})" if found is not None and found.detail else ""
    return Unknown(
        message=f"The {words_for(kind)} of {called(facts, at)} are not known: {how}{detail}.",
        settle_with=settle(facts, kind, at),
    )


def not_visible(facts: Facts, kind: str, wanted: ArmId) -> Unknown:
    """An Unknown about something that is referred to and whose row is not here."""
    if not type_of(wanted):
        return Unknown(
            message=f"{words_for(kind).capitalize()}: which one is meant could not be read.",
            settle_with="collect again: a reference to it is no resource id",
        )
    name = called(facts, wanted)
    return Unknown(
        message=f"{words_for(kind).capitalize()}: {name} cannot be judged,"
        f" {_why_missing(facts, kind, wanted)}.",
        settle_with=settle(facts, kind, wanted),
        related=(wanted,),
    )


def _why_missing(facts: Facts, kind: str, wanted: ArmId) -> str:
    """Why a row is not here: its list in its parent's row is damaged, it is gone, or not read."""
    lists = facts.once("lists not read", "", lambda: _lists_not_read(facts))
    issue = lists.get(f"{parent_of(wanted)} {_LISTS.get(kind, '')}")
    if issue is not None:
        holder = type_of(fold(issue.resource)).rsplit("/", 1)[-1].removesuffix("s")
        where = {"virtualnetwork": "network", "flexibleserver": "server"}.get(holder, holder)
        return (
            f"the field {issue.path} of {where} {name_of(issue.resource)} could not be read:"
            f" {issue.reason}"
        )
    if facts.topology.ref(wanted, kind) is RefState.DANGLING:
        return (
            "it is not among the rows although its kind was read there: deleted, or hidden from"
            " this login"
        )
    if facts.topology.find(wanted) is not None:
        return "its row leaves out what would tell"
    return "its row was not read"


_LISTS = {
    f"{_NET}/virtualnetworks/subnets": "properties.subnets",
    f"{_NET}/virtualnetworks/virtualnetworkpeerings": "properties.virtualNetworkPeerings",
}
"""Where a parent's row lists the children of a kind."""


def _lists_not_read(facts: Facts) -> dict[str, ParseIssue]:
    """What was noted about such lists, by the parent's id and the path."""
    issues = facts.topology.issues
    return {
        f"{fold(one.resource)} {one.path}": one for one in issues if one.path in _LISTS.values()
    }


def space_unknown(facts: Facts, subnet: Subnet, gap: SpaceGap) -> Unknown:
    """An Unknown about a subnet whose prefix is missing or cannot be read."""
    return Unknown(
        message=gap.text,
        settle_with=settle(facts, Subnet.KIND, subnet.id),
        evidence=(gap.seen,),
        related=(subnet.id,),
    )


def _scope(facts: Facts, at: ArmId) -> str:
    subscription = subscription_of(at)
    return f"subscription {subscription}" if subscription else facts.topology.display(at)


def _segment(shown: str, word: str) -> str:
    parts = shown.split("/")
    for index, part in enumerate(parts[:-1]):
        if part.lower() == word:
            return parts[index + 1]
    return ""


def peering_words(facts: Facts, peering: Peering) -> str:
    """A peering at the beginning of a sentence: its name and the networks it joins."""
    there = called(facts, peering.remote) if peering.remote else "nowhere"
    return f"Peering {peering.name} from {called(facts, peering.network)} to {there}"
