"""Network interfaces, virtual machines and load balancers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.estates.base import WorldBase
from tests.estates.rows import Row, child, guid, present, reference, references


class HostParts(WorldBase):
    """What sits in subnets and has an address there."""

    def nic(
        self,
        name: str,
        subnet: str,
        ip: str | Sequence[str],
        nsg: str | None = None,
        asgs: Sequence[str] = (),
        public_ip: str | None = None,
        forwarding: bool = False,
        dns: Sequence[str] = (),
        **props: Any,
    ) -> str:
        """A network interface; several addresses make several ip configurations."""
        props.setdefault("location", self._home(subnet))
        properties: Row = {
            "provisioningState": "Succeeded",
            "resourceGuid": guid("nic", name),
            "enableIPForwarding": forwarding,
            "enableAcceleratedNetworking": False,
            "primary": True,
            "nicType": "Standard",
            "dnsSettings": {"dnsServers": list(dns), "appliedDnsServers": list(dns)},
            **present(networkSecurityGroup=reference(nsg)),
        }
        nic_id = self._add("Microsoft.Network/networkInterfaces", name, properties, props)
        addresses = [ip] if isinstance(ip, str) else list(ip)
        configurations = [
            _configuration(nic_id, number, address, subnet, asgs, public_ip)
            for number, address in enumerate(addresses, start=1)
        ]
        self.properties(nic_id).setdefault("ipConfigurations", configurations)
        for configuration in configurations:
            self._occupy(subnet, configuration["id"])
        return nic_id

    def vm(self, name: str, *nics: str, power: str = "VM running", **props: Any) -> str:
        """A virtual machine with its interfaces; `power` as the portal shows it."""
        if nics and self.has(nics[0]):
            props.setdefault("location", self.row(nics[0]).get("location"))
        code = f"PowerState/{power.removeprefix('VM ')}"
        properties: Row = {
            "provisioningState": "Succeeded",
            "vmId": guid("vm", name),
            "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "networkProfile": {
                "networkInterfaces": [
                    {"id": nic, "properties": {"primary": position == 0}}
                    for position, nic in enumerate(nics)
                ]
            },
            "extended": {
                "instanceView": {
                    "powerState": {"code": code, "displayStatus": power, "level": "Info"}
                }
            },
        }
        vm_id = self._add("Microsoft.Compute/virtualMachines", name, properties, props)
        for nic in nics:
            if self.has(nic):
                self.properties(nic)["virtualMachine"] = {"id": vm_id}
        return vm_id

    def load_balancer(
        self,
        name: str,
        subnet: str | None,
        ip: str | None,
        backends: Sequence[str] = (),
        public_ip: str | None = None,
        **props: Any,
    ) -> str:
        """A load balancer: internal with a subnet and address, else public; `backends` are NICs."""
        if subnet is not None:
            props.setdefault("location", self._home(subnet))
        props.setdefault("sku", {"name": "Standard", "tier": "Regional"})
        properties: Row = {"provisioningState": "Succeeded", "resourceGuid": guid("lb", name)}
        balancer = self._add("Microsoft.Network/loadBalancers", name, properties, props)
        front = present(
            privateIPAddress=ip,
            subnet=reference(subnet),
            publicIPAddress=reference(public_ip),
            privateIPAllocationMethod="Static" if ip else "Dynamic",
        )
        frontend = child(balancer, "frontendIPConfigurations", "frontend", front)
        members = [self._first_configuration(nic) for nic in backends]
        pool = {"backendIPConfigurations": references(members)}
        filled = self.properties(balancer)
        filled.setdefault("frontendIPConfigurations", [frontend])
        filled.setdefault(
            "backendAddressPools", [child(balancer, "backendAddressPools", "pool", pool)]
        )
        filled.setdefault("outboundRules", [])
        self._occupy(subnet, frontend["id"])
        return balancer

    def _first_configuration(self, nic: str) -> str:
        return f"{nic}/ipConfigurations/ipconfig1"


def _configuration(
    nic: str,
    number: int,
    address: str,
    subnet: str,
    asgs: Sequence[str],
    public_ip: str | None,
) -> Row:
    properties: Row = {
        "privateIPAddress": address,
        "privateIPAllocationMethod": "Static",
        "privateIPAddressVersion": "IPv6" if ":" in address else "IPv4",
        "primary": number == 1,
        "subnet": {"id": subnet},
    }
    if asgs:
        properties["applicationSecurityGroups"] = references(asgs)
    if public_ip is not None and number == 1:
        properties["publicIPAddress"] = {"id": public_ip}
    return child(nic, "ipConfigurations", f"ipconfig{number}", properties)
