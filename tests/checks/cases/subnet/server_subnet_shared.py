from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT602"


def alone() -> World:
    return injected().world


def two_servers() -> World:
    home = injected()
    home.world.server("psql-stock", home.subnet, home.zone)
    return home.world


def own_service_link() -> World:
    home = injected()
    home.world.properties(home.subnet)["serviceAssociationLinks"] = [
        {
            "name": "pg",
            "properties": {"linkedResourceType": "Microsoft.DBforPostgreSQL/flexibleServers"},
        }
    ]
    return home.world


def with_machine() -> World:
    home = injected()
    home.world.nic("nic-jump", home.subnet, "10.1.1.9")
    return home.world


def with_endpoint() -> World:
    home = injected()
    other = home.world.public_server("psql-other")
    home.world.endpoint("pe-other", home.subnet, other, "10.1.1.10")
    return home.world


def also_delegated() -> World:
    home = injected()
    delegations = home.world.properties(home.subnet)["delegations"]
    delegations.append({"name": "web", "properties": {"serviceName": "Microsoft.Web/serverFarms"}})
    return home.world


def machine_without_row() -> World:
    home = injected()
    nic = home.world.nic("nic-jump", home.subnet, "10.1.1.9")
    home.world.remove(nic)
    return home.world


def endpoint_row_alone() -> World:
    home = injected()
    other = home.world.public_server("psql-other")
    made = home.world.endpoint("pe-other", home.subnet, other, "10.1.1.10")
    for nic in [row["id"] for row in home.world.rows if row["name"].startswith("pe-other.")]:
        home.world.remove(nic)
    home.world.unread("microsoft.network/networkInterfaces")
    for key in ("privateEndpoints", "ipConfigurations"):
        home.world.properties(home.subnet).pop(key, None)
    home.world.properties(made).pop("networkInterfaces", None)
    return home.world


def list_out_of_date() -> World:
    home = injected()
    other = home.world.subnet(home.network, "snet-jump", "10.1.7.0/26")
    home.world.properties(home.subnet)["ipConfigurations"] = [
        {"id": f"{home.world.nic('nic-jump', other, '10.1.7.9')}/ipConfigurations/ipconfig1"}
    ]
    return home.world


def handed_to_another_service() -> World:
    home = injected()
    home.world.properties(home.subnet)["delegations"] = [
        {"name": "web", "properties": {"serviceName": "Microsoft.Web/serverFarms"}}
    ]
    return home.world


def interfaces_unread() -> World:
    home = injected()
    home.world.unread("microsoft.network/networkInterfaces")
    return home.world


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


CASES: list[Case] = [
    ("only a server", alone, ok),
    ("near miss: a second server", two_servers, ok),
    ("near miss: the servers' own service link", own_service_link, ok),
    ("R10 a machine in it", with_machine, fail("error", says="nic-jump", cause="nic-jump")),
    ("R10 a private endpoint in it", with_endpoint, fail("error", says="pe-other")),
    ("R10 a second delegation", also_delegated, fail("error", says="serverFarms")),
    ("R10 only the subnet's own list shows it", machine_without_row, fail("error")),
    ("R10 only the endpoint's own row shows it", endpoint_row_alone, fail("error", says="pe-oth")),
    ("near miss: its list is out of date", list_out_of_date, ok),
    (
        "R10 delegated to others alone",
        handed_to_another_service,
        fail("error", says="serverFarms and not to flexible servers"),
    ),
    ("nothing seen, interfaces not read", interfaces_unread, unknown("network interfaces")),
    ("the subnet is out of sight", out_of_sight, unknown("snet-pg")),
]
