"""The az commands for forwarding rulesets, which take the extension dns-resolver."""

from pgtopo.checks.az import az, part


def ruleset_link_delete(link: str) -> str:
    """Take a forwarding ruleset off a network (az extension dns-resolver)."""
    found = az(
        "dns-resolver vnet-link delete",
        link,
        ruleset_name=part(link, "dnsforwardingrulesets"),
        name=part(link, "virtualnetworklinks"),
    )
    return f"{found} --yes"


def ruleset_link_create(link: str, network: str) -> str:
    """Let a network use a forwarding ruleset (az extension dns-resolver)."""
    return az(
        "dns-resolver vnet-link create",
        link,
        ruleset_name=part(link, "dnsforwardingrulesets"),
        name=part(link, "virtualnetworklinks"),
        id=network,
    )


def forwarding_rule_state(ruleset: str, name: str, state: str) -> str:
    """Switch a rule of a forwarding ruleset (az extension dns-resolver)."""
    return az(
        "dns-resolver forwarding-rule update",
        ruleset,
        ruleset_name=part(ruleset, "dnsforwardingrulesets"),
        name=name,
        forwarding_rule_state=state,
    )
