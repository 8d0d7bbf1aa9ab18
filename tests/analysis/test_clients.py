"""CLIENT texts: every form, odd casing, ambiguity, and how clients are split (J68, J69)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pgtopo.analysis.clients.clients import INTERNET, find_client
from pgtopo.analysis.clients.parties import ClientKind, Home
from pgtopo.analysis.facts import Facts
from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from tests.estates.world import World


class Estate(World):
    """One app network with clients, a gateway subnet and a PostgreSQL subnet."""

    def __init__(self) -> None:
        super().__init__()
        self.app = self.vnet("vnet-app", "10.1.0.0/16")
        self.front = self.subnet(self.app, "snet-front", "10.1.1.0/24")
        self.subnet(self.app, "snet-back", "10.1.2.0/24")
        self.subnet(self.app, "GatewaySubnet", "10.1.0.0/27")
        self.subnet(self.app, "snet-pg", "10.1.9.0/28", delegation="pg")


@pytest.fixture
def world() -> Estate:
    return Estate()


def _facts(world: World) -> Facts:
    return Facts(world.topology())


def _vm(world: Estate, dns: Sequence[str] = ()) -> str:
    return world.vm("vm-app", world.nic("nic-app", world.front, "10.1.1.4", dns=dns))


def test_machine_by_name_in_any_case_is_its_interface_and_address(world: Estate) -> None:
    vm = _vm(world)
    client = find_client(_facts(world), "VM-App")
    assert (client.kind, client.id) == (ClientKind.VM, fold(vm))
    (part,) = client.parts
    assert part.addresses.cidrs() == ["10.1.1.4/32"]
    assert part.subnet == fold(world.front)
    assert part.network == fold(world.app)
    assert part.nic is not None
    assert part.nic.endswith("/nic-app")
    assert not part.is_whole_subnet


def test_arm_ids_match_in_any_case_and_with_a_trailing_slash(world: Estate) -> None:
    vm = _vm(world)
    assert find_client(_facts(world), vm.upper() + "/").id == fold(vm)
    nic = vm.replace(
        "Microsoft.Compute/virtualMachines/vm-app", "Microsoft.Network/networkInterfaces/nic-app"
    )
    client = find_client(_facts(world), nic)
    assert client.kind is ClientKind.NIC


def test_machine_with_two_interfaces_has_two_parts(world: Estate) -> None:
    back = f"{world.app}/subnets/snet-back"
    one = world.nic("nic-1", world.front, "10.1.1.4")
    two = world.nic("nic-2", back, ["10.1.2.4", "10.1.2.5"])
    world.vm("vm-two", one, two)
    client = find_client(_facts(world), "vm-two")
    assert [part.addresses.cidrs() for part in client.parts] == [
        ["10.1.1.4/32"],
        ["10.1.2.4/31"],
    ]


def test_machine_without_a_known_address_is_explained(world: Estate) -> None:
    world.vm("vm-blind")
    with pytest.raises(UsageError, match="no private IPv4 address"):
        find_client(_facts(world), "vm-blind")


def test_j68_subnet_is_judged_without_its_interfaces_and_names_them(world: Estate) -> None:
    _vm(world, dns=["10.9.9.9"])
    client = find_client(_facts(world), "snet-front")
    assert client.kind is ClientKind.SUBNET
    (part,) = client.parts
    assert part.is_whole_subnet
    assert part.nic is None
    assert part.addresses.cidrs() == ["10.1.1.0/24"]
    (note,) = client.assumptions
    assert note.code == "NIC_LEVEL_SETTINGS"
    assert "nic-app" in note.text


def test_subnet_by_network_and_name(world: Estate) -> None:
    other = world.vnet("vnet-other", "10.8.0.0/16")
    world.subnet(other, "snet-front", "10.8.1.0/24")
    with pytest.raises(UsageError, match="stands for 2 things") as found:
        find_client(_facts(world), "snet-front")
    assert "vnet-other/snet-front" in found.value.hint
    assert "vnet-app/snet-front" in found.value.hint
    client = find_client(_facts(world), "VNET-other/snet-front")
    assert client.addresses.cidrs() == ["10.8.1.0/24"]


def test_j69_network_leaves_out_subnets_that_hold_no_clients(world: Estate) -> None:
    client = find_client(_facts(world), "vnet-app")
    assert client.kind is ClientKind.NETWORK
    assert client.addresses.cidrs() == ["10.1.1.0/24", "10.1.2.0/24"]
    assert len(client.parts) == 2


def test_j69_network_without_client_subnets_is_explained() -> None:
    world = World()
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    for name in ("AzureFirewallSubnet", "AzureBastionSubnet", "RouteServerSubnet"):
        world.subnet(hub, name, "10.0.1.0/26")
    with pytest.raises(UsageError, match="no subnet that clients can live in"):
        find_client(_facts(world), "vnet-hub")


def test_address_in_a_subnet_is_judged_there(world: Estate) -> None:
    client = find_client(_facts(world), "10.1.2.99")
    assert client.kind is ClientKind.IP
    (part,) = client.parts
    assert part.home is Home.SUBNET
    assert part.subnet is not None
    assert part.subnet.endswith("/snet-back")
    assert part.nic is None


def test_address_of_an_interface_is_judged_as_that_interface(world: Estate) -> None:
    _vm(world)
    (part,) = find_client(_facts(world), "10.1.1.4/32").parts
    assert part.nic is not None


def test_j69_range_is_split_by_owner(world: Estate) -> None:
    _vm(world)
    client = find_client(_facts(world), "10.1.1.0/22")
    homes = [(part.home, part.subnet and part.subnet.rsplit("/", 1)[1]) for part in client.parts]
    assert client.addresses.cidrs() == ["10.1.0.0/22"]
    assert (Home.SUBNET, "snet-front") in homes
    assert (Home.SUBNET, "snet-back") in homes
    unowned = [part for part in client.parts if part.subnet is None]
    assert all(part.network == fold(world.app) for part in unowned)
    assert all(part.nic is None for part in client.parts)


def test_j69_outside_the_estate_private_is_on_premises_and_public_is_internet(
    world: Estate,
) -> None:
    facts = _facts(world)
    private = find_client(facts, "192.168.3.4")
    assert private.kind is ClientKind.ONPREM
    assert private.parts[0].home is Home.ONPREM
    public = find_client(facts, "203.0.113.7")
    assert public.kind is ClientKind.INTERNET
    assert public.parts[0].home is Home.INTERNET


def test_j69_public_range_used_as_network_space_is_inside() -> None:
    world = World()
    odd = world.vnet("vnet-odd", "172.1.0.0/16")
    world.subnet(odd, "snet-odd", "172.1.1.0/24")
    assert find_client(_facts(world), "172.1.1.9").parts[0].home is Home.SUBNET


def test_j69_address_of_two_networks_wants_the_network_named(world: Estate) -> None:
    twin = world.vnet("vnet-twin", "10.1.0.0/16")
    world.subnet(twin, "snet-twin", "10.1.1.0/24")
    facts = _facts(world)
    with pytest.raises(UsageError, match="lies in 2 networks") as found:
        find_client(facts, "10.1.1.7")
    assert "vnet-app" in found.value.hint
    assert "vnet-twin" in found.value.hint
    client = find_client(facts, "10.1.1.7@vnet-twin")
    assert client.parts[0].network == fold(twin)
    assert find_client(facts, f"10.1.1.7@{twin.upper()}").parts[0].network == fold(twin)


def test_on_premises_ranges_and_internet(world: Estate) -> None:
    facts = _facts(world)
    onprem = find_client(facts, "OnPrem:192.168.0.0/16")
    assert (onprem.kind, onprem.parts[0].home) == (ClientKind.ONPREM, Home.ONPREM)
    assert onprem.addresses.cidrs() == ["192.168.0.0/16"]
    everyone = find_client(facts, "Internet")
    assert everyone.kind is ClientKind.INTERNET
    assert everyone.addresses == INTERNET
    laptop = find_client(facts, "internet:203.0.113.7")
    assert laptop.addresses.cidrs() == ["203.0.113.7/32"]
    with pytest.raises(UsageError, match="not an address of the internet"):
        find_client(facts, "internet:10.1.1.4")


@pytest.mark.parametrize(
    "text", ["fd00::4", "2001:db8::/32", "onprem:fd00::/8", "internet:2001:db8::1"]
)
def test_r34_ipv6_is_explained(world: Estate, text: str) -> None:
    with pytest.raises(UsageError, match="IPv6") as found:
        find_client(_facts(world), text)
    assert "IPv4" in found.value.hint


def test_j31_ipv6_of_a_dual_subnet_is_a_note(world: Estate) -> None:
    world.subnet(world.app, "snet-dual", "10.1.5.0/24", "fd00:1::/64")
    client = find_client(_facts(world), "snet-dual")
    assert client.addresses.cidrs() == ["10.1.5.0/24"]
    assert [note.code for note in client.assumptions] == ["IPV6_NOT_JUDGED"]


def test_j31_subnet_with_ipv6_only_says_so(world: Estate) -> None:
    world.subnet(world.app, "snet-six", "fd00:1::/64")
    (part,) = find_client(_facts(world), "snet-six").parts
    assert part.has_only_ipv6


@pytest.mark.parametrize("text", ["", "10.1.2.300", "onprem:", "internet:x", "10.0.0.0/40"])
def test_texts_of_no_form_are_usage_errors(world: Estate, text: str) -> None:
    with pytest.raises(UsageError) as found:
        find_client(_facts(world), text)
    assert found.value.exit_code == 2


def test_unknown_name_gets_the_nearest_one(world: Estate) -> None:
    with pytest.raises(UsageError, match="named vnet-ap") as found:
        find_client(_facts(world), "vnet-ap")
    assert "vnet-app" in found.value.hint


def test_resource_that_is_no_client_is_refused(world: Estate) -> None:
    zone = world.zone("pg.private.postgres.database.azure.com")
    with pytest.raises(UsageError, match="not a client"):
        find_client(_facts(world), zone)
