"""Who owns what: subscriptions, regions, address ranges and on-premises ranges of Contoso."""

from __future__ import annotations

from dataclasses import dataclass

CONNECTIVITY = "3f1c9a54-8d27-4b6e-a0f3-6c52d9e7b118"
PROD = "a7d04e2b-51c8-4f39-9b7d-e12f60c3845a"
NONPROD = "c95b7f10-2ae4-4d83-8c61-0b94f7d2e36f"

SUBSCRIPTIONS = {
    CONNECTIVITY: "contoso-connectivity",
    PROD: "contoso-prod",
    NONPROD: "contoso-nonprod",
}

WEU = "westeurope"
NEU = "northeurope"

PRIVATELINK = "privatelink.postgres.database.azure.com"

#: The spokes of each hub as route prefixes: production and everything else.
WEU_PROD = "10.21.0.0/16"
WEU_NONPROD = "10.22.0.0/16"
NEU_PROD = "10.41.0.0/16"

#: The one network of the north that the west reaches through its own firewall.
ORDERS_NEU = "10.41.0.0/20"

OFFICE_WEU = "192.168.0.0/17"
OFFICE_NEU = "192.168.128.0/17"

#: Public addresses of the NAT gateways; the office's line to the internet.
NAT_WEB = "20.73.180.14"
NAT_PARTNER = "20.82.14.20"
NAT_MOBILE = "20.82.14.61"
OFFICE_LINE = "20.105.208.130"

GROUPS = {
    CONNECTIVITY: ("rg-hub-weu", "rg-hub-neu", "rg-dns-global"),
    PROD: (
        "rg-orders-weu",
        "rg-orders-neu",
        "rg-billing-weu",
        "rg-data-weu",
        "rg-web-weu",
        "rg-analytics-weu",
        "rg-identity-weu",
        "rg-inventory-weu",
        "rg-portal-weu",
        "rg-backoffice-weu",
        "rg-crm-neu",
        "rg-reports-neu",
        "rg-shop-neu",
        "rg-partner-neu",
        "rg-mobile-neu",
        "rg-dns-prod",
    ),
    NONPROD: ("rg-dev-weu", "rg-test-weu", "rg-sandbox-weu", "rg-dns-nonprod"),
}


@dataclass(frozen=True)
class Hub:
    """What a spoke needs to know of its region's hub."""

    vnet: str
    firewall: str
    dns: tuple[str, str]
    office: str
    region: str
    gateway_subnet: str
    endpoint_subnet: str | None = None


def group_location(name: str) -> str:
    """The region that a resource group's name tells."""
    return NEU if name.endswith("-neu") else WEU
