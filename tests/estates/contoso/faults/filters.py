"""Faults of security groups."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault, named, without
from tests.estates.rows import Row, rule


def _nsg(estate: Contoso, subnet: str) -> str:
    return str(estate.world.properties(subnet)["networkSecurityGroup"]["id"])


def _subnet(estate: Contoso, server: str) -> str:
    network = estate.world.properties(estate.servers[server])["network"]
    return str(network["delegatedSubnetResourceId"])


def _add(estate: Contoso, nsg: str, made: Row) -> None:
    made["id"] = f"{nsg}/securityRules/{made['name']}"
    made["type"] = "Microsoft.Network/networkSecurityGroups/securityRules"
    made["properties"]["provisioningState"] = "Succeeded"
    estate.world.properties(nsg)["securityRules"].append(made)


def lateral_deny(estate: Contoso) -> Fault:
    """Hardening that cut the standby off."""
    subnet = _subnet(estate, "billing")
    nsg = _nsg(estate, subnet)
    rules = estate.world.properties(nsg)["securityRules"]
    made = named(rules, "allow-postgres-in-subnet")
    made["name"] = "deny-lateral-movement"
    made["id"] = f"{nsg}/securityRules/{made['name']}"
    made["properties"]["access"] = "Deny"
    return Fault(
        "PGT302",
        estate.servers["billing"],
        "Rule deny-lateral-movement (100) denies 5432 inbound within the server's own subnet.",
        "Clients connect; the standby cannot be kept, and failover is at risk.",
        (nsg, subnet),
    )


def storage_deny(estate: Contoso) -> Fault:
    """No way to the write-ahead log archive."""
    subnet = _subnet(estate, "inventory")
    nsg = _nsg(estate, subnet)
    made = named(estate.world.properties(nsg)["securityRules"], "out-storage")
    made["name"] = "deny-storage"
    made["id"] = f"{nsg}/securityRules/{made['name']}"
    made["properties"]["access"] = "Deny"
    return Fault(
        "PGT304",
        estate.servers["inventory"],
        "Rule deny-storage (110) denies outbound 443 to Storage.",
        "Clients connect; log archiving, backup and high availability fail.",
        (nsg, subnet),
    )


def application_group(estate: Contoso) -> Fault:
    """A rule that flexible servers do not honour."""
    world = estate.world
    subnet = _subnet(estate, "crm")
    nsg = _nsg(estate, subnet)
    parts = estate.neu.crm.vnet.split("/")
    group = world.asg("asg-crm-apps", sub=parts[2], rg=parts[4], location="northeurope")
    nic = next(row["id"] for row in world.rows if row["id"].endswith("/nic-app-crm-01"))
    configuration = world.properties(nic)["ipConfigurations"][0]["properties"]
    configuration["applicationSecurityGroups"] = [{"id": group}]
    _add(
        estate,
        nsg,
        rule("allow-crm-apps", 120, "Allow", src_asgs=[group], dst="10.41.96.0/27", ports="5432"),
    )
    return Fault(
        "PGT308",
        nsg,
        "Rule allow-crm-apps (120) uses an application security group as its source.",
        "Nothing today, as rule 110 admits the same machines; the rule itself never matches.",
        (estate.servers["crm"], subnet, f"{nsg}/securityRules/allow-crm-apps"),
    )


def final_deny(estate: Contoso) -> Fault:
    """A deny-all without the allow rules that belong before it."""
    subnet = _subnet(estate, "test")
    nsg = _nsg(estate, subnet)
    properties = estate.world.properties(nsg)
    for name in ("allow-postgres-in-subnet", "allow-postgres-from-apps"):
        properties["securityRules"] = without(properties["securityRules"], name)
    return Fault(
        "PGT310",
        nsg,
        "deny-all-in (4096) comes before AllowVnetInBound (65000), and nothing admits 5432.",
        "Connection timed out, from the server's own network too.",
        (estate.servers["test"], subnet, f"{nsg}/securityRules/deny-all-in"),
    )


def client_deny(estate: Contoso) -> Fault:
    """The client's own filter says no."""
    subnet = estate.neu.reports.subnet("snet-etl-reports")
    nsg = _nsg(estate, subnet)
    _add(estate, nsg, rule("deny-postgres-out", 300, "Deny", "Outbound", ports="5432"))
    return Fault(
        "PGT312",
        subnet,
        "Rule deny-postgres-out (300) of the client's group denies outbound 5432.",
        "Connection timed out from vm-etl-reports-01 only.",
        (nsg, f"{nsg}/securityRules/deny-postgres-out", estate.servers["reports"]),
    )


FAULTS = (lateral_deny, storage_deny, application_group, final_deny, client_deny)
