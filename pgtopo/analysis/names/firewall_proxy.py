"""Whether an Azure Firewall answers DNS queries, and where it sends them.

Azure rule: with DNS proxy on, the firewall listens on port 53 and asks the servers of its policy,
Azure DNS where none are set; off is the default ("Azure Firewall DNS settings", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.firewall import AzureFirewall, FirewallPolicy
from pgtopo.model.ids import ArmId

_MOST_PARENTS = 8


class Proxy(msgspec.Struct, frozen=True, kw_only=True):
    """The DNS side of a firewall."""

    is_on: bool | None
    """None where the policy was not read."""
    servers: tuple[str, ...] = ()
    evidence: Evidence | None = None


def proxy_of(facts: Facts, firewall_id: ArmId | None) -> Proxy:
    """The DNS proxy of a firewall; a policy without DNS settings takes those of its parent."""
    firewall = facts.topology.get(AzureFirewall, firewall_id)
    if firewall is None:
        return Proxy(is_on=None)
    if firewall.policy is None:
        path = "properties.additionalProperties.Network.DNS.EnableProxy"
        return Proxy(
            is_on=bool(firewall.has_dns_proxy),
            servers=firewall.dns_servers,
            evidence=Evidence(firewall.id, path, firewall.has_dns_proxy),
        )
    return _of_policy(facts, firewall.policy)


def _of_policy(facts: Facts, policy_id: ArmId) -> Proxy:
    path = "properties.dnsSettings.enableProxy"
    at: ArmId | None = policy_id
    for _ in range(_MOST_PARENTS):
        policy = facts.topology.get(FirewallPolicy, at)
        if policy is None:
            return Proxy(is_on=None, evidence=Evidence(policy_id, path, None))
        if policy.has_dns_proxy is not None or policy.base is None:
            return Proxy(
                is_on=bool(policy.has_dns_proxy),
                servers=policy.dns_servers,
                evidence=Evidence(policy.id, path, policy.has_dns_proxy),
            )
        at = policy.base
    return Proxy(is_on=None, evidence=Evidence(policy_id, path, None))
