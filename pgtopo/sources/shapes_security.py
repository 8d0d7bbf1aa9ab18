"""What the rules of network security groups have in common, nested in a group or as rows."""

from pgtopo.model.nsg import SecurityRuleBody
from pgtopo.sources.kind import Edge

LOWEST, HIGHEST = 100, 4096
"""Priorities of custom rules."""


def note_priority(body: SecurityRuleBody | None, edge: Edge, path: str) -> None:
    """Note a custom rule whose priority Azure would not take; the rule counts nevertheless.

    Azure rule: custom rules have priorities from 100 to 4096 ("Network security groups overview",
    Microsoft Learn).
    """
    if body is None or body.priority is None or LOWEST <= body.priority <= HIGHEST:
        return
    edge.issue(f"{path}.priority", f"{body.priority} is not from {LOWEST} to {HIGHEST}")
