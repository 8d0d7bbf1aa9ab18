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


def same_address_elsewhere() -> World:
    """A network far away has a DNS server of its own at the very address."""
    world = _endpoint("Dynamic", used=False)
    with world.at(rg="rg-far"):
        far = world.vnet("vnet-far", "10.0.0.0/16", dhcpOptions={"dnsServers": ["10.0.5.4"]})
        world.nic("nic-dns", world.subnet(far, "snet-dns", "10.0.5.0/24"), "10.0.5.4")
    return world


CASES: list[Case] = [
    ("static", lambda: _endpoint("Static"), ok),
    ("near miss: dynamic, and nobody was told", lambda: _endpoint("Dynamic", used=False), ok),
    ("near miss: another one's users", same_address_elsewhere, ok),
    ("dynamic", lambda: _endpoint("Dynamic"), fail("warning", says="vnet-data", cause="inbound")),
    ("a rule leads there", used_by_a_rule, fail("warning", says="pg")),
    ("not stated", lambda: _endpoint(None), unknown("does not state")),
]
