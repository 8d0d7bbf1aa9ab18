from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT123"


def _policy(*rules: tuple[int, str, str], far: bool = False) -> World:
    home = injected()
    network = home.world.vnet("vnet-far", "10.9.0.0/16") if far else home.network
    policy = home.world.dns_policy("dnspol", network)
    for priority, action, domain in rules:
        lists = home.world.domain_list(f"list{priority}", domain)
        home.world.dns_policy_rule(policy, f"rule{priority}", priority, action, lists)
    return home.world


def list_unread() -> World:
    world = _policy((100, "Block", "contoso.com."))
    world.remove(next(row["id"] for row in world.rows if row["name"] == "list100"))
    return world


CASES: list[Case] = [
    ("other names", lambda: _policy((100, "Block", "contoso.com.")), ok),
    (
        "near miss: allowed above the block",
        lambda: _policy((100, "Allow", "postgres.database.azure.com."), (200, "Block", ".")),
        ok,
    ),
    ("near miss: an alert only", lambda: _policy((100, "Alert", "azure.com.")), ok),
    ("near miss: no policy", lambda: injected().world, skip),
    ("near miss: on another network", lambda: _policy((100, "Block", "."), far=True), skip),
    ("everything", lambda: _policy((100, "Block", ".")), fail("error", says="dnspol")),
    ("all of Azure", lambda: _policy((100, "Block", "azure.com.")), fail("error")),
    ("list not in the data", list_unread, unknown("dnspol")),
]
