"""What a subnet's verdict leaves out: interfaces with settings of their own, and IPv6."""

from collections.abc import Iterable

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption
from pgtopo.model.net import is_ipv6
from pgtopo.model.network import NetworkInterface, Subnet

_SHOWN = 5


def level_notes(facts: Facts, subnets: Iterable[Subnet]) -> tuple[Assumption, ...]:
    """The assumption that interfaces with an NSG or DNS servers of their own fare like the rest.

    A subnet or network is judged by its own NSG and DNS servers; the note names the interfaces
    that have others.
    """
    own = {
        nic.id: nic
        for subnet in subnets
        for nic in facts.topology.nics_in(subnet.id)
        if has_own_settings(nic)
    }
    if not own:
        return ()
    names = sorted(nic.name for nic in own.values())
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    text = (
        f"Judged by the subnet's NSG and DNS servers; these interfaces have their own:"
        f" {', '.join(names[:_SHOWN])}{more}."
    )
    return (assume("NIC_LEVEL_SETTINGS", text),)


def has_own_settings(nic: NetworkInterface) -> bool:
    """Whether an interface of a machine has an NSG or DNS servers of its own."""
    if nic.private_endpoint is not None:
        return False
    return nic.nsg is not None or bool(nic.dns_servers)


def ipv6_note(subnets: Iterable[Subnet]) -> tuple[Assumption, ...]:
    """The note that IPv6 addresses of these subnets are not judged, where they have any."""
    names = [s.name for s in subnets if any(is_ipv6(prefix) for prefix in s.prefixes)]
    if not names:
        return ()
    text = f"IPv6 addresses of {', '.join(dict.fromkeys(names))} are not judged."
    return (assume("IPV6_NOT_JUDGED", text),)
