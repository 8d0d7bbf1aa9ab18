"""Fixes at resolvers: rulesets, the zones behind their targets, and who may ask them."""

from typing import Any

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.checks import resolver_commands
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.links import link_zone
from pgtopo.checks.remedies.rules import Opening, allow
from pgtopo.checks.rulesets import client_space
from pgtopo.model.dns import ForwardingRule, InboundEndpoint, PrivateZone, RulesetLink
from pgtopo.model.ids import ancestor, name_of, type_of
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.patch import delete_row

_MOST_ZONES = 5
"""More zones than this are a design, not a slip, and are left to whoever made it."""


def take_ruleset_off(facts: Facts, rule: ForwardingRule, fail: Fail) -> tuple[Fix, ...]:
    """Take a ruleset off the network that its own target answers for."""
    link = facts.topology.get(RulesetLink, fail.cause)
    if link is None or link.network is None:
        return ()
    shown, network = facts.topology.display(link.id), facts.topology.display(link.network)
    fix = Fix(
        text=f"Take ruleset {name_of(link.ruleset)} off network {name_of(network)}, whose zone"
        " links answer for the names.",
        ops=(delete_row(shown),),
        commands=(resolver_commands.ruleset_link_delete(shown),),
        roll_back=(resolver_commands.ruleset_link_create(shown, network),),
        effect=f"Queries from {name_of(network)}, and those that its inbound endpoint takes in, are"
        " answered by the zones linked there.",
        risk="The ruleset's other rules no longer count there: link them by another ruleset.",
        needs=("Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks/delete",),
    )
    return (fix,)


def link_zones_of_target(facts: Facts, rule: ForwardingRule, fail: Fail) -> tuple[Fix, ...]:
    """Link the zones that a target does not see to the target's network, all at once."""
    zones = [one for one in fail.related if type_of(one) == PrivateZone.KIND]
    network = next((n for n in fail.related if facts.topology.get(VirtualNetwork, n)), None)
    if network is None or not 0 < len(zones) <= _MOST_ZONES:
        return ()
    found = [fix for zone in zones for fix in link_zone(facts, zone, network)]
    if len(found) != len(zones) or not all(fix.ops for fix in found):
        return tuple(fix for fix in found if not fix.ops)[:1]
    parts: dict[str, Any] = {
        name: tuple(item for fix in found for item in getattr(fix, name))
        for name in ("ops", "commands", "roll_back")
    }
    texts = {"text": " ".join(fix.text for fix in found), "effect": found[0].effect}
    return (msgspec.structs.replace(found[0], **texts, **parts),)


def allow_queries(facts: Facts, endpoint: InboundEndpoint, fail: Fail) -> tuple[Fix, ...]:
    """Let the subnets of one network ask a resolver's inbound endpoint."""
    found = (facts.topology.get(VirtualNetwork, one) for one in fail.related)
    network = next((one for one in found if one is not None), None)
    denier = fail.evidence[0].resource if fail.evidence else endpoint.id
    nsg = ancestor(denier, "networksecuritygroups")
    if nsg is None or network is None:
        return ()
    opening = Opening(
        name=f"allow-dns-{network.name}",
        direction=Direction.INBOUND,
        sources=tuple(client_space(facts, network).cidrs()),
        destinations=tuple(f"{text}/32" for text in endpoint.addresses),
        port=53,
        protocol="*",
    )
    return allow(facts, nsg, opening, name_of(denier))
