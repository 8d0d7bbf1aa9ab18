"""Findings that follow from the faults without being laid on by themselves."""

from __future__ import annotations

from tests.estates.contoso.base import Contoso
from tests.estates.contoso.faults.fault import SideEffect


def expected(estate: Contoso) -> list[SideEffect]:
    """What else may be reported at error or warning level, and which fault brings it."""
    world, servers = estate.world, estate.servers
    partner, shop = estate.neu.partner.vnet, estate.neu.shop.vnet
    fax = next(row for row in world.rows if row["name"] == "psql-fax-legacy-weu")
    loyalty = next(row["id"] for row in world.rows if row["name"] == "psql-loyalty-prod-weu")
    return [
        SideEffect(
            "PGT301",
            servers["test"],
            "PGT310: its own network and the western hub are clients by the zone's links.",
        ),
        SideEffect(
            "PGT302",
            servers["test"],
            "PGT310: without the allow rules, 5432 within the server's subnet is denied too.",
        ),
        SideEffect(
            "PGT501",
            f"{partner}/virtualNetworkPeerings/peer-vnet-partner-neu-to-vnet-shop-neu",
            "PGT502: the half that is left stays Initiated.",
        ),
        SideEffect(
            "PGT501",
            f"{shop}/virtualNetworkPeerings/peer-vnet-shop-neu-to-vnet-mobile-neu",
            "PGT501: the other half of the same peering.",
        ),
        SideEffect(
            "PGT604",
            fax["properties"]["network"]["delegatedSubnetResourceId"],
            "PGT603: so small a subnet is nearly full with one server.",
        ),
        SideEffect(
            "PGT804",
            loyalty,
            "PGT901: with the endpoint pending and public access off, nobody gets in.",
        ),
    ]
