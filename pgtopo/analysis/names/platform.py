"""Whether Azure DNS itself can be reached: only a rule that names its tag stands in the way.

Azure rule: Azure DNS at 168.63.129.16 is not subject to security rules unless a rule names the
service tag AzurePlatformDNS ("Network security groups", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.assumptions import assume, stated
from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import compile_nsg
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.verdict import Assumption, Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule

_TAG = "azureplatformdns"
_PORT = 53
_Said = tuple[str | None, tuple[str, ...] | None]
"""A destination as a rule has it."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Whether packets get to a DNS server on port 53."""

    verdict: Verdict
    text: str = ""
    decided_by: Evidence | None = None
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


OPEN = Way(verdict=Verdict.ALLOWED)


def platform_way(facts: Facts, part: ClientPart) -> Way:
    """Whether a part of a client reaches Azure DNS.

    Unknown when: never; a group that was not read is taken not to name the tag, as an assumption.
    """
    unread: list[ArmId] = []
    for group in _groups(facts, part):
        nsg = facts.topology.get(NetworkSecurityGroup, group)
        if nsg is not None and not names_platform_dns(facts, nsg):
            continue  # compiling it would tell no more
        compiled = compile_nsg(facts, group)
        if compiled is None:
            unread.append(group)
            continue
        rule = next((one for one in compiled.rules if _speaks_of(one, part)), None)
        if rule is not None and rule.access == "deny":
            text = f"rule {rule.name} of {called(facts, group)} denies the tag AzurePlatformDNS."
            evidence = Evidence(group, f"securityRules/{rule.name}", "Deny AzurePlatformDNS")
            return Way(verdict=Verdict.BLOCKED, text=text, decided_by=evidence)
    if not unread:
        return OPEN
    names = ", ".join(called(facts, one) for one in unread)
    if stated(facts, "PLATFORM_DNS") is Verdict.BLOCKED:
        text = f"by the settings file {names}, which was not read, denies Azure DNS."
        seen = Evidence(unread[0], "properties.securityRules", value=None)
        return Way(verdict=Verdict.BLOCKED, text=text, decided_by=seen)
    note = assume("PLATFORM_DNS", f"{names} was not read; it is taken not to deny Azure DNS.")
    return Way(verdict=Verdict.ALLOWED, assumptions=(note,))


def names_platform_dns(facts: Facts, group: NetworkSecurityGroup) -> bool:
    """Whether the destination of any custom rule names the tag AzurePlatformDNS at all."""
    return facts.once("names platform dns", group.id, lambda: _names_it(facts, group.rules))


def _names_it(facts: Facts, rules: tuple[SecurityRule, ...]) -> bool:
    naming = facts.once("naming platform dns", "", _Naming)
    for rule in rules:
        body = rule.properties
        if (
            body is not None
            and naming[body.destination_address_prefix, body.destination_address_prefixes]
        ):
            return True
    return False


class _Naming(dict[_Said, bool]):
    """Whether destinations name the tag; most rules of an estate say the same few things."""

    def __missing__(self, said: _Said) -> bool:
        one, many = said
        found = self[said] = any(_TAG in text.lower() for text in (one or "", *(many or ())))
        return found


def _groups(facts: Facts, part: ClientPart) -> list[ArmId]:
    """The security groups on the way out: the interface's, then the subnet's."""
    nic = None if part.is_whole_subnet else facts.topology.get(NetworkInterface, part.nic)
    subnet = facts.topology.get(Subnet, part.subnet)
    groups = (nic.nsg if nic else None, subnet.nsg if subnet else None)
    return [group for group in groups if group is not None]


def _speaks_of(rule: CompiledRule, part: ClientPart) -> bool:
    """Whether a rule is about UDP queries of these addresses to Azure DNS."""
    if rule.direction != "outbound" or _TAG not in rule.destination.tags:
        return False
    if rule.protocol not in ("udp", "*") or _PORT not in rule.destination_ports:
        return False
    source = rule.source
    is_named = bool(source.tags or source.asgs)
    return source.is_any or is_named or source.spans.overlaps(part.addresses)
