"""Renumbering keeps what lies inside what, and keys decide everything else."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgtopo.sources.redaction.addresses import AddressMap, Tree
from pgtopo.sources.redaction.known import FIXED_BLOCKS, KEPT_CLASSES
from pgtopo.sources.redaction.names import Names
from pgtopo.sources.redaction.texts import Texts
from pgtopo.sources.redaction.values import Values

KEY = b"k" * 32
FOUR = st.integers(0, 2**32 - 1)


def numbering(key: bytes = KEY) -> AddressMap:
    return AddressMap(key, Tree(32))


@given(FOUR, FOUR)
def test_shared_leading_bits_stay_shared(one: int, other: int) -> None:
    mapping = numbering()
    before = 32 - (one ^ other).bit_length()
    after = 32 - (mapping.mapped(one) ^ mapping.mapped(other)).bit_length()
    assert before == after


@pytest.mark.parametrize("text", [*FIXED_BLOCKS, *KEPT_CLASSES])
def test_blocks_map_onto_themselves(text: str) -> None:
    block = ipaddress.ip_network(text)
    mapping = AddressMap(KEY, Tree(block.max_prefixlen))
    first, last = int(block.network_address), int(block.broadcast_address)
    for value in (first, last, first + (last - first) // 3):
        moved = ipaddress.ip_address(mapping.mapped(value))
        if block.version == 6:
            moved = ipaddress.IPv6Address(mapping.mapped(value))
        assert moved in block
        if text in FIXED_BLOCKS:
            assert int(moved) == value


@given(FOUR, FOUR, FOUR)
def test_ranges_stay_in_one_piece(one: int, other: int, asked: int) -> None:
    low, high = sorted((one, other))
    tree = Tree(32)
    tree.keep_range(low, high)
    mapping = AddressMap(KEY, tree)
    assert mapping.mapped(low) <= mapping.mapped(high)
    is_inside = mapping.mapped(low) <= mapping.mapped(asked) <= mapping.mapped(high)
    assert is_inside == (low <= asked <= high)


@given(FOUR, st.integers(16, 32))
def test_order_inside_a_subnet_stays(value: int, length: int) -> None:
    network = ipaddress.ip_network((value >> (32 - length) << (32 - length), length))
    tree = Tree(32)
    tree.freeze(int(network.network_address), length)
    mapping = AddressMap(KEY, tree)
    first = mapping.mapped(int(network.network_address))
    assert mapping.mapped(int(network.broadcast_address)) - first == network.num_addresses - 1
    assert first % network.num_addresses == 0


def test_another_key_gives_other_pseudonyms() -> None:
    texts = ["psql-orders", "vnet-hub", "a1b2c3d4e5f6"]
    one, same, other = Names(KEY), Names(KEY), Names(b"o" * 32)
    assert [one.name(text) for text in texts] == [same.name(text) for text in texts]
    assert not {one.name(text) for text in texts} & {other.name(text) for text in texts}
    addresses = range(10 << 24, (10 << 24) + 2**24, 2**17)
    mine, theirs = numbering(), numbering(b"o" * 32)
    assert [mine.mapped(one) for one in addresses] != [theirs.mapped(one) for one in addresses]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("psql-orders.postgres.database.azure.com", ".postgres.database.azure.com"),
        ("x.privatelink.postgres.database.azure.com.", ".privatelink.postgres.database.azure.com."),
        ("*.corp.contoso.com", ".com"),
        ("privatelink.contoso.com", ".com"),
        ("azure.com.contoso.org", ".org"),
    ],
)
def test_only_well_known_domains_keep_their_labels(text: str, kept: str) -> None:
    made = Names(KEY).domain(text)
    assert made.endswith(kept)
    assert not set(made.removesuffix(kept).split(".")) & (
        set(text.removesuffix(kept).split(".")) - {"*"}
    )


def test_names_are_the_same_in_ids_names_and_hosts() -> None:
    names = Names(KEY)
    server = names.name("psql-orders")
    host = names.domain("PSQL-Orders.postgres.database.azure.com")
    arm_id = names.arm_id(
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-data/providers"
        "/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders/configurations/max_connections"
    )
    assert host == f"{server}.postgres.database.azure.com"
    assert arm_id.split("/")[-3:] == [server, "configurations", "max_connections"]
    assert "rg-data" not in arm_id
    assert "11111111" not in arm_id


@pytest.mark.parametrize("text", ["::ffff:10.20.30.40", "::FFFF:a14:1e28"])
def test_an_ipv4_address_written_as_ipv6_gets_the_number_of_the_ipv4_address(text: str) -> None:
    names = Names(KEY)
    values = Values(names, numbering(), AddressMap(KEY, Tree(128)))
    plain = values.place("10.20.30.40")
    assert plain != "10.20.30.40"
    assert values.place(text) == f"::ffff:{plain}"
    said = Texts(values, names).free("no entry for host ::ffff:10.20.30.40 at 12:34:56.789")
    assert said == f"no entry for host ::ffff:{plain} at 12:34:56.789"


@pytest.mark.parametrize(
    "text",
    [
        "10.20.30.40-10.20.30.49 is the pool",
        "postgresql://app@10.20.30.40/orders",
        "http://10.20.30.40:8080/",
        "10.20.30.40/255.255.255.0",
        "10.20.30.40/240",
        "from=10.20.30.40, (10.20.30.49)",
        "hostaddr -10.20.30.40",
        "gw-10.20.30.40 fell silent",
    ],
)
def test_addresses_in_messages_are_renumbered_whatever_surrounds_them(text: str) -> None:
    names = Names(KEY)
    values = Values(names, numbering(), AddressMap(KEY, Tree(128)))
    wanted = text
    for address in ("10.20.30.40", "10.20.30.49"):
        wanted = wanted.replace(address, values.place(address))
    assert wanted != text
    assert Texts(values, names).free(text) == wanted
