"""The command that confirms a check's finding, with the names of the estate filled in."""

import re
import shlex

from pgtopo.analysis.facts import Facts
from pgtopo.checks.az import az_by_id, part
from pgtopo.checks.base import AnyCheck
from pgtopo.checks.finding import Finding

_BLANK = re.compile(r"(?<= )<([^<>]+)>(?= |$)")
"""A word to fill in that stands by itself: quoted ones are left to the reader."""
_SEGMENTS = {
    "group": "resourcegroups",
    "zone": "privatednszones",
    "link": "virtualnetworklinks",
    "network": "virtualnetworks",
    "subnet": "subnets",
    "peering": "virtualnetworkpeerings",
    "nsg": "networksecuritygroups",
    "route table": "routetables",
    "server": "flexibleservers",
    "endpoint": "privateendpoints",
    "ruleset": "dnsforwardingrulesets",
}


def confirming(facts: Facts, check: AnyCheck, finding: Finding) -> str:
    """The check's own command for what it found, else one that shows the finding's subject."""
    command = check.confirm
    if "<" not in command and "\n" not in command:
        return command
    for one in (finding.subject, finding.cause, *finding.related):
        filled = _filled(command, facts.topology.display(one))
        if filled:
            return filled
    return az_by_id("resource show", ids=facts.topology.display(finding.subject))


def _filled(command: str, shown: str) -> str:
    """The command about one resource; empty where its id does not have all that is asked for."""
    asked = set(_BLANK.findall(command))
    names = {word: part(shown, _SEGMENTS[word]) for word in asked if word in _SEGMENTS}
    if len(asked) < 2 or set(names) != asked or not all(names.values()):
        return ""
    if "group" not in names or any(name.startswith("-") for name in names.values()):
        return ""
    filled = _BLANK.sub(lambda found: shlex.quote(names[found.group(1)]), command)
    if "<" in filled or "\n" in filled:
        return ""
    return f"{filled} --subscription {shlex.quote(part(shown, 'subscriptions'))}"
