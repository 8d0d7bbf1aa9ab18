"""What is read from Resource Manager beside the queries."""

from __future__ import annotations

import json

import pytest

from pgtopo.sources.azure.listing import is_own
from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import (
    FIRST,
    NETWORK,
    PARAMETERS,
    RULES,
    SERVER,
    child,
    network,
    nsg,
    server,
    subscription,
    with_servers,
)
from tests.stand_in.estate import Estate
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import Call

HERE = f"/subscriptions/{FIRST}"
GROUP = f"{HERE}/resourceGroups/rg"
RULESET = "microsoft.network/dnsforwardingrulesets"


def test_children_are_read_for_every_parent(start: Start) -> None:
    stand_in = start(with_servers())
    found = ask(stand_in)
    for kind in (RULES, PARAMETERS, SERVER, NETWORK):
        assert ids_of(found, kind) == ids_in(stand_in.estate, kind)
        assert statuses(found, kind) == {HERE: "read"}
    assert found.is_whole


def test_lists_are_followed_to_their_end(start: Start) -> None:
    estate = with_servers(1)
    for number in range(250):
        estate.put(child(server("psql-0"), "firewallRules", f"rule-{number}"))
    stand_in = start(estate)
    found = ask(stand_in)
    assert ids_of(found, RULES) == ids_in(estate, RULES)
    assert len(ids_of(found, RULES)) == 251


def test_a_list_that_breaks_off_keeps_what_came(start: Start) -> None:
    estate = with_servers(1)
    for number in range(250):
        estate.put(child(server("psql-0"), "firewallRules", f"rule-{number}"))
    stand_in = start(estate)
    pages = 0

    def third(call: Call) -> Reply | None:
        nonlocal pages
        pages += call.path.endswith("/firewallRules")
        return Reply(400) if pages == 3 and call.path.endswith("/firewallRules") else None

    stand_in.fault = third
    found = ask(stand_in)
    assert len(ids_of(found, RULES)) == 200
    assert statuses(found, RULES)[f"{server('psql-0')['id']}".lower()] == "partial"


def test_a_denied_read_names_its_permission(start: Start) -> None:
    stand_in = start(with_servers())
    stand_in.manager.denied = {"firewallrules"}
    found = ask(stand_in)
    (entry,) = [one for one in found.coverage if one["kind"] == RULES]
    assert (entry["scope"], entry["status"]) == (HERE, "denied")
    needed = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read"
    assert entry["detail"].endswith(f"needs {needed}")
    assert ids_of(found, PARAMETERS) == ids_in(stand_in.estate, PARAMETERS)
    assert [gap.status for gap in found.gaps] == ["denied"]


def test_one_parent_that_fails_leaves_the_others_read(start: Start) -> None:
    stand_in = start(with_servers())
    bad = server("psql-1")["id"]

    def broken(call: Call) -> Reply | None:
        return Reply(500) if call.path.lower() == f"{bad}/firewallrules".lower() else None

    stand_in.fault = broken
    found = ask(stand_in)
    assert statuses(found, RULES) == {
        HERE: "partial",
        f"{server('psql-0')['id']}".lower(): "read",
        f"{bad}".lower(): "failed",
        f"{server('psql-2')['id']}".lower(): "read",
    }
    assert len(found.gaps) == 1


def test_children_of_parents_that_were_not_all_read_are_open(start: Start) -> None:
    stand_in = start(with_servers())
    stand_in.fault = lambda call: Reply(500) if f"'{SERVER}')" in call.query else None
    found = ask(stand_in)
    assert statuses(found, SERVER) == {HERE: "failed"}
    assert statuses(found, RULES) == {HERE: "failed"}


def test_a_link_to_another_host_gets_no_token(start: Start) -> None:
    elsewhere = start(with_servers(1))
    stand_in = start(with_servers(1))
    stand_in.fault = lambda call: (
        Reply(200, json.dumps({"value": [], "nextLink": f"{elsewhere.url}/x"}).encode())
        if call.path.endswith("/firewallRules")
        else None
    )
    found = ask(stand_in)
    assert elsewhere.calls == []
    assert statuses(found, RULES)[HERE] == "partial"
    assert any("another host" in gap.detail for gap in found.gaps)


@pytest.mark.parametrize(
    ("url", "is_right"),
    [
        ("https://management.azure.com/subscriptions/x?$skip=1", True),
        ("https://MANAGEMENT.azure.com:443/subscriptions/x", True),
        ("https://westeurope.management.azure.com/subscriptions/x", True),
        ("http://management.azure.com/subscriptions/x", False),
        ("https://management.azure.com:8443/x", False),
        ("https://management.azure.com.example.org/x", False),
        ("https://evilmanagement.azure.com/x", False),
        ("https://management.azure.com@example.org/x", False),
        ("https://example.org\\@management.azure.com/x", False),
        ("https://name:word@management.azure.com/x", False),
        ("https://example.org/?management.azure.com", False),
        ("https://[/", False),
        ("", False),
        ("/subscriptions/x", False),
    ],
)
def test_only_addresses_of_the_same_cloud_are_followed(url: str, is_right: bool) -> None:
    assert is_own("https://management.azure.com", url) is is_right


def test_a_list_without_value_is_no_list(start: Start) -> None:
    stand_in = start(with_servers(1))
    stand_in.fault = lambda call: (
        Reply(200, b"{}") if call.path.endswith("/firewallRules") else None
    )
    assert statuses(ask(stand_in), RULES)[HERE] == "partial"
    stand_in.fault = lambda call: (
        Reply(200, b'{"value": null}') if call.path.endswith("/firewallRules") else None
    )
    assert statuses(ask(stand_in), RULES)[HERE] == "read"


def test_pages_that_lead_in_a_circle_end(start: Start) -> None:
    stand_in = start(with_servers(1))

    def circle(call: Call) -> Reply | None:
        if not call.path.endswith("/firewallRules"):
            return None
        link = f"{stand_in.url}{call.path}?api-version=2026-10-01"
        return Reply(200, json.dumps({"value": [], "nextLink": link}).encode())

    stand_in.fault = circle
    assert any("lead back" in gap.detail for gap in ask(stand_in).gaps)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_reads_are_tried_again(status: int, start: Start) -> None:
    stand_in = start(with_servers())
    met: set[str] = set()

    def once(call: Call) -> Reply | None:
        if call.is_query or call.path in met:
            return None
        met.add(call.path)
        return Reply(status, b"<html/>", {"Retry-After": "1"}, kind="text/html")

    stand_in.fault = once
    found = ask(stand_in)
    assert ids_of(found, RULES) == ids_in(stand_in.estate, RULES)
    assert found.is_whole


def test_without_arm_reads_nothing_but_queries_is_sent(start: Start) -> None:
    stand_in = start(with_servers())
    found = ask(stand_in, has_arm_reads=False)
    assert all(call.is_query for call in stand_in.calls)
    assert statuses(found, RULES) == {HERE: "skipped"}
    assert statuses(found, SERVER) == {HERE: "read"}
    assert found.is_whole


def test_subnets_in_use_become_rows(start: Start) -> None:
    estate = with_servers(1)
    subnet = f"{network('vnet')['id']}/subnets/snet"
    usage = {"id": f"{subnet}/providers/pgtopo/usage", "type": "pgtopo/subnetusage"}
    estate.put(usage | {"properties": {"used": 7, "source": "usages"}})
    found = ask(start(estate))
    (row,) = [json.loads(one) for one in found.rows if b"pgtopo/subnetusage" in one]
    assert row["id"] == usage["id"]
    assert row["properties"] == {"used": 7, "source": "usages"}


def test_parameters_lose_their_documentation_only(start: Start) -> None:
    estate = with_servers(1)
    said = {"value": "on", "source": "user-override", "isReadOnly": False}
    estate.put(
        child(server("psql-0"), "configurations", "ssl", **said, description="long", unit="-")
    )
    found = ask(start(estate))
    (row,) = [json.loads(one) for one in found.rows if json.loads(one)["name"] == "ssl"]
    assert row["properties"] == said


def ruleset_estate() -> Estate:
    ruleset = nsg(1) | {"type": RULESET}
    ruleset["id"] = ruleset["id"].replace("networkSecurityGroups", "dnsForwardingRulesets")
    rule = child(ruleset, "forwardingRules", "corp", domainName="corp.")
    return Estate([subscription(FIRST), ruleset, rule])


def test_forwarding_rules_come_from_the_table_where_it_has_them(start: Start) -> None:
    stand_in = start(ruleset_estate())
    found = ask(stand_in)
    assert len(ids_of(found, f"{RULESET}/forwardingrules")) == 1
    assert not any(call.path.endswith("/forwardingRules") for call in stand_in.calls)


def test_forwarding_rules_are_read_where_the_table_lacks_them(start: Start) -> None:
    estate = ruleset_estate()
    estate.without_table = {f"{RULESET}/forwardingrules"}
    found = ask(start(estate))
    assert len(ids_of(found, f"{RULESET}/forwardingrules")) == 1
    assert statuses(found, f"{RULESET}/forwardingrules") == {HERE: "read"}
    kept = ask(start(estate), has_arm_reads=False)
    states = statuses(kept, f"{RULESET}/forwardingrules")
    assert sorted(states.values()) == ["read", "skipped"]


def test_a_cloud_without_a_table(start: Start) -> None:
    """Rules of firewall policies are read one by one where no table holds them."""
    policy = nsg(1) | {"type": "microsoft.network/firewallpolicies"}
    policy["id"] = policy["id"].replace("networkSecurityGroups", "firewallPolicies")
    group = child(policy, "ruleCollectionGroups", "pg", priority=100)
    stand_in = start(Estate([subscription(FIRST), policy, group]))
    assert len(ids_of(ask(stand_in), group["type"])) == 1
    assert not any(call.path.endswith("/ruleCollectionGroups") for call in stand_in.calls)
    no_table = error(400, "BadRequest", "no", ("DisallowedLogicalTableName", "no such table"))
    stand_in.fault = lambda call: no_table if call.query.startswith("networkresources") else None
    found = ask(stand_in)
    assert len(ids_of(found, group["type"])) == 1
    assert statuses(found, group["type"]) == {HERE: "read"}
    assert found.gaps
    assert all(gap.is_lasting for gap in found.gaps)


def machine(name: str, power: str) -> list[dict[str, object]]:
    interface = nsg(0) | {"type": "microsoft.network/networkinterfaces"}
    interface["id"] = (
        f"{HERE}/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/{name}"
    )
    made = nsg(0) | {"type": "microsoft.compute/virtualmachines", "name": name}
    made["id"] = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{name}"
    made["properties"] = {
        "osProfile": {"adminUsername": "secret"},
        "networkProfile": {"networkInterfaces": [{"id": interface["id"]}]},
        "extended": {"instanceView": {"powerState": {"code": f"PowerState/{power}"}}},
    }
    return [interface, made]


def machines() -> Estate:
    return Estate([subscription(FIRST), *machine("on", "running"), *machine("off", "deallocated")])


def test_what_is_in_force_is_asked_of_running_machines_only(start: Start) -> None:
    stand_in = start(machines())
    found = ask(stand_in, has_effective=True)
    posts = [call.path.rsplit("/", 2)[1:] for call in stand_in.calls if not call.is_query]
    asked = [one for one in posts if one[1].startswith("effective") and one[0] != "operations"]
    wanted = [["on", "effectiveNetworkSecurityGroups"], ["on", "effectiveRouteTable"]]
    assert sorted(asked) == wanted
    kinds = {json.loads(row)["type"] for row in found.rows}
    assert {"pgtopo/effectiveroutes", "pgtopo/effectiverules"} <= kinds
    assert found.is_whole


def test_what_is_in_force_is_not_asked_unless_wanted(start: Start) -> None:
    stand_in = start(machines())
    ask(stand_in)
    assert not any(call.method == "POST" and not call.is_query for call in stand_in.calls)


def test_denied_effective_routes_name_the_action(start: Start) -> None:
    stand_in = start(machines())
    stand_in.manager.denied = {"effectiveroutetable"}
    found = ask(stand_in, has_effective=True)
    (entry,) = [one for one in found.coverage if one["kind"] == "pgtopo/effectiveroutes"]
    action = "Microsoft.Network/networkInterfaces/effectiveRouteTable/action"
    assert entry["status"] == "denied"
    assert entry["detail"].endswith(action)


def test_an_answer_that_is_begun_has_to_say_where_it_will_be(start: Start) -> None:
    stand_in = start(machines())
    stand_in.fault = lambda call: Reply(202) if call.path.endswith("RouteTable") else None
    found = ask(stand_in, has_effective=True)
    (entry,) = [one for one in found.coverage if one["kind"] == "pgtopo/effectiveroutes"]
    assert (entry["status"], entry["detail"]) == (
        "failed",
        "the answer does not say where it goes on",
    )


def test_machines_come_without_their_secrets(start: Start) -> None:
    found = ask(start(machines()))
    rows = [json.loads(one) for one in found.rows]
    (row,) = [one for one in rows if one["name"] == "on" and "virtualmachines" in one["type"]]
    assert row["properties"]["extended"] == {
        "instanceView": {"powerState": {"code": "PowerState/running"}}
    }
    assert list(row["properties"]["networkProfile"]) == ["networkInterfaces"]
    assert b"osProfile" not in b"".join(found.rows)


def test_service_tags_are_asked_of_the_next_subscription_where_one_denies(start: Start) -> None:
    stand_in = start(with_servers(1))
    found = ask(stand_in)
    (row,) = [json.loads(one) for one in found.rows if b"servicetags" in one]
    assert row["id"] == "/providers/pgtopo/servicetags/public"
    assert row["properties"]["values"]
    stand_in.fault = lambda call: (
        error(403, "AuthorizationFailed", "no") if call.path.endswith("serviceTags") else None
    )
    denied = ask(stand_in)
    assert statuses(denied, "pgtopo/servicetags") == {"/": "denied"}
