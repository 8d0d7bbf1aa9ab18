"""Which addresses a network group of Virtual Network Manager stands for in an admin rule.

Azure rule: a rule that names a network group applies to the ranges of the group's members
("Security admin rules in Azure Virtual Network Manager", Microsoft Learn).
"""

from pgtopo.analysis.facts import Facts
from pgtopo.model.avnm import GroupMembership
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, union
from pgtopo.model.network import VirtualNetwork


def group_space(facts: Facts, groups: frozenset[ArmId]) -> SpanSet:
    """The ranges of all networks that are known to belong to any of these groups."""
    return facts.once("network group space", groups, lambda: _space(facts, groups))


def _space(facts: Facts, groups: frozenset[ArmId]) -> SpanSet:
    found = []
    for row in facts.topology.all(GroupMembership):
        network = facts.topology.get(VirtualNetwork, row.network)
        if network is not None and groups.intersection(row.groups):
            found.append(network.space)
    return union(found)


def are_memberships_read(facts: Facts) -> bool:
    """Whether the groups of every known network were read."""
    coverage = facts.topology.coverage
    networks = facts.topology.all(VirtualNetwork)
    return facts.once(
        "network groups read",
        0,
        lambda: all(coverage.is_read(GroupMembership.KIND, one.id) for one in networks),
    )
