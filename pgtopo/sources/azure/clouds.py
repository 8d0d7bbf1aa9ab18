"""The clouds of Azure: where to log in, where to ask, and for what a token is.

Azure rule: endpoints per national cloud ("Azure national clouds", Microsoft Learn). In Azure
Government the token is for another host than the one that is asked.
"""

from enum import Enum

import msgspec


class Cloud(Enum):
    """A cloud as it is named on the command line."""

    PUBLIC = "public"
    USGOV = "usgov"
    CHINA = "china"


class Endpoints(msgspec.Struct, frozen=True):
    """What differs between clouds."""

    arm: str
    """Where Resource Manager answers, without a trailing slash."""
    token_scope: str
    login: str
    """Host that gives tokens out."""
    az_name: str
    """What `az cloud set --name` calls it."""


_ENDPOINTS = {
    Cloud.PUBLIC: Endpoints(
        "https://management.azure.com",
        "https://management.azure.com/.default",
        "login.microsoftonline.com",
        "AzureCloud",
    ),
    Cloud.USGOV: Endpoints(
        "https://management.usgovcloudapi.net",
        "https://management.core.usgovcloudapi.net/.default",
        "login.microsoftonline.us",
        "AzureUSGovernment",
    ),
    Cloud.CHINA: Endpoints(
        "https://management.chinacloudapi.cn",
        "https://management.chinacloudapi.cn/.default",
        "login.chinacloudapi.cn",
        "AzureChinaCloud",
    ),
}


def endpoints(cloud: Cloud) -> Endpoints:
    """Where a cloud is found."""
    return _ENDPOINTS[cloud]
