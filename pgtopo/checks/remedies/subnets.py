"""Fixes at subnets and forwarding rules."""

from typing import Any

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks import resolver_commands
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.model.dns import ForwardingRule
from pgtopo.model.ids import name_of
from pgtopo.model.network import Subnet
from pgtopo.model.patch import set_value

_WRITE = "Microsoft.Network/virtualNetworks/subnets/write"
_SERVICE = "Microsoft.DBforPostgreSQL/flexibleServers"
_STORAGE = "Microsoft.Storage"


def delegate(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Delegate the subnet, where nothing else has it."""
    if subnet.delegations:
        return (
            Fix(
                text="Make a subnet for servers alone and restore the server into it: a subnet"
                " has one delegation, and a server cannot move."
            ),
        )
    shown = facts.topology.display(subnet.id)
    delegations = [{"name": "postgres", "properties": {"serviceName": _SERVICE}}]
    fix = Fix(
        text=f"Delegate subnet {subnet.name} to flexible servers.",
        ops=(set_value(shown, "/properties/delegations", delegations),),
        commands=(az.subnet_update(shown, delegations=[_SERVICE]),),
        roll_back=(az.subnet_drop(shown, "delegations"),),
        effect="Only flexible servers can be put into the subnet.",
        risk="Azure refuses it while something else is in the subnet.",
        needs=(_WRITE,),
    )
    return (fix,)


def add_storage_endpoint(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Give the subnet a service endpoint for Storage, beside those it has."""
    shown = facts.topology.display(subnet.id)
    kept = [e for e in subnet.service_endpoints if e.service.lower() != _STORAGE.lower()]
    servers = facts.topology.servers_in(subnet.id)
    regions = sorted({server.location for server in servers if server.location}) or ["*"]
    rows: list[dict[str, Any]] = [
        {"service": e.service, **({"locations": list(e.locations)} if e.locations else {})}
        for e in kept
    ]
    rows.append({"service": _STORAGE, "locations": regions, "provisioningState": "Succeeded"})
    before = [e.service for e in subnet.service_endpoints]
    back = az.subnet_update(shown, service_endpoints=before)
    fix = Fix(
        text=f"Add the service endpoint {_STORAGE} to subnet {subnet.name}.",
        ops=(set_value(shown, "/properties/serviceEndpoints", rows),),
        commands=(
            az.subnet_update(shown, service_endpoints=[*(e.service for e in kept), _STORAGE]),
        ),
        roll_back=(back if before else az.subnet_drop(shown, "serviceEndpoints"),),
        effect="Traffic to Storage takes Azure's own way; the log archive no longer depends on"
        " routes.",
        risk="Open connections to Storage are reset once.",
        needs=(_WRITE,),
    )
    return (fix,)


def enable_forwarding(facts: Facts, rule: ForwardingRule, fail: Fail) -> tuple[Fix, ...]:
    """Switch a forwarding rule on."""
    shown = facts.topology.display(rule.id)
    ruleset, name = shown.rsplit("/", 2)[0], name_of(shown)
    fix = Fix(
        text=f"Enable forwarding rule {name}.",
        ops=(set_value(shown, "/properties/forwardingRuleState", "Enabled"),),
        commands=(resolver_commands.forwarding_rule_state(ruleset, name, "Enabled"),),
        roll_back=(resolver_commands.forwarding_rule_state(ruleset, name, "Disabled"),),
        effect=f"Linked networks ask the rule's DNS servers for {rule.domain or 'every name'}.",
        risk="Where those servers do not answer, the names are not found.",
        needs=("Microsoft.Network/dnsForwardingRulesets/forwardingRules/write",),
    )
    return (fix,)
