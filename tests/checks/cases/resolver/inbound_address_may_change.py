from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT206"


def _endpoint(allocation: str | None, used: bool = True) -> World:
    made = hub()
    configuration = made.world.properties(made.endpoint)["ipConfigurations"][0]
    configuration["privateIpAllocationMethod"] = allocation
    if allocation is None:
        del configuration["privateIpAllocationMethod"]
    if used:
        made.world.properties(made.spoke)["dhcpOptions"] = {"dnsServers": ["10.0.5.4"]}
    return made.world


def used_by_a_rule() -> World:
    made = hub()
    configuration = made.world.properties(made.endpoint)["ipConfigurations"][0]
    configuration["privateIpAllocationMethod"] = "Dynamic"
    made.world.forwarding_rule(made.ruleset, "pg", "postgres.database.azure.com.", "10.0.5.4")
    return made.world


CASES: list[Case] = [
    ("static", lambda: _endpoint("Static"), ok),
    ("near miss: dynamic, and nobody was told", lambda: _endpoint("Dynamic", used=False), ok),
    ("dynamic", lambda: _endpoint("Dynamic"), fail("warning", says="vnet-data", cause="inbound")),
    ("a rule leads there", used_by_a_rule, fail("warning", says="pg")),
    ("not stated", lambda: _endpoint(None), unknown("does not state")),
]
