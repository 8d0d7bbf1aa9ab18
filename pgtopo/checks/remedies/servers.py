"""Fixes at servers: state, parameters, firewall rules, and locks over their zones."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.names import free_name
from pgtopo.model.governance import Lock
from pgtopo.model.ids import ArmId
from pgtopo.model.patch import add_row, delete_row, set_value
from pgtopo.model.server import FirewallRule, FlexibleServer, ServerParameter

_SERVER_WRITE = "Microsoft.DBforPostgreSQL/flexibleServers/write"
_RULE_WRITE = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write"
_RULE_DELETE = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/delete"


def start(facts: Facts, server: FlexibleServer, fail: Fail | None = None) -> tuple[Fix, ...]:
    """Start a server that is stopped."""
    if server.state.lower() != "stopped":
        text = {
            "inaccessible": "Give the server access to its encryption key again.",
            "provisioning": "Wait until the server is made, then collect again.",
            "dropping": "The server is being deleted: restore it from a backup under a new name.",
        }.get(server.state.lower(), "Find out from Azure's service health why it is down.")
        return (Fix(text=text),)
    shown = facts.topology.display(server.id)
    fix = Fix(
        text=f"Start server {server.name}.",
        ops=(set_value(shown, "/properties/state", "Ready"),),
        commands=(az.server_start(shown),),
        roll_back=(az.server_stop(shown),),
        effect="The server takes connections, and is charged for again.",
        risk="Find out first why it was stopped.",
        needs=("Microsoft.DBforPostgreSQL/flexibleServers/start/action",),
    )
    return (fix,)


# -- firewall rules ---------------------------------------------------------------------------


def drop_rule(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Take the rule that was found away; no new exposure."""
    rule = facts.topology.get(FirewallRule, fail.cause)
    return (_dropped(facts, server, rule),) if rule is not None else ()


def _dropped(facts: Facts, server: FlexibleServer, rule: FirewallRule) -> Fix:
    shown = facts.topology.display(server.id)
    return Fix(
        text=f"Delete firewall rule {rule.name} ({rule.start} to {rule.end}) of {server.name};"
        " add narrow rules for clients that need it first.",
        ops=(delete_row(facts.topology.display(rule.id)),),
        commands=(az.firewall_rule_delete(shown, rule.name),),
        roll_back=(az.firewall_rule_create(shown, rule.name, rule.start, rule.end),),
        effect="Clients that only this rule admits are refused; it takes up to five minutes.",
        risk="Sessions that are open stay open, new ones of such clients time out.",
        needs=(_RULE_DELETE,),
    )


def mend_reversed_rule(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Delete a rule that holds nothing, or turn its ends round."""
    rule = facts.topology.get(FirewallRule, fail.cause)
    if rule is None:
        return ()
    shown = facts.topology.display(server.id)
    row = facts.topology.display(rule.id)
    turned = Fix(
        text=f"Turn the ends of firewall rule {rule.name} round: {rule.end} to {rule.start}.",
        ops=(
            set_value(row, "/properties/startIpAddress", rule.end),
            set_value(row, "/properties/endIpAddress", rule.start),
        ),
        commands=(az.firewall_rule_update(shown, rule.name, rule.end, rule.start),),
        roll_back=(az.firewall_rule_delete(shown, rule.name),),
        effect=f"Admits {rule.end} to {rule.start}.",
        risk="Only if that is the range that was meant.",
        needs=(_RULE_WRITE,),
    )
    return (_dropped(facts, server, rule), turned)


def drop_idle_rules(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Take the rules of an injected server away; they never did anything."""
    rules = facts.topology.firewall_rules(server.id)
    fix = Fix(
        text=f"Delete the firewall rules of {server.name}; its network's NSG is what filters.",
        ops=tuple(delete_row(facts.topology.display(rule.id)) for rule in rules),
        commands=tuple(
            az.resource_delete(facts.topology.display(rule.id), "2024-08-01") for rule in rules
        ),
        effect="None: rules of a server inside a network have no effect.",
        risk="None.",
        needs=(_RULE_DELETE,),
    )
    return (fix,)


def admit(facts: Facts, server: FlexibleServer, low: str, high: str, name: str) -> Fix:
    """Admit one range of public addresses."""
    shown = facts.topology.display(server.id)
    name = free_name(name, (rule.name for rule in facts.topology.firewall_rules(server.id)))
    row = f"{shown}/firewallRules/{name}"
    span = low if low == high else f"{low} to {high}"
    return Fix(
        text=f"Add firewall rule {name} to {server.name}: admit {span}.",
        ops=(add_row({"id": row, "properties": {"startIpAddress": low, "endIpAddress": high}}),),
        commands=(az.firewall_rule_create(shown, name, low, high),),
        roll_back=(az.firewall_rule_delete(shown, name),),
        effect=f"{span} may try to sign in; it takes up to five minutes.",
        risk="Everybody who leaves by this address is admitted; sign-in still decides.",
        needs=(_RULE_WRITE,),
    )


def close_public_access(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Leave the private endpoint as the only way in."""
    shown = facts.topology.display(server.id)
    fix = Fix(
        text=f"Switch public access of {server.name} off; the private endpoint stays.",
        ops=(set_value(shown, "/properties/network/publicNetworkAccess", "Disabled"),),
        commands=(az.server_public_access(shown, "Disabled"),),
        roll_back=(az.server_public_access(shown, "Enabled"),),
        effect="Clients that come over the internet are refused.",
        risk="Look who connects from public addresses first (pg_stat_activity.client_addr).",
        needs=(_SERVER_WRITE,),
    )
    return (fix,)


# -- parameters -------------------------------------------------------------------------------


def require_encryption(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Refuse clients without TLS."""
    return _parameter(facts, server, "require_secure_transport", "ON")


def bound_encryption(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Allow TLS 1.2 and later, whatever comes later."""
    name = fail.discriminator.lower()
    if name == "ssl_min_protocol_version":
        return _parameter(facts, server, name, "TLSv1.2")
    return (Fix(text="Reset ssl_max_protocol_version to its default, which sets no upper bound."),)


def _parameter(facts: Facts, server: FlexibleServer, name: str, value: str) -> tuple[Fix, ...]:
    held = facts.topology.parameter(server.id, name)
    if held is None:
        return ()
    return (_set(facts, server, held, value),)


def _set(facts: Facts, server: FlexibleServer, held: ServerParameter, value: str) -> Fix:
    shown = facts.topology.display(server.id)
    return Fix(
        text=f"Set {held.name} of {server.name} to {value}.",
        ops=(set_value(facts.topology.display(held.id), "/properties/value", value),),
        commands=(az.parameter_set(shown, held.name, value),),
        roll_back=(az.parameter_set(shown, held.name, held.value),),
        effect="Counts for new connections; no restart is needed.",
        risk="Clients that cannot encrypt this way are refused: look at pg_stat_ssl first.",
        needs=("Microsoft.DBforPostgreSQL/flexibleServers/configurations/write",),
    )


# -- locks ------------------------------------------------------------------------------------


def take_lock_off(facts: Facts, subject: object, fail: Fail) -> tuple[Fix, ...]:
    """Take the lock off that stops the service from writing."""
    lock = facts.topology.get(Lock, _lock_of(fail))
    if lock is None:
        return ()
    shown = facts.topology.display(lock.id)
    fix = Fix(
        text=f"Take lock {lock.name} ({lock.level}) off, or move what it protects elsewhere.",
        ops=(delete_row(shown),),
        commands=(az.lock_delete(shown),),
        roll_back=(az.lock_create(shown, lock.level),),
        effect="The service may write the server's record again; so may everybody with rights.",
        risk="What the lock protected can be deleted again.",
        needs=("Microsoft.Authorization/locks/delete",),
    )
    return (fix,)


def _lock_of(fail: Fail) -> ArmId | None:
    return fail.cause or next((one for one in fail.related if "/locks/" in one), None)
