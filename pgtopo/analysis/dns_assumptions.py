"""What an answer about a name may rest on beside data, and what settles each."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption, Verdict

SETTLED_BY: dict[str, str] = {
    "SUBNET_ADDRESS_CHOICE": (
        "nslookup <server>.postgres.database.azure.com from a client in the network"
    ),
    "PUBLIC_CNAME_CHAIN": (
        "nslookup -debug <server>.postgres.database.azure.com, and read the canonical name"
    ),
    "FORWARDER_BEHAVIOUR": (
        '[[dns_server]] address = "..." forwards_to = "168.63.129.16" in the settings file'
    ),
    "PLATFORM_DNS": "az network nsg rule list, looking for AzurePlatformDNS",
    "OTHER_SCOPES_UNSEEN": "collect with a login that reads the whole tenant",
    "IPV6_NOT_JUDGED": "nothing: flexible servers are reached over IPv4",
    "NIC_LEVEL_SETTINGS": "pgtopo trace --from <interface>",
    "TAKEN_AS_NONE": "pgtopo collect, or --assume-complete where the input holds everything",
}
"""Assumption code to the command, permission or setting that turns it into a fact."""


def assume(code: str, text: str, settle_with: str = "") -> Assumption:
    """An assumption with what settles it: the code's own unless given."""
    return Assumption(code, text, settle_with or SETTLED_BY.get(code, ""))


def stated(facts: Facts, code: str) -> Verdict | None:
    """What `[assumptions]` in the settings file says about a code; None where it is silent."""
    word = facts.settings.assumptions.get(code, "").lower()
    return {"allowed": Verdict.ALLOWED, "blocked": Verdict.BLOCKED}.get(word)


def merged(*groups: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """Assumptions of several sources, each once, in order."""
    return tuple(dict.fromkeys(one for group in groups for one in group))
