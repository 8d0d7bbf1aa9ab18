"""An admin rule that seems to protect a private endpoint."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import compile_admin_rule
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    check,
)
from pgtopo.checks.endpoints import address_space
from pgtopo.checks.reading import called, unread
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.avnm import AdminRule, EffectiveAdminRules
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ancestor
from pgtopo.model.net import SpanSet


@check(
    id="PGT318",
    slug="admin-rule-beside-endpoint",
    family=Family.NSG,
    title="Network Manager's admin rule does not protect a private endpoint",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Inbound Deny admin rules for 5432 on networks with private endpoints to servers.",
    why="Security admin rules are not applied to private endpoints. Whoever relies on such a rule"
    " to keep clients from the server is mistaken.",
    client_sees="Nothing; clients that should be refused get through to the sign-in.",
    confirm="az network manager list-effective-security-admin-rule --resource-group <group>"
    " --vnet-name <network>",
    fix="Let the subnet's NSG apply to endpoints and deny the clients there:\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --private-endpoint-network-policies NetworkSecurityGroupEnabled\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg> --name deny-guests"
    " --priority <number> --direction Inbound --access Deny --protocol Tcp"
    " --source-address-prefixes <client ranges> --destination-port-ranges 5432",
    unknown_when="The admin rules of the endpoint's network were not read.",
    sources=(
        "Azure Virtual Network Manager FAQ: https://learn.microsoft.com/azure/"
        "virtual-network-manager/faq",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def admin_rule_beside_endpoint(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether no admin rule of the network only seems to protect the endpoint."""
    network = ancestor(endpoint.subnet, "virtualnetworks") if endpoint.subnet else None
    if network is None:
        return NOT_APPLICABLE
    held = facts.topology.admin_rules_of(network)
    if held is None:
        return unread(facts, EffectiveAdminRules.KIND, network) or NOT_APPLICABLE
    addresses = address_space(facts, endpoint)
    rule = next((one for one in held.rules if _seems_to_protect(one, addresses)), None)
    if rule is None:
        return OK
    return Fail(
        message=f"Admin rule {rule.name} denies 5432 in {called(facts, network)}, but does not"
        f" apply to private endpoint {endpoint.name} there.",
        certainty=Certainty.LIKELY,
        evidence=(Evidence(rule.id, "properties.access", rule.access),),
        related=(network, rule.id),
        cause=rule.id,
    )


def _seems_to_protect(rule: AdminRule, addresses: SpanSet) -> bool:
    """Whether a rule denies 5432 to the endpoint, had Azure applied it there."""
    if rule.access.lower() != "deny" or rule.direction.lower() != "inbound":
        return False
    compiled = compile_admin_rule(rule)
    place = compiled.destination
    is_elsewhere = not place.is_any and not place.tags and addresses
    if is_elsewhere and not place.spans.overlaps(addresses):
        return False
    return compiled.protocol in ("*", "tcp") and 5432 in compiled.destination_ports
