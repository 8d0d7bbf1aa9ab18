"""The orders in which people expect things."""

from pgtopo.model.base import Resource
from pgtopo.model.network import Subnet

_BEHIND_ALL = 1 << 32
"""What stands behind every address."""


def by_name(resource: Resource) -> tuple[str, str]:
    """By name, then id."""
    return resource.name.lower(), resource.id


def by_address(subnet: Subnet) -> tuple[int, str, str]:
    """By first address, then name; subnets without an IPv4 address last."""
    spans = subnet.space.spans
    return spans[0].low if spans else _BEHIND_ALL, *by_name(subnet)
