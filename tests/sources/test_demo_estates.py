"""The estates under snapshots/ are what their scripts make, and hold together."""

import ipaddress
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pgtopo.sources.load import load_rows
from tests.estates import healthy
from tests.estates.contoso import files as contoso
from tests.estates.rows import Row
from tests.estates.writing import SNAPSHOTS, read_table

MAKERS: dict[str, Callable[[], tuple[str, str]]] = {
    "contoso": contoso.make,
    "healthy": healthy.make,
}


@pytest.fixture(scope="module", params=sorted(MAKERS))
def estate(request: pytest.FixtureRequest) -> tuple[str, Row]:
    """The name of an estate and its snapshot as it lies on disk."""
    text = (SNAPSHOTS / request.param / "snapshot.json").read_text(encoding="utf-8")
    return request.param, json.loads(text)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_files_on_disk_are_what_the_script_makes(name: str) -> None:
    snapshot, notes = MAKERS[name]()
    again, _ = MAKERS[name]()
    assert snapshot == again, "the script is not deterministic"
    assert (SNAPSHOTS / name / "snapshot.json").read_text(encoding="utf-8") == snapshot
    assert (SNAPSHOTS / name / "notes.md").read_text(encoding="utf-8") == notes


def test_snapshot_is_a_whole_document_about_one_cloud(estate: tuple[str, Row]) -> None:
    _, document = estate
    assert (document["format"], document["version"]) == ("pgtopo.snapshot", 1)
    assert {entry["status"] for entry in document["coverage"]} == {"read"}
    assert 300 <= len(document["rows"]) <= 500


def test_every_row_is_read_without_a_complaint(estate: tuple[str, Row]) -> None:
    name, document = estate
    topology = load_rows(document["rows"], coverage=document["coverage"])
    assert topology.set_aside == ()
    # One firewall rule of the faulty estate starts above its end on purpose.
    on_purpose = {"depot-venlo"} if name == "contoso" else set()
    assert {issue.resource.rsplit("/", 1)[-1] for issue in topology.issues} == on_purpose


def test_ids_are_unique_without_regard_to_case(estate: tuple[str, Row]) -> None:
    _, document = estate
    ids = [made.lower() for made in _definitions(document["rows"])]
    assert sorted(set(ids)) == sorted(ids)


def test_every_reference_leads_to_a_row(estate: tuple[str, Row]) -> None:
    _, document = estate
    known = {one.lower() for one in _definitions(document["rows"])}
    dangling = {one for one in _references(document["rows"]) if one.lower() not in known}
    assert {one for one in dangling if "/networkManagers/" not in one} == set()


def test_every_row_lies_in_a_known_subscription_and_group(estate: tuple[str, Row]) -> None:
    _, document = estate
    groups = {
        row["id"].lower()
        for row in document["rows"]
        if row["type"].startswith("microsoft.resources/")
    }
    for row in document["rows"]:
        parts = row["id"].split("/")
        assert "/".join(parts[: min(len(parts), 5)]).lower() in groups, row["id"]


def test_networks_and_subnets_do_not_overlap(estate: tuple[str, Row]) -> None:
    _, document = estate
    networks = list(_networks(document["rows"]))
    spaces = [space for network in networks for space in _space(network)]
    assert _overlaps(spaces) == []
    for network in networks:
        subnets = [_prefix(subnet) for subnet in network["properties"]["subnets"]]
        assert _overlaps(subnets) == []
        for prefix in subnets:
            assert any(prefix.subnet_of(space) for space in _space(network)), prefix


def test_addresses_lie_inside_their_subnets(estate: tuple[str, Row]) -> None:
    _, document = estate
    subnets = {
        subnet["id"].lower(): _prefix(subnet)
        for network in _networks(document["rows"])
        for subnet in network["properties"]["subnets"]
    }
    seen: set[str] = set()
    for subnet, address in _addresses(document["rows"]):
        prefix = subnets[subnet.lower()]
        usable = list(prefix.hosts())[3:]
        assert ipaddress.IPv4Address(address) in usable, (subnet, address)
        assert address not in seen, f"{address} is given twice"
        seen.add(address)


def test_contoso_shows_every_family_of_faults() -> None:
    faults = _table("contoso", "Faults")
    assert len(faults) >= 30
    assert {fault["check"][3] for fault in faults} == set("0123456789")
    wanted = (
        "101 103 105 107 108 110 302 304 308 401 404 501 502 503 601 602 603 604 605 606 702 801 "
        "802 803 901 001"
    )
    assert {f"PGT{one}" for one in wanted.split()} <= {fault["check"] for fault in faults}


def test_contoso_notes_name_things_that_are_there() -> None:
    document = json.loads((SNAPSHOTS / "contoso" / "snapshot.json").read_text(encoding="utf-8"))
    known = {one.lower() for one in _definitions(document["rows"])}
    for heading in ("Faults", "Side effects"):
        for line in _table("contoso", heading):
            assert line["subject"].lower() in known, line
    names = {row["name"] for row in document["rows"]}
    pairs = _table("contoso", "Pairs to trace")
    assert len({pair["decided by"] for pair in pairs if pair["verdict"] == "blocked"}) >= 10
    for pair in pairs:
        assert pair["server"] in names
        assert pair["client"] in names or pair["client"].startswith("onprem:")


def _table(estate: str, heading: str) -> list[dict[str, str]]:
    text = (SNAPSHOTS / estate / "notes.md").read_text(encoding="utf-8")
    return read_table(text, heading)


def _walk(value: Any) -> Iterator[Row]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item)


def _definitions(rows: list[Row]) -> Iterator[str]:
    """Ids of rows and of the objects nested in them."""
    for found in _walk(rows):
        if "id" in found and "properties" in found and "name" in found:
            yield found["id"]


def _references(rows: list[Row]) -> Iterator[str]:
    """Every id in a text that no object of its own goes by."""
    for found in _walk(rows):
        for key, value in found.items():
            is_own = key == "id" and "name" in found
            if isinstance(value, str) and value.startswith("/subscriptions/") and not is_own:
                yield value


def _networks(rows: list[Row]) -> Iterator[Row]:
    return (row for row in rows if row["type"] == "microsoft.network/virtualnetworks")


def _space(network: Row) -> list[ipaddress.IPv4Network]:
    prefixes = network["properties"]["addressSpace"]["addressPrefixes"]
    return [ipaddress.IPv4Network(one) for one in prefixes]


def _prefix(subnet: Row) -> ipaddress.IPv4Network:
    return ipaddress.IPv4Network(subnet["properties"]["addressPrefix"])


def _overlaps(prefixes: list[ipaddress.IPv4Network]) -> list[tuple[str, str]]:
    pairs = itertools.combinations(prefixes, 2)
    return [(str(one), str(two)) for one, two in pairs if one.overlaps(two)]


def _addresses(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Subnet and address of everything that sits in a subnet."""
    for found in _walk(rows):
        address = found.get("privateIPAddress") or found.get("privateIpAddress")
        if address and "subnet" in found:
            yield found["subnet"]["id"], address
