"""What real payloads do to envelopes, ids, letter case and empty values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgtopo.model.base import RefState
from pgtopo.model.coverage import Status
from pgtopo.model.dns import RecordSet, ZoneLink
from pgtopo.model.governance import Lock
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine, VirtualNetwork
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer
from pgtopo.sources.load import load_files, load_rows
from tests.sources.packing import NET, PG, SUB, Row, put, row, table, vnet

ZONES = f"{NET}/privateDnsZones"
SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers"


def server(name: str = "psql-a", **properties: object) -> Row:
    return row(SERVERS, f"flexibleServers/{name}", PG, **properties)


def test_quirk_01_ids_join_without_regard_to_case() -> None:
    arm = server(network={"delegatedSubnetResourceId": f"{NET}/virtualNetworks/VNET-A/subnets/S"})
    shouted = vnet()
    shouted["id"] = shouted["id"].replace("rg-net", "RG-NET")
    estate = load_rows([arm, shouted, vnet()])
    assert len(estate.all(VirtualNetwork)) == 1
    found = estate.all(FlexibleServer)[0]
    assert found.subnet == fold(f"{NET}/virtualNetworks/vnet-a/subnets/s")


def test_quirk_02_rows_as_a_table_of_columns(tmp_path: Path) -> None:
    for content in (table([vnet()]), {"data": [vnet()]}):
        estate = load_files([put(tmp_path / "a.json", content)]).topology
        assert [one.name for one in estate.all(VirtualNetwork)] == ["vnet-a"]


def test_quirk_02_tables_with_ragged_rows(tmp_path: Path) -> None:
    made = table([vnet(), vnet("b")])
    names = [column["name"] for column in made["data"]["columns"]]
    made["data"]["columns"] = names
    made["data"]["rows"] += [made["data"]["rows"][0][:1], "x", [], [*made["data"]["rows"][1], 1]]
    estate = load_files([put(tmp_path / "a.json", made)]).topology
    assert [one.name for one in estate.all(VirtualNetwork)] == ["b", "vnet-a"]
    assert len(estate.set_aside) == 2


def test_quirk_03_the_truncation_flag_is_text_and_the_token_decides(tmp_path: Path) -> None:
    page = {"totalRecords": 1, "data": [vnet()], "facets": [], "resultTruncated": "false"}
    assert load_files([put(tmp_path / "a.json", page)]).notes == ()
    page["$skipToken"] = "ew0KICAiJGlkIjogIjEi"
    assert len(load_files([put(tmp_path / "a.json", page)]).notes) == 1


def test_quirk_04_totals_that_do_not_fit_the_rows(tmp_path: Path) -> None:
    pages = [
        put(tmp_path / "1.json", {"totalRecords": 2995, "count": 1, "data": [vnet("a")]}),
        put(tmp_path / "2.json", {"totalRecords": 2994, "count": "x", "data": [vnet("b")]}),
    ]
    assert len(load_files(pages).topology.all(VirtualNetwork)) == 2


@pytest.mark.parametrize("nothing", [None, ""])
def test_quirk_05_null_and_empty_text_are_the_same_idea(nothing: object) -> None:
    cells = ("kind", "managedBy", "sku", "plan", "identity", "zones", "location", "tags")
    estate = load_rows([{**vnet(), **dict.fromkeys(cells, nothing)}])
    assert estate.issues == ()
    assert estate.all(VirtualNetwork)[0].location == ""


def test_quirk_05_tags_null_or_empty() -> None:
    for tags in (None, {}, {"a": None}):
        assert load_rows([{**server(), "tags": tags}]).all(FlexibleServer)[0].name == "psql-a"


def test_quirk_06_rows_with_nothing_but_an_id() -> None:
    group = "/providers/Microsoft.Management/managementGroups/mg"
    estate = load_rows([{"id": vnet()["id"]}, {"id": group}])
    assert estate.all(VirtualNetwork)[0].name == "vnet-a"
    assert estate.other_rows == {"microsoft.management/managementgroups": 1}
    assert estate.set_aside == ()


def test_quirk_09_child_rows_that_are_absent_are_unknown_not_none() -> None:
    estate = load_rows([server()])
    arm_id = estate.all(FlexibleServer)[0].id
    assert estate.coverage.status(FirewallRule.KIND, arm_id) is Status.NOT_READ
    assert estate.coverage.status(RecordSet.KIND, arm_id) is Status.NOT_READ
    assert estate.coverage.status(Lock.KIND, arm_id) is Status.NOT_READ


def test_quirk_10_upper_case_ids_inside_ip_configurations() -> None:
    nic_id = f"{NET}/networkInterfaces/nic"
    upper = f"{SUB}/resourceGroups/RG-NET/providers/Microsoft.Network/networkInterfaces/NIC"
    network = vnet()
    network["properties"]["subnets"][0]["properties"] = {
        "ipConfigurations": [{"id": f"{upper}/ipConfigurations/IPCONFIG1"}]
    }
    nic = row("microsoft.network/networkinterfaces", "networkInterfaces/nic", NET)
    estate = load_rows([network, nic])
    inside = estate.all(Subnet)[0].ip_configurations[0]
    assert inside.startswith(f"{fold(nic_id)}/")


def test_quirk_11_the_id_is_upper_case_and_the_reference_is_not() -> None:
    vm = row("microsoft.compute/virtualmachines", "virtualMachines/vm", NET.upper())
    nic = row(
        "microsoft.network/networkinterfaces",
        "networkInterfaces/nic",
        NET,
        virtualMachine={"id": f"{NET}/virtualMachines/vm".lower()},
    )
    estate = load_rows([vm, nic])
    found = estate.all(NetworkInterface)[0].vm
    assert estate.get(VirtualMachine, found) is not None
    assert found is not None
    assert estate.display(found) == vm["id"]


def test_quirk_12_13_provider_segments_and_types_in_any_case() -> None:
    lock = {
        "id": f"{SUB}/resourcegroups/rg/providers/microsoft.storage/storageAccounts/st"
        "/providers/Microsoft.Authorization/locks/l",
        "type": "Microsoft.Authorization/locks",
        "properties": {"level": "CanNotDelete"},
    }
    spellings = (
        "MICROSOFT.NETWORK/VIRTUALNETWORKS",
        "Microsoft.Network/virtualNetworks",
        "microsoft.network/virtualnetworks ",
    )
    nets = [{**vnet(f"v{n}"), "type": word} for n, word in enumerate(spellings)]
    estate = load_rows([lock, *nets])
    assert len(estate.all(VirtualNetwork)) == 3
    scope = f"{SUB}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st"
    assert [one.scope for one in estate.all(Lock)] == [fold(scope)]
    assert estate.issues == ()


@pytest.mark.parametrize(
    "text",
    ["testDB_ID", "subscriptions/s/resourceGroup/rg/providers/x", "subnetId", "Instance0", "//"],
)
def test_quirk_14_ids_that_are_no_paths(text: str) -> None:
    nic = row(
        "microsoft.network/networkinterfaces",
        "networkInterfaces/n",
        NET,
        ipConfigurations=[{"id": text, "properties": {"subnet": {"id": text}}}],
    )
    lost = {"id": text, "type": "microsoft.network/virtualnetworks", "properties": None}
    estate = load_rows([nic, lost])
    assert len(estate.all(NetworkInterface)) == 1
    if text != "//":
        found = estate.all(VirtualNetwork)[0]
        assert estate.coverage.status(VirtualNetwork.KIND, ArmId("/")) is Status.NOT_READ
        assert estate.display(found.id) == text


@pytest.mark.parametrize("name", ["subscription-id", "subid", "Sub Id"])
def test_quirk_15_subscription_ids_that_are_no_guids(name: str) -> None:
    base = f"/subscriptions/{name}/resourceGroups/g/providers/Microsoft.Network"
    estate = load_rows([vnet(base=base)])
    found = estate.all(VirtualNetwork)[0]
    assert estate.coverage.is_read(VirtualNetwork.KIND, found.id)


def test_quirk_16_the_id_wins_over_the_type_where_it_names_a_known_kind() -> None:
    wrong = {**vnet(), "type": "Microsoft.Network/routeTables"}
    estate = load_rows([wrong])
    assert [one.name for one in estate.all(VirtualNetwork)] == ["vnet-a"]
    assert [issue.path for issue in estate.issues] == ["type"]


def test_quirk_16_the_type_decides_where_the_id_names_no_known_kind() -> None:
    single = {**server(), "id": f"{PG}/servers/x"}
    typo = {**vnet(), "id": f"{SUB}/resourceGroups/g/provders/Microsoft.Network/x/v"}
    bare = {**vnet("bare"), "id": f"{SUB}/resourceGroups/g/providers/Microsoft.Network/bare"}
    estate = load_rows([single, typo, bare])
    assert len(estate.all(FlexibleServer)) == 1
    assert len(estate.all(VirtualNetwork)) == 2
    assert {issue.path for issue in estate.issues} == {"type"}
    assert estate.set_aside == ()


def test_quirk_16_without_a_type_the_id_tells() -> None:
    untyped = vnet()
    del untyped["type"]
    estate = load_rows([untyped, {**vnet("b"), "type": None}, {**vnet("c"), "type": ""}])
    assert len(estate.all(VirtualNetwork)) == 3
    assert estate.issues == ()


def test_quirk_17_name_and_last_segment_differ() -> None:
    network = vnet()
    network["properties"]["subnets"] = [{"id": f"{network['id']}/subnets/b", "name": "a"}]
    estate = load_rows([network])
    assert estate.all(Subnet)[0].name == "a"
    assert estate.all(Subnet)[0].id.endswith("/subnets/b")


@pytest.mark.parametrize("name", ["can not delete", "@", "*", "a#b", "ä"])
def test_quirk_18_names_with_odd_characters(name: str) -> None:
    lock = row("Microsoft.Authorization/locks", f"providers/Microsoft.Authorization/locks/{name}")
    zone_record = row("Microsoft.Network/privateDnsZones/A", f"z.x/A/{name}", ZONES)
    estate = load_rows([lock, zone_record])
    assert [one.name for one in estate.all(Lock)] == [name]
    assert estate.all(RecordSet)[0].label == name.lower()


def test_quirk_19_rows_without_id_or_properties() -> None:
    no_id = vnet()
    del no_id["id"]
    bare = vnet("bare")
    del bare["properties"]
    estate = load_rows([no_id, bare])
    assert [one.name for one in estate.all(VirtualNetwork)] == ["bare"]
    assert [one.reason for one in estate.set_aside] == ["no usable id"]


def test_quirk_20_same_names_everywhere_stay_apart() -> None:
    bases = [f"{SUB}/resourceGroups/rg{n}/providers/Microsoft.Network" for n in range(3)]
    links = [
        row("microsoft.network/privatednszones/virtualnetworklinks", path, ZONES)
        for path in ("a.x/virtualNetworkLinks/link", "b.x/virtualNetworkLinks/link")
    ]
    estate = load_rows([*(vnet("vnet1", base=base) for base in bases), *links])
    assert len(estate.all(VirtualNetwork)) == 3
    assert len(estate.all(Subnet)) == 3
    assert len(estate.all(ZoneLink)) == 2


@pytest.mark.parametrize("text", ["East US", "eastus", "EAST US", "EastUS"])
def test_quirk_22_regions_in_words(text: str) -> None:
    assert load_rows([{**vnet(), "location": text}]).all(VirtualNetwork)[0].location == "eastus"


def test_quirk_23_rows_without_location_or_group() -> None:
    child = vnet()
    for name in ("location", "name"):
        del child[name]
    assert load_rows([child]).all(VirtualNetwork)[0].name == "vnet-a"


def test_quirk_24_no_nsg_in_three_spellings() -> None:
    network = vnet()
    forms: list[Row] = [{}, {"networkSecurityGroup": None}, {"networkSecurityGroup": {}}]
    forms += [{"natGateway": {"id": None}}, {"networkSecurityGroup": {"id": ""}}]
    network["properties"]["subnets"] = [
        {"name": f"s{n}", "properties": form} for n, form in enumerate(forms)
    ]
    estate = load_rows([network])
    assert [(one.nsg, one.nat_gateway) for one in estate.all(Subnet)] == [(None, None)] * 5
    assert estate.issues == ()


def test_quirk_25_subnets_missing_empty_or_as_rows_of_their_own() -> None:
    first, second = vnet("a"), vnet("b")
    del first["properties"]["subnets"]
    second["properties"]["subnets"] = []
    arm_type = "Microsoft.Network/virtualNetworks/subnets"
    own = row(arm_type, "virtualNetworks/b/subnets/own", NET, addressPrefix="10.1.0.0/24")
    estate = load_rows([own, first, second])
    network = estate.all(VirtualNetwork)[1]
    assert [one.name for one in estate.subnets_of(network.id)] == ["own"]
    assert estate.all(Subnet)[0].origin is not None


def test_quirk_41_contradicting_states_of_one_connection() -> None:
    arm_id = f"{PG}/flexibleServers/psql-a/privateEndpointConnections/c"
    kind = f"{SERVERS}/privateEndpointConnections"

    def state(word: str) -> Row:
        return {"privateLinkServiceConnectionState": {"status": word}}

    listed = server(privateEndpointConnections=[{"id": arm_id, "properties": state("Pending")}])
    for word, is_contradicted in (("Rejected", True), ("pending", False)):
        own = {"id": arm_id.upper(), "type": kind, "properties": state(word)}
        for rows in ([listed, own], [own, listed]):
            found = load_rows(rows).all(EndpointConnection)
            assert [one.is_contradicted for one in found] == [is_contradicted]
            assert found[0].status == word


def test_quirk_44_look_alikes_are_other_rows() -> None:
    types = (
        "Microsoft.DBforMySQL/flexibleServers",
        "Microsoft.DBforPostgreSQL/servers",
        "Microsoft.DBforPostgreSQL/serverGroupsv2",
        "Microsoft.ServiceLinker/linkers",
    )
    rows = [
        row(one, f"resourceGroups/g/providers/{one}/x", privateDnsZoneResourceId="z")
        for one in types
    ]
    estate = load_rows(rows)
    assert len(estate) == 0
    assert estate.other_rows == {one.lower(): 1 for one in types}


def test_quirk_53_extra_members_are_ignored_and_kept(tmp_path: Path) -> None:
    extra = vnet(encryption={"enabled": True}, bgpCommunities={"x": 1}, ipamPool=[{"y": [1]}])
    extra["apiVersion"] = "2024-05-01"
    loaded = load_files([put(tmp_path / "a.json", [extra])])
    assert loaded.topology.issues == ()
    origin = loaded.topology.all(VirtualNetwork)[0].origin
    assert origin is not None
    assert json.loads(loaded.rows.raw(origin)) == extra


def test_a_reference_dangles_only_where_its_kind_was_read() -> None:
    away = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"
    estate = load_rows([vnet()])
    assert estate.ref(fold(f"{NET}/virtualNetworks/gone")) is RefState.DANGLING
    assert estate.ref(fold(f"{NET}/virtualNetworks/vnet-a/subnets/gone")) is RefState.DANGLING
    assert estate.ref(fold(away)) is RefState.UNREAD
    assert estate.ref(fold(f"{NET}/networkSecurityGroups/gone")) is RefState.UNREAD
