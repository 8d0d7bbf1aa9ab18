"""Fixes in network security groups: narrow allow rules above the rule that denies."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.asgs import members
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import HTTPS, Need, NeedFlow, needs
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.checks import commands as az
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.names import free_name
from pgtopo.checks.rule_words import RuleWords, as_it_is
from pgtopo.model.ids import ArmId, ancestor, fold, name_of
from pgtopo.model.net import SpanSet
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, SecurityRuleBody, rule_name
from pgtopo.model.patch import Op, delete_row, remove_value, set_value
from pgtopo.model.server import FlexibleServer

_WRITE = "Microsoft.Network/networkSecurityGroups/securityRules/write"
_DELETE = "Microsoft.Network/networkSecurityGroups/securityRules/delete"
_LOWEST, _HIGHEST = 100, 4096
"""Priorities a custom rule may have ("Network security groups", Microsoft Learn)."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What an allow rule is to let through, and no more."""

    name: str
    direction: Direction
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    port: int
    protocol: str = "Tcp"


def allow(facts: Facts, nsg: ArmId, opening: Opening, denier: str = "") -> tuple[Fix, ...]:
    """Let exactly one flow through: just above the rule that denies it, else above all denies."""
    group = facts.topology.get(NetworkSecurityGroup, nsg)
    if group is None or not opening.sources or not opening.destinations:
        return ()
    of_way = [b for r in group.rules if (b := r.properties) and _faces(b, opening.direction)]
    taken = {body.priority or 0 for body in of_way}
    denies = sorted(b.priority or 0 for b in of_way if (b.access or "").lower() == "deny")
    known = {rule_name(r).lower(): r.properties.priority for r in group.rules if r.properties}
    stated = known.get(denier.lower())
    if stated is not None and stated < _LOWEST:
        return (_not_above(group, denier, stated),)
    own = stated or _HIGHEST + 1
    places = dict.fromkeys(_free_below(ceiling, taken) for ceiling in (own, *denies[:1]))
    found = tuple(_allow_at(facts, group, opening, at) for at in places if at is not None)
    if not found and own < _HIGHEST and own + 1 not in taken:
        return (_push_down(facts, group, opening, denier, own),)
    return found


def _not_above(group: NetworkSecurityGroup, denier: str, priority: int) -> Fix:
    return Fix(
        text=f"Collect the data again: rule {denier} of NSG {group.name} has priority {priority},"
        f" and Azure takes {_LOWEST} to {_HIGHEST} only. No rule can be put above it, so no fix is"
        " offered."
    )


def _push_down(
    facts: Facts, group: NetworkSecurityGroup, opening: Opening, denier: str, own: int
) -> Fix:
    """Make room above a rule that has none, by moving it one place down.

    No rule has the next priority, so the order of all others stays as it is.
    """
    shown = facts.topology.display(group.id)
    name = next(rule_name(r) for r in group.rules if rule_name(r).lower() == denier.lower())
    fix = _allow_at(facts, group, opening, own)
    at = f"/properties/securityRules/{name}/properties/priority"
    move = az.nsg_rule_update(shown, name, priority=own + 1)
    back = az.nsg_rule_update(shown, name, priority=own)
    return msgspec.structs.replace(
        fix,
        text=f"Move rule {name} to priority {own + 1}. {fix.text}",
        ops=(set_value(shown, at, own + 1), *fix.ops),
        commands=(move, *fix.commands),
        roll_back=(*fix.roll_back, back),
    )


def _faces(body: SecurityRuleBody, direction: Direction) -> bool:
    return (body.direction or "").strip().lower() == direction.value


def _free_below(ceiling: int, taken: set[int]) -> int | None:
    """The last free priority that is evaluated before another one."""
    places = range(min(ceiling, _HIGHEST + 1) - 1, _LOWEST - 1, -1)
    return next((place for place in places if place not in taken), None)


def _allow_at(facts: Facts, group: NetworkSecurityGroup, opening: Opening, at: int) -> Fix:
    shown = facts.topology.display(group.id)
    name = free_name(opening.name, (rule_name(rule) for rule in group.rules))
    words = RuleWords(
        priority=at,
        direction=opening.direction.value.capitalize(),
        access="Allow",
        protocol=opening.protocol,
        sources=opening.sources,
        destinations=opening.destinations,
        ports=(str(opening.port),),
    )
    towards = f"{', '.join(opening.sources)} to {', '.join(opening.destinations)}"
    return Fix(
        text=f"Add rule {name} (priority {at}, {opening.direction.value}) to NSG {group.name}:"
        f" allow {_speech(opening)} from {towards}.",
        ops=(set_value(shown, f"/properties/securityRules/{name}", _body(shown, name, words)),),
        commands=(az.nsg_rule_create(shown, name, words),),
        roll_back=(az.nsg_rule_delete(shown, name),),
        effect=f"Opens {_speech(opening)} from {towards}, on every subnet and interface that has"
        f" NSG {group.name}; nothing else.",
        risk="Connections that exist are not touched.",
        needs=(_WRITE,),
    )


def _speech(opening: Opening) -> str:
    return f"port {opening.port}" if opening.protocol == "*" else f"TCP {opening.port}"


def _body(nsg: str, name: str, words: RuleWords) -> dict[str, object]:
    return {
        "name": name,
        "id": f"{nsg}/securityRules/{name}",
        "properties": {
            "access": words.access,
            "direction": words.direction,
            "priority": words.priority,
            "protocol": words.protocol,
            "sourcePortRange": "*",
            **_side("source", words.sources),
            **_side("destination", words.destinations),
            "destinationPortRange": words.ports[0],
        },
    }


def _side(side: str, texts: tuple[str, ...]) -> dict[str, object]:
    if len(texts) == 1:
        return {f"{side}AddressPrefix": texts[0]}
    return {f"{side}AddressPrefixes": list(texts)}


def delete_rule(facts: Facts, group: NetworkSecurityGroup, rule: SecurityRule, effect: str) -> Fix:
    """Take one rule away."""
    shown = facts.topology.display(group.id)
    name = rule_name(rule)
    return Fix(
        text=f"Delete rule {name} of NSG {group.name}.",
        ops=(delete_row(f"{shown}/securityRules/{name}"),),
        commands=(az.nsg_rule_delete(shown, name),),
        roll_back=_again(shown, name, rule),
        effect=effect,
        risk="What else the rule was meant to keep out is let in, where no other rule denies it."
        " Taken back, the rule comes without its description.",
        needs=(_DELETE,),
    )


def _again(nsg: str, name: str, rule: SecurityRule) -> tuple[str, ...]:
    """The command that makes a rule as it was; none where its row does not say all it takes."""
    words = as_it_is(rule.properties)
    return (az.nsg_rule_create(nsg, name, words),) if words is not None else ()


# -- what servers need ------------------------------------------------------------------------

_IF_MEANT = "If the rule is the one that is meant, move it above the one that covers it instead."

_NAMES = {
    Need.WITHIN_SUBNET: "allow-pg-within-subnet",
    Need.STORAGE: "allow-storage",
    Need.ENTRA: "allow-entra",
    Need.REPLICATION: "allow-pg-replication",
}


def allow_within(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Let servers of one subnet talk to one another."""
    return _allow_need(facts, server, fail, Need.WITHIN_SUBNET)


def allow_storage(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Let a server archive its log."""
    return _allow_need(facts, server, fail, Need.STORAGE)


def allow_entra(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Let a server look Entra identities up."""
    return _allow_need(facts, server, fail, Need.ENTRA)


def allow_replication(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Let a primary and a replica talk to each other."""
    return _allow_need(facts, server, fail, Need.REPLICATION)


def _allow_need(facts: Facts, server: FlexibleServer, fail: Fail, need: Need) -> tuple[Fix, ...]:
    for flow in needs(facts, server):
        if flow.need is not need or fail.discriminator != _discriminator(flow):
            continue
        for step in flow.steps:
            is_filter = step.stage in (Stage.CLIENT_FILTER, Stage.SERVER_FILTER)
            if step.verdict is not Verdict.BLOCKED or not is_filter or step.decided_by is None:
                continue
            decider = step.decided_by.resource
            nsg = ancestor(decider, "networksecuritygroups")
            opening = _opening(facts, server, flow, nsg)
            if nsg is None or opening is None:
                return (_not_ours(facts, decider),)
            found = allow(facts, nsg, opening, name_of(decider))
            if found:
                return found
    return ()


def _discriminator(flow: NeedFlow) -> str:
    return " ".join(part for part in (flow.direction.value, flow.region, flow.peer or "") if part)


def _not_ours(facts: Facts, decider: ArmId) -> Fix:
    return Fix(
        text=f"Ask the owner of {facts.topology.display(decider)} for an exception: security admin"
        " rules are evaluated before every NSG, so no NSG rule can let this through."
    )


def _opening(
    facts: Facts, server: FlexibleServer, flow: NeedFlow, nsg: ArmId | None
) -> Opening | None:
    own = ranges(facts, server.subnet)
    peer = facts.topology.get(FlexibleServer, flow.peer)
    far = {
        Need.WITHIN_SUBNET: own,
        Need.STORAGE: (f"Storage.{flow.region}" if flow.region else "Storage",),
        Need.ENTRA: ("AzureActiveDirectory",),
        Need.REPLICATION: ranges(facts, peer.subnet if peer else None),
    }[flow.need]
    is_inbound = flow.direction is Direction.INBOUND
    sources, destinations = (far, own) if is_inbound else (own, far)
    here = facts.topology.get(Subnet, server.subnet)
    is_own = here is not None and here.nsg == nsg
    direction = flow.direction if is_own else _other(flow.direction)
    return Opening(
        name=f"{_NAMES[flow.need]}-{'in' if direction is Direction.INBOUND else 'out'}",
        direction=direction,
        sources=sources,
        destinations=destinations,
        port=HTTPS if flow.need in (Need.STORAGE, Need.ENTRA) else flow.port,
    )


def _other(direction: Direction) -> Direction:
    return Direction.OUTBOUND if direction is Direction.INBOUND else Direction.INBOUND


def ranges(facts: Facts, subnet: ArmId | None) -> tuple[str, ...]:
    """The IPv4 ranges of a subnet."""
    found = facts.topology.get(Subnet, subnet)
    return tuple(found.space.cidrs()) if found else ()


def delete_dead(facts: Facts, group: NetworkSecurityGroup, fail: Fail) -> tuple[Fix, ...]:
    """Take away a rule that an earlier one covers: nothing changes for anybody."""
    wanted = fail.discriminator.lower()
    for rule in group.rules:
        if rule_name(rule).lower() == wanted:
            fix = delete_rule(facts, group, rule, "None: an earlier rule decides in its place.")
            return (msgspec.structs.replace(fix, risk=_IF_MEANT),)
    return ()


# -- other faults of groups -------------------------------------------------------------------


def replace_asgs(facts: Facts, group: NetworkSecurityGroup, fail: Fail) -> tuple[Fix, ...]:
    """Put the members' addresses where a rule names application security groups."""
    wanted = fail.discriminator.lower()
    rule = next((r for r in group.rules if rule_name(r).lower() == wanted), None)
    body = rule.properties if rule else None
    if body is None or rule is None:
        return ()
    shown, name = facts.topology.display(group.id), rule_name(rule)
    changes: dict[str, tuple[str, ...]] = {}
    ops: list[Op] = []
    for side, refs, listed in (
        ("source", body.source_application_security_groups, body.source_address_prefixes),
        (
            "destination",
            body.destination_application_security_groups,
            body.destination_address_prefixes,
        ),
    ):
        if refs:
            found = _members(facts, frozenset(fold(ref.id) for ref in refs if ref.id))
            if not found:
                return (Fix(text=f"Name the clients of rule {name} by their address ranges."),)
            changes[side] = tuple(found.cidrs())
            at = f"/properties/securityRules/{name}/properties/{side}"
            ops.append(set_value(shown, f"{at}ApplicationSecurityGroups", []))
            prefixes = [*(listed or ()), *changes[side]]
            ops.append(set_value(shown, f"{at}AddressPrefixes", prefixes))
    now = as_it_is(body)
    if now is None:
        return ()
    words = msgspec.structs.replace(
        now,
        sources=(*now.sources, *changes.get("source", ())),
        destinations=(*now.destinations, *changes.get("destination", ())),
        source_groups=(),
        destination_groups=(),
    )
    delete = az.nsg_rule_delete(shown, name)
    fix = Fix(
        text=f"Make rule {name} of NSG {group.name} anew with the addresses of the machines that"
        " are in its application security groups today.",
        ops=tuple(ops),
        commands=(delete, az.nsg_rule_create(shown, name, words)),
        roll_back=(delete, az.nsg_rule_create(shown, name, now)),
        effect=f"The rule takes effect for {', '.join(t for v in changes.values() for t in v)}.",
        risk="Machines that join the groups later are not covered. The rule loses its description.",
        needs=(_WRITE, _DELETE),
    )
    return (fix,)


def _members(facts: Facts, groups: frozenset[ArmId]) -> SpanSet:
    """The addresses of all machines in these groups, in whatever network they are."""
    subnets = {
        configuration.subnet
        for nic in facts.topology.all(NetworkInterface)
        for configuration in nic.configurations
        if groups & set(configuration.asgs)
    }
    networks = {ancestor(subnet, "virtualnetworks") for subnet in subnets if subnet}
    found = SpanSet()
    for network in networks:
        found |= members(facts, network, groups)
    return found


def detach_from_subnet(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Take the NSG off a subnet that must not have one."""
    shown = facts.topology.display(subnet.id)
    nsg = facts.topology.display(subnet.nsg) if subnet.nsg else ""
    fix = Fix(
        text=f"Take NSG {name_of(nsg)} off subnet {subnet.name}.",
        ops=(remove_value(shown, "/properties/networkSecurityGroup"),),
        commands=(az.subnet_drop(shown, "networkSecurityGroup"),),
        roll_back=(az.subnet_update(shown, network_security_group=nsg),),
        effect="Traffic of the gateway is no longer filtered; other subnets are not touched.",
        risk="Filter on the subnets behind the gateway instead.",
        needs=("Microsoft.Network/virtualNetworks/subnets/write",),
    )
    return (fix,)
