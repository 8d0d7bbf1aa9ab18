"""Hosts that are given as addresses."""

import ipaddress


def literal(host: str) -> str | None:
    """The address a host is written as; nothing where it is a name."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return None
