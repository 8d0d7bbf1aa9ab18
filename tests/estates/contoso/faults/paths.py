"""Faults of routes and peerings."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import Fault, without
from tests.estates.rows import Row, route


def _table(estate: Contoso, subnet: str) -> str:
    return str(estate.world.properties(subnet)["routeTable"]["id"])


def _subnet(estate: Contoso, server: str) -> str:
    network = estate.world.properties(estate.servers[server])["network"]
    return str(network["delegatedSubnetResourceId"])


def _add(estate: Contoso, table: str, made: Row) -> None:
    made["id"] = f"{table}/routes/{made['name']}"
    made["type"] = "Microsoft.Network/routeTables/routes"
    made["properties"]["provisioningState"] = "Succeeded"
    estate.world.properties(table)["routes"].append(made)


def entra_through_firewall(estate: Contoso) -> Fault:
    """The exception for Entra is gone."""
    table = _table(estate, _subnet(estate, "reports"))
    properties = estate.world.properties(table)
    properties["routes"] = without(properties["routes"], "entra")
    return Fault(
        "PGT401",
        _subnet(estate, "reports"),
        "0.0.0.0/0 goes to the firewall and no route sends AzureActiveDirectory to the internet.",
        "Passwords work; sign-in with Entra fails or hangs.",
        (table, estate.servers["reports"]),
    )


def black_hole(estate: Contoso) -> Fault:
    """Everything that is not listed is dropped."""
    table = _table(estate, _subnet(estate, "search"))
    _add(estate, table, route("nowhere", "0.0.0.0/0", "None"))
    return Fault(
        "PGT404",
        _subnet(estate, "search"),
        "Route nowhere sends 0.0.0.0/0 of the server's subnet to None.",
        "Clients of this network connect; Entra sign-in fails.",
        (table, estate.servers["search"], f"{table}/routes/nowhere"),
    )


def asymmetric_inspection(estate: Contoso) -> Fault:
    """There through the firewall, back by the peering."""
    table = _table(estate, _subnet(estate, "inventory"))
    properties = estate.world.properties(table)
    properties["routes"] = without(properties["routes"], "to-portal")
    return Fault(
        "PGT411",
        estate.servers["inventory"],
        "The portal reaches the server through afw-weu, the answer goes back by the peering.",
        "Connection timed out from the portal: the firewall drops what it never saw begin.",
        (
            table,
            _subnet(estate, "inventory"),
            estate.weu.portal.vnet,
            estate.weu.portal.subnet("snet-app-portal"),
        ),
    )


def dropped_by_route(estate: Contoso) -> Fault:
    """A route that outlived a migration."""
    subnet = estate.weu.billing.subnet("snet-batch-billing")
    table = _table(estate, subnet)
    _add(estate, table, route("retired-data", "10.21.32.0/20", "None"))
    return Fault(
        "PGT417",
        subnet,
        "Route retired-data sends 10.21.32.0/20, where billing and ledger live, to None.",
        "Connection timed out from vm-batch-billing-01; its neighbours connect.",
        (
            table,
            f"{table}/routes/retired-data",
            estate.weu.billing.vnet,
            estate.servers["billing"],
            estate.servers["ledger"],
        ),
    )


def no_way_back_to_office(estate: Contoso) -> Fault:
    """Gateway routes are switched off where they are needed."""
    table = _table(estate, _subnet(estate, "crm"))
    estate.world.properties(table)["disableBgpRoutePropagation"] = True
    return Fault(
        "PGT413",
        estate.servers["crm"],
        "Route propagation is off on the server's subnet, and no route leads to the office "
        "(192.168.128.0/17).",
        "Connection timed out from the northern office: answers are dropped.",
        (table, _subnet(estate, "crm")),
        is_declared_only=True,
    )


def _half(a: str, b: str) -> str:
    names = [one.rsplit("/", 1)[-1] for one in (a, b)]
    return f"{a}/virtualNetworkPeerings/peer-{names[0]}-to-{names[1]}"


def disconnected(estate: Contoso) -> Fault:
    """One side was deleted and made anew, the other still remembers."""
    mobile, shop = estate.neu.mobile.vnet, estate.neu.shop.vnet
    mine, theirs = _half(mobile, shop), _half(shop, mobile)
    estate.world.properties(mine).update(
        peeringState="Disconnected", peeringSyncLevel="RemoteNotInSync"
    )
    estate.world.properties(theirs).update(
        peeringState="Initiated", peeringSyncLevel="RemoteNotInSync"
    )
    return Fault(
        "PGT501",
        mine,
        "This half is Disconnected and the other one Initiated.",
        "Connection timed out from the mobile network to the shop server.",
        (theirs, mobile, shop),
    )


def one_sided(estate: Contoso) -> Fault:
    """Only the partner network knows of the peering."""
    partner, shop = estate.neu.partner.vnet, estate.neu.shop.vnet
    mine = _half(partner, shop)
    estate.world.remove(_half(shop, partner))
    estate.world.properties(mine).update(
        peeringState="Initiated", peeringSyncLevel="RemoteNotInSync"
    )
    return Fault(
        "PGT502",
        mine,
        "vnet-shop-neu has no peering back to vnet-partner-neu.",
        "Connection timed out from the partner network to the shop server.",
        (partner, shop),
    )


def out_of_sync(estate: Contoso) -> Fault:
    """The peering is older than the range that holds the server."""
    mobile, crm = estate.neu.mobile.vnet, estate.neu.crm.vnet
    mine = _half(mobile, crm)
    estate.world.properties(mine).update(
        peeringSyncLevel="RemoteNotInSync",
        remoteAddressSpace={"addressPrefixes": ["10.41.16.0/20"]},
    )
    return Fault(
        "PGT503",
        mine,
        "remoteAddressSpace lacks 10.41.96.0/24, the later range that holds the crm server.",
        "Connection timed out from the mobile network to the crm server.",
        (mobile, crm),
    )


FAULTS = (
    entra_through_firewall,
    black_hole,
    asymmetric_inspection,
    no_way_back_to_office,
    dropped_by_route,
    disconnected,
    one_sided,
    out_of_sync,
)
