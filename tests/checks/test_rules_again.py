"""What takes a deleted rule back makes it as it was: ports, prefixes and groups on both sides."""

import shlex
from typing import Any

import msgspec
import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.nsg_rules import custom_rules
from pgtopo.checks.remedies.rules import delete_rule
from pgtopo.checks.rule_words import as_it_is
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRuleBody
from pgtopo.views.whatif.option import Option
from pgtopo.views.whatif.rules import of_rule
from tests.estates.world import World, rule

_GROUP = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/asgs/asg-app"


def _roll_backs(**said: Any) -> list[dict[str, list[str]]]:
    """The options of the commands that make a rule anew, of a fix and of a what-if."""
    world = World()
    world.nsg("nsg", rule("mine", 310, "Deny", "Outbound", **said))
    facts = Facts(world.topology())
    (group,) = facts.topology.all(NetworkSecurityGroup)
    fix = delete_rule(facts, group, group.rules[0], "effect")
    (custom,) = custom_rules(facts, group)
    option = next(iter(of_rule(facts, group, custom)))
    assert isinstance(option, Option)
    (of_fix,), (of_option,) = fix.roll_back, option.back
    assert "description" in fix.risk
    return [_options(of_fix), _options(of_option)]


def _options(command: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    at = found.setdefault("", [])
    for word in shlex.split(command):
        if word.startswith("--"):
            at = found.setdefault(word, [])
        else:
            at.append(word)
    assert " ".join(found[""]) == "az network nsg rule create"
    return found


def test_source_ports_and_plural_prefixes_come_back() -> None:
    said = {"src": ["10.1.0.0/16", "10.2.0.0/16"], "dst": "VirtualNetwork"}
    for found in _roll_backs(src_ports=["1024-2048", "4000"], ports=["5432", "6432"], **said):
        assert found["--source-port-ranges"] == ["1024-2048", "4000"]
        assert found["--destination-port-ranges"] == ["5432", "6432"]
        assert found["--source-address-prefixes"] == ["10.1.0.0/16", "10.2.0.0/16"]
        assert found["--destination-address-prefixes"] == ["VirtualNetwork"]
        assert (found["--priority"], found["--access"]) == (["310"], ["Deny"])
        assert (found["--direction"], found["--protocol"]) == (["Outbound"], ["Tcp"])


@pytest.mark.parametrize("side", ["source", "destination"])
def test_application_security_groups_come_back(side: str) -> None:
    name = "src_asgs" if side == "source" else "dst_asgs"
    for found in _roll_backs(**{name: [_GROUP]}):
        assert found[f"--{side}-asgs"] == [_GROUP]
        assert f"--{side}-address-prefixes" not in found


_WHOLE = SecurityRuleBody(
    priority=100,
    direction="Inbound",
    access="Allow",
    protocol="Tcp",
    source_address_prefix="*",
    destination_address_prefix="*",
    destination_port_range="5432",
)


def test_a_rule_whose_row_leaves_something_out_is_not_made_up() -> None:
    assert as_it_is(_WHOLE) is not None
    lost = ("priority", "direction", "access", "source_address_prefix", "destination_port_range")
    for name in lost:
        assert as_it_is(msgspec.structs.replace(_WHOLE, **{name: None})) is None
    assert as_it_is(None) is None
