"""Rules of Azure Firewalls: the same in a policy's collections and in a firewall's own."""

from pgtopo.model.firewall import NetworkRule
from pgtopo.model.ids import ArmId
from pgtopo.sources.kind import Edge, Wire
from pgtopo.sources.shapes import domain, texts

UNSET_PRIORITY = 65000
"""The lowest priority a collection may have; used where a row does not say."""


class Action(Wire, frozen=True):
    """What a collection does."""

    type: str | None = None


class FirewallRule(Wire, frozen=True):
    """One rule; classic rules have `protocols`, those of policies `ipProtocols`."""

    name: str | None = None
    rule_type: str | None = None
    ip_protocols: list[str | None] | None = None
    source_addresses: list[str | None] | None = None
    source_ip_groups: list[str | None] | None = None
    destination_addresses: list[str | None] | None = None
    destination_ip_groups: list[str | None] | None = None
    destination_fqdns: list[str | None] | None = None
    destination_ports: list[str | None] | None = None


class ClassicRule(FirewallRule, frozen=True):
    """A network rule kept in the firewall itself."""

    protocols: list[str | None] | None = None


def build_rule(
    found: FirewallRule, protocols: list[str | None] | None, path: str, edge: Edge
) -> NetworkRule:
    """A network rule as written, its IP groups folded."""
    return NetworkRule(
        name=found.name or "",
        protocols=texts(protocols),
        sources=texts(found.source_addresses),
        source_groups=_groups(found.source_ip_groups, f"{path}.sourceIpGroups", edge),
        destinations=texts(found.destination_addresses),
        destination_groups=_groups(
            found.destination_ip_groups, f"{path}.destinationIpGroups", edge
        ),
        destination_fqdns=tuple(domain(text) for text in texts(found.destination_fqdns)),
        ports=texts(found.destination_ports),
    )


def _groups(found: list[str | None] | None, path: str, edge: Edge) -> tuple[ArmId, ...]:
    ids = [edge.fold(text, path) for text in texts(found)]
    return tuple(one for one in ids if one is not None)
