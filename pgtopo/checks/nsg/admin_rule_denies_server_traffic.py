"""An admin rule that denies what a server itself needs."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import NOT_APPLICABLE, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.scope import injected_servers
from pgtopo.checks.server_needs import judged
from pgtopo.model.avnm import EffectiveAdminRules
from pgtopo.model.ids import ancestor
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT316",
    slug="admin-rule-denies-server-traffic",
    family=Family.NSG,
    title="Network Manager's admin rule denies traffic that a server needs",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.AUTH, Symptom.READ_ONLY),
    looks_at="The flows each injected server needs (5432 within its subnet and with replicas, 443"
    " to Storage and Entra ID) against the security admin rules in force on its network.",
    why="Admin rules come before every NSG. No NSG rule can give back what they deny, so the fault"
    " cannot be mended by whoever owns the network.",
    client_sees="Nothing at first; high availability degrades, Entra sign-in or replication fails.",
    confirm="az network manager list-effective-security-admin-rule --resource-group <group>"
    " --vnet-name <network>",
    fix="Ask the owner of the Network Manager for a rule above the denying one, then deploy it:\n"
    "az network manager security-admin-config rule-collection rule create --resource-group <group>"
    " --network-manager-name <manager> --configuration-name <configuration>"
    " --rule-collection-name <collection> --rule-name <rule> --kind Custom --access Allow"
    " --direction <direction> --priority <lower number> --protocol Tcp --dest-port-ranges <port>",
    unknown_when="The admin rules of the network were not read, or the subnet is not in the data.",
    sources=(
        "Security admin rules in Azure Virtual Network Manager: https://learn.microsoft.com/azure/"
        "virtual-network-manager/concept-security-admins",
    ),
    subject=FlexibleServer,
    over=injected_servers,
)
def admin_rule_denies_server_traffic(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether admin rules let the server's own flows pass, one finding per flow."""
    network = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
    if network is None:
        return NOT_APPLICABLE
    if facts.topology.admin_rules_of(network) is None:
        return unread(facts, EffectiveAdminRules.KIND, network) or NOT_APPLICABLE
    return judged(facts, server, lambda flow: flow.server == server.id, is_admin=True)
