from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT110"


def with_record() -> World:
    return injected().world


def stopped_server() -> World:
    home = injected(state="Stopped")
    home.world.remove(home.record)
    return home.world


def stale_counter() -> World:
    home = injected()
    home.world.properties(home.zone)["numberOfRecordSets"] = 1
    return home.world


def without_record() -> World:
    home = injected()
    home.world.remove(home.record)
    return home.world


def record_elsewhere() -> World:
    home = injected()
    home.world.properties(home.record)["aRecords"] = [{"ipv4Address": "10.1.2.4"}]
    return home.world


def records_unread() -> World:
    home = injected()
    home.world.remove(home.record)
    home.world.unread("microsoft.network/privateDnsZones/A")
    return home.world


def subnet_out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    home.world.unread("microsoft.network/virtualNetworks/subnets")
    return home.world


CASES: list[Case] = [
    ("R26 the record is known by its address, as its label tells nothing", with_record, ok),
    ("near miss: the zone's counter says one record set only", stale_counter, ok),
    ("near miss: a stopped server has no record", stopped_server, skip),
    ("no record", without_record, fail("error", cause="azure.com")),
    ("a record with an address elsewhere", record_elsewhere, fail("error", says="no address")),
    ("records not read", records_unread, unknown("DNS records")),
    ("subnet not read", subnet_out_of_sight, unknown("snet-pg")),
]
