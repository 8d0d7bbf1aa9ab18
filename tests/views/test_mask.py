"""The privacy mask hides names and addresses and keeps what stands inside what."""

import ipaddress
import re

import pytest

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.views.desk import Desk
from pgtopo.views.lines import Line, Piece
from pgtopo.views.mask import Mask
from pgtopo.views.overview import overview
from pgtopo.views.overview.estate import write_estate
from tests.estates.world import World
from tests.views.small import desk

KEY = b"a key for tests"


@pytest.fixture(scope="module")
def mask() -> Mask:
    return Mask(desk().topology, KEY)


def test_the_same_name_always_becomes_the_same_pseudonym(mask: Mask) -> None:
    shown = mask.text("psql-orders in vnet-app/snet-pg")
    assert re.fullmatch(r"server-\d+ in net-\d+/subnet-\d+", shown)
    assert mask.text("PSQL-Orders") == shown.split()[0]
    assert mask.text("psql-orders-copy") != shown.split()[0]


def test_no_name_and_no_address_of_the_estate_is_left_on_any_page(mask: Mask) -> None:
    table = desk()
    names = {r.name.lower() for r in table.topology.resources() if r.name.count("-") > 0}
    addresses = {"10.0.0.0", "10.1.0.0", "10.1.1.4", "10.1.2.0"}
    pages = [write_estate(table), *(overview(table.topology, r.id) for r in all_of(table))]
    for lines in pages:
        for line in mask.lines(lines):
            text = "".join(p.text for p in line.pieces).lower() + line.copies.lower()
            words = set(re.findall(r"[\w.-]+", text))
            assert not words & names, text
            assert not words & addresses, text


def all_of(table: Desk) -> list[Resource]:
    return list(table.topology.resources())


def test_addresses_keep_their_prefixes_and_private_ranges(mask: Mask) -> None:
    network = ipaddress.ip_network(mask.text("10.1.0.0/16"))
    subnet = ipaddress.ip_network(mask.text("10.1.2.0/24"))
    address = ipaddress.ip_address(mask.text("10.1.2.4"))
    assert subnet.subnet_of(network)  # type: ignore[arg-type]
    assert address in subnet
    assert str(network) != "10.1.0.0/16"
    assert str(network).startswith("10.")
    other = ipaddress.ip_address(mask.text("10.2.2.4"))
    assert other not in network
    assert mask.text("168.63.129.16") == "168.63.129.16"
    assert mask.text("0.0.0.0/0") == "0.0.0.0/0"
    assert mask.text("192.168.1.1").startswith("192.168.")


def test_ids_mails_and_host_names_are_hidden(mask: Mask) -> None:
    guid = "a7d04e2b-51c8-4f39-9b7d-e12f60c3845a"
    assert guid not in mask.text(f"/subscriptions/{guid}/x")
    assert mask.text(guid) == mask.text(guid.upper())
    assert "ana" not in mask.text("by ana@contoso.com")
    shown = mask.text("psql-orders.postgres.database.azure.com")
    assert re.fullmatch(r"server-\d+\.postgres\.database\.azure\.com", shown)


def test_words_of_the_interface_and_commands_stay_readable(mask: Mask) -> None:
    text = "Server is Ready. AllowVnetInBound (priority 65000) port 5432"
    assert mask.text(text) == text
    line = Line((Piece("psql-orders"),), copies="az x --name psql-orders")
    masked = mask.line(line)
    assert masked.copies == f"az x --name {masked.pieces[0].text}"


def test_two_starts_use_other_pseudonyms_for_addresses() -> None:
    topology = desk().topology
    seen = {Mask(topology).text("10.77.66.55") for _ in range(4)}
    assert len(seen) > 1


def test_odd_names_are_hidden_too(mask: Mask) -> None:
    assert ArmId("") == ""
    from tests.views.test_hostile_views import hostile

    table = desk(hostile())
    hidden = Mask(table.topology, KEY)
    for resource in table.topology.resources():
        name = resource.name
        if len(name) > 6 and not name.isascii():
            assert hidden.text(name).lower() != name.lower()


def test_ipv6_addresses_keep_their_prefixes_too(mask: Mask) -> None:
    network = ipaddress.ip_network(mask.text("fd00:db8:1::/48"))
    address = ipaddress.ip_address(mask.text("fd00:db8:1:2::5"))
    assert address in network
    assert address not in ipaddress.ip_network("fd00:db8:1::/48")
    assert str(network).startswith("fd")
    assert mask.text("FD00:DB8:1:2:0::5") == str(address)
    assert ipaddress.ip_address(mask.text("fd00:db8:9::5")) not in network


@pytest.mark.parametrize(
    "text",
    ["::", "::/0", "::1", "09:12:33", "at 2026-11-20T09:12:00Z", "00:0d:3a:1b:2c:3d", "a::b::c"],
)
def test_what_only_looks_like_an_ipv6_address_stays(mask: Mask, text: str) -> None:
    assert mask.text(text) == text


def test_names_between_colons_are_hidden_too() -> None:
    made = World()
    made.vnet("cafe", "10.0.0.0/16")
    assert "cafe" not in Mask(made.topology(), KEY).text("b:cafe:d and onprem:fd00::cafe")
