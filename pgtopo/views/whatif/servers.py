"""Changes to flexible servers and their firewall rules."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.errors import UsageError
from pgtopo.model.net import parse_address
from pgtopo.model.patch import add_row, delete_row, set_value
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.views.whatif.option import Choice, Edit, Option, fresh, words_of


def of_server(facts: Facts, server: FlexibleServer) -> Iterator[Choice]:
    """Stop or start a server, close or open its public access, admit addresses."""
    shown = facts.topology.display(server.id)
    is_ready = server.state.lower() == "ready"
    start, stop = (az.server_start(shown),), (az.server_stop(shown),)
    yield Option(
        f"{'stop' if is_ready else 'start'} server {server.name}",
        (set_value(shown, "/properties/state", "Stopped" if is_ready else "Ready"),),
        stop if is_ready else start,
        start if is_ready else stop,
    )
    if server.subnet is not None:
        return
    for state in ("Disabled", "Enabled"):
        if state.lower() == server.public_access.lower():
            continue
        yield Option(
            f"public access of {server.name} {state.lower()}",
            (set_value(shown, "/properties/network/publicNetworkAccess", state),),
            (az.server_public_access(shown, state),),
        )
    rules = facts.topology.firewall_rules(server.id)
    yield _admit(shown, server, [rule.name for rule in rules])
    for rule in rules:
        yield from of_firewall_rule(facts, rule)


def _range(text: str) -> tuple[str, str]:
    words = words_of(text.replace("-", " "))
    found = [parse_address(word) for word in words]
    wrong = next((word for word, one in zip(words, found, strict=True) if one is None), "")
    if wrong:
        raise UsageError(f"{wrong!r} is no IPv4 address", _RANGE)
    low, high = found[0], found[-1]
    if len(words) > 2 or low is None or high is None or low > high:
        raise UsageError(f"{text.strip()!r} is no range", _RANGE)
    return words[0], words[-1]


_RANGE = "type FIRST or FIRST-LAST"


def _admit(shown: str, server: FlexibleServer, taken: list[str]) -> Edit:
    def make(text: str) -> Option:
        low, high = _range(text)
        body = {"startIpAddress": low, "endIpAddress": high}
        name = fresh("what-if-admits", taken)
        return Option(
            f"admit {low} to {high} at {server.name}",
            (add_row({"id": f"{shown}/firewallRules/{name}", "properties": body}),),
            (az.firewall_rule_create(shown, name, low, high),),
            (az.firewall_rule_delete(shown, name),),
        )

    return Edit(f"admit public addresses at {server.name}: FIRST-LAST", "", make)


def of_firewall_rule(facts: Facts, rule: FirewallRule) -> Iterator[Choice]:
    """Take a firewall rule out, or give it another range."""
    shown = facts.topology.display(rule.id)
    server = facts.topology.display(rule.server)
    again = (az.firewall_rule_create(server, rule.name, rule.start, rule.end),)
    gone = (az.firewall_rule_delete(server, rule.name),)
    yield Option(f"take firewall rule {rule.name} out", (delete_row(shown),), gone, again)

    def make(text: str) -> Option:
        low, high = _range(text)
        return Option(
            f"let firewall rule {rule.name} admit {low} to {high}",
            (
                set_value(shown, "/properties/startIpAddress", low),
                set_value(shown, "/properties/endIpAddress", high),
            ),
            (az.firewall_rule_update(server, rule.name, low, high),),
            (az.firewall_rule_update(server, rule.name, rule.start, rule.end),),
        )

    yield Edit(f"let firewall rule {rule.name} admit ...", f"{rule.start}-{rule.end}", make)
