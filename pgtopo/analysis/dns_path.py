"""Whether a DNS server can be reached on port 53."""

from pgtopo.analysis.dns_owners import Owner, OwnerKind
from pgtopo.analysis.dns_platform import Way, platform_way
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.parties import ClientPart
from pgtopo.analysis.verdict import Verdict


def reach(facts: Facts, part: ClientPart, server: str, owner: Owner) -> Way:
    """Whether a part of a client reaches a DNS server over UDP 53."""
    if owner.kind is OwnerKind.AZURE:
        return platform_way(facts, part)
    return Way(verdict=Verdict.UNKNOWN, text=f"the path to {server} is not judged.")
