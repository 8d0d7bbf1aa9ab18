"""Changes to security groups and their rules."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks.nsg_rules import CustomRule, custom_rules
from pgtopo.checks.rule_words import RuleWords, as_it_is
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.patch import Op, delete_row, set_value
from pgtopo.views.whatif.option import (
    Choice,
    Edit,
    Option,
    fresh,
    number_of,
    prefixes_of,
    words_of,
)

_FREE_FROM = 100


def of_group(facts: Facts, group: NetworkSecurityGroup) -> Iterator[Choice]:
    """A new rule, and every change to every custom rule."""
    yield _new_rule(facts, group, "Allow")
    yield _new_rule(facts, group, "Deny")
    for rule in custom_rules(facts, group):
        yield from of_rule(facts, group, rule)


def named(facts: Facts, group: NetworkSecurityGroup, arm_id: ArmId) -> CustomRule | None:
    """The custom rule with an id."""
    return next((one for one in custom_rules(facts, group) if one.id == arm_id), None)


def of_rule(facts: Facts, group: NetworkSecurityGroup, rule: CustomRule) -> Iterator[Choice]:
    """Take a rule out, turn it round, or change one of its fields."""
    shown = facts.topology.display(group.id)
    where = f"{rule.name} ({rule.body.direction} {rule.body.priority})"
    yield Option(
        f"take rule {where} out",
        (delete_row(f"{shown}/securityRules/{rule.name}"),),
        (az.nsg_rule_delete(shown, rule.name),),
        _again(shown, rule),
    )
    other = "Deny" if rule.is_allow else "Allow"
    yield _access(shown, rule, other, f"let rule {where} {other.lower()}")
    yield _priority(shown, rule)
    for side in ("source", "destination"):
        yield _prefixes(shown, rule, side)
    yield _ports(shown, rule)


def _at(rule: CustomRule, field: str) -> str:
    return f"/properties/securityRules/{rule.name}/properties/{field}"


def _access(shown: str, rule: CustomRule, value: str, text: str) -> Option:
    back = str(rule.body.access)
    return Option(
        text,
        (set_value(shown, _at(rule, "access"), value),),
        (az.nsg_rule_update(shown, rule.name, access=value),),
        (az.nsg_rule_update(shown, rule.name, access=back),),
    )


def _priority(shown: str, rule: CustomRule) -> Edit:
    def make(text: str) -> Option:
        number = number_of(text, 100, 4096)
        return Option(
            f"give rule {rule.name} priority {number}",
            (set_value(shown, _at(rule, "priority"), number),),
            (az.nsg_rule_update(shown, rule.name, priority=number),),
            (az.nsg_rule_update(shown, rule.name, priority=rule.body.priority or 0),),
        )

    return Edit(f"give rule {rule.name} another priority", str(rule.body.priority or ""), make)


def _prefixes(shown: str, rule: CustomRule, side: str) -> Edit:
    now = rule.prefixes(side)

    def make(text: str) -> Option:
        wanted = prefixes_of(text)
        ops = (
            set_value(shown, _at(rule, f"{side}AddressPrefix"), None),
            set_value(shown, _at(rule, f"{side}AddressPrefixes"), wanted),
        )
        option = f"{side}_address_prefixes"
        return Option(
            f"give rule {rule.name} the {side} {', '.join(wanted)}",
            ops if len(wanted) > 1 else _single(shown, rule, side, wanted[0]),
            (az.nsg_rule_update(shown, rule.name, **{option: wanted}),),
            (az.nsg_rule_update(shown, rule.name, **{option: now}),) if now else (),
        )

    return Edit(f"give rule {rule.name} another {side}", ", ".join(now), make)


def _single(shown: str, rule: CustomRule, side: str, text: str) -> tuple[Op, ...]:
    return (
        set_value(shown, _at(rule, f"{side}AddressPrefixes"), []),
        set_value(shown, _at(rule, f"{side}AddressPrefix"), text),
    )


def _ports(shown: str, rule: CustomRule) -> Edit:
    body = rule.body
    now = [t for t in [body.destination_port_range, *(body.destination_port_ranges or ())] if t]

    def make(text: str) -> Option:
        wanted = words_of(text)
        return Option(
            f"give rule {rule.name} port {', '.join(wanted)}",
            (
                set_value(shown, _at(rule, "destinationPortRange"), None),
                set_value(shown, _at(rule, "destinationPortRanges"), wanted),
            ),
            (az.nsg_rule_update(shown, rule.name, destination_port_ranges=wanted),),
            (az.nsg_rule_update(shown, rule.name, destination_port_ranges=now),) if now else (),
        )

    return Edit(f"give rule {rule.name} other ports", ", ".join(now), make)


def _again(shown: str, rule: CustomRule) -> tuple[str, ...]:
    words = as_it_is(rule.body)
    return (az.nsg_rule_create(shown, rule.name, words),) if words is not None else ()


def _new_rule(facts: Facts, group: NetworkSecurityGroup, access: str) -> Edit:
    """A rule for the PostgreSQL port before all others of its direction."""
    shown = facts.topology.display(group.id)
    taken = {(one.compiled.direction, one.body.priority or 0) for one in custom_rules(facts, group)}
    names = [one.name for one in custom_rules(facts, group)]

    def make(text: str) -> Option:
        sources = prefixes_of(text)
        free = next((n for n in range(_FREE_FROM, 4097) if ("inbound", n) not in taken), None)
        if free is None:
            raise UsageError(f"{group.name} has no free priority", "take a rule out first")
        name = fresh(f"what-if-{access.lower()}", names)
        words = RuleWords(
            priority=free,
            direction="Inbound",
            access=access,
            protocol="Tcp",
            sources=tuple(sources),
            destinations=("*",),
            ports=("5432",),
        )
        body = {
            "priority": free,
            "direction": "Inbound",
            "access": access,
            "protocol": "Tcp",
            "sourcePortRange": "*",
            "sourceAddressPrefixes": sources,
            "destinationAddressPrefix": "*",
            "destinationPortRange": "5432",
        }
        at = f"/properties/securityRules/{name}"
        row = {"name": name, "id": f"{shown}/securityRules/{name}", "properties": body}
        return Option(
            f"{access.lower()} {', '.join(sources)} to port 5432 at priority {free}",
            (set_value(shown, at, row),),
            (az.nsg_rule_create(shown, name, words),),
            (az.nsg_rule_delete(shown, name),),
        )

    does = "denies" if access == "Deny" else "allows"
    return Edit(f"add an inbound rule that {does} port 5432 from ...", "", make)
