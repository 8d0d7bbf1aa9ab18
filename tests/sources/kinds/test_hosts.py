"""Virtual machines, public addresses, NAT gateways and load balancers."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.network import (
    LoadBalancer,
    NatGateway,
    PublicIp,
    PublicIpPrefix,
    VirtualMachine,
)
from pgtopo.sources.registry import kinds
from tests.sources.kinds.reading import GROUP, NET, SUBNET, one, read, ref

NIC = f"{NET}/networkInterfaces/nic-app"


def row(arm_type: str, name: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{GROUP}/providers/{arm_type}/{name}",
        "name": name,
        "type": arm_type.lower(),
        "location": "westeurope",
        "properties": properties,
    }


def vm(**properties: Any) -> dict[str, Any]:
    profile = {"networkInterfaces": [ref(NIC), None]}
    return row("Microsoft.Compute/virtualMachines", "vm-app", networkProfile=profile, **properties)


@pytest.mark.parametrize(
    "view",
    [
        {"extended": {"instanceView": {"powerState": {"code": "PowerState/running"}}}},
        {
            "instanceView": {
                "statuses": [
                    None,
                    {"code": "ProvisioningState/succeeded"},
                    {"code": "PowerState/running"},
                ]
            }
        },
    ],
)
def test_a_machine_and_its_power_state(view: dict[str, Any]) -> None:
    found = one(vm(**view), VirtualMachine)
    assert (found.nics, found.power_state) == ((fold(NIC),), "PowerState/running")


@pytest.mark.parametrize("view", [{}, {"extended": {}}, {"extended": {"instanceView": {}}}])
def test_a_machine_of_unknown_power_state(view: dict[str, Any]) -> None:
    assert one(vm(**view), VirtualMachine).power_state == ""


def test_quirk_76_only_the_needed_paths_of_a_machine_are_asked_for() -> None:
    columns = kinds()[VirtualMachine.KIND].columns
    assert columns == ("networkProfile.networkInterfaces", "extended.instanceView.powerState")


def test_quirk_13_public_addresses_in_either_spelling() -> None:
    made = row(
        "Microsoft.Network/publicIpAddresses",
        "pip",
        ipAddress="20.50.1.7",
        ipConfiguration=ref(f"{NIC}/ipConfigurations/ipconfig1"),
    )
    found = one(made, PublicIp)
    assert found.id == fold(f"{NET}/publicIPAddresses/pip")
    assert found.address == "20.50.1.7"
    assert found.configuration == fold(f"{NIC}/ipConfigurations/ipconfig1")
    assert one(row("Microsoft.Network/publicIPAddresses", "pip"), PublicIp).address == ""


def test_a_public_prefix() -> None:
    made = row("Microsoft.Network/publicIPPrefixes", "ippre", ipPrefix="20.60.8.0/29")
    assert one(made, PublicIpPrefix).prefix == "20.60.8.0/29"
    odd = read(row("Microsoft.Network/publicIPPrefixes", "ippre", ipPrefix="twenty"))
    assert odd.of(PublicIpPrefix)[0].prefix == "twenty"
    assert [issue.path for issue in odd.issues] == ["properties.ipPrefix"]


def test_a_nat_gateway() -> None:
    made = row(
        "Microsoft.Network/natGateways",
        "nat",
        publicIpAddresses=[ref(f"{NET}/publicIPAddresses/pip"), ref(None)],
        publicIpPrefixes=[ref(f"{NET}/publicIPPrefixes/ippre")],
        subnets=[ref(SUBNET)],
    )
    found = one(made, NatGateway)
    assert found.public_ips == (fold(f"{NET}/publicIPAddresses/pip"),)
    assert found.public_prefixes == (fold(f"{NET}/publicIPPrefixes/ippre"),)
    assert found.subnets == (fold(SUBNET),)


def balancer() -> dict[str, Any]:
    base = f"{NET}/loadBalancers/lb-nva"
    member = f"{NIC}/ipConfigurations/ipconfig1"
    by_address = {
        "name": "a",
        "properties": {
            "ipAddress": "10.20.5.5",
            "networkInterfaceIPConfiguration": ref(f"{NIC}-2/ipConfigurations/ipconfig1"),
        },
    }
    pool = {
        "backendIPConfigurations": [ref(member), None],
        "loadBalancerBackendAddresses": [by_address, {"name": "b"}],
    }
    return row(
        "Microsoft.Network/loadBalancers",
        "lb-nva",
        frontendIPConfigurations=[
            {
                "id": f"{base}/frontendIPConfigurations/private",
                "properties": {"privateIPAddress": "10.20.5.10", "subnet": ref(SUBNET)},
            },
            {
                "id": f"{base}/frontendIPConfigurations/public",
                "properties": {"publicIPAddress": ref(f"{NET}/publicIPAddresses/pip")},
            },
        ],
        backendAddressPools=[{"name": "pool", "properties": pool}, {"name": "empty"}, None],
        outboundRules=[
            {
                "properties": {
                    "frontendIPConfigurations": [ref(f"{base}/frontendIPConfigurations/public")]
                }
            },
            None,
        ],
    ) | {"sku": {"name": "Standard", "tier": "Regional"}}


def test_a_load_balancer() -> None:
    found = one(balancer(), LoadBalancer)
    private, public = found.frontends
    assert (private.address, private.subnet) == (0x0A14050A, fold(SUBNET))
    assert public.public_ip == fold(f"{NET}/publicIPAddresses/pip")
    assert found.backends == (
        fold(f"{NIC}/ipConfigurations/ipconfig1"),
        fold(f"{NIC}-2/ipConfigurations/ipconfig1"),
    )
    assert found.outbound_frontends == (public.id,)
    assert found.sku == "Standard"


def test_a_load_balancer_without_anything() -> None:
    found = one(row("Microsoft.Network/loadBalancers", "lb"), LoadBalancer)
    assert (found.frontends, found.backends, found.outbound_frontends) == ((), (), ())
