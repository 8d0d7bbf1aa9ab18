"""A DNS security policy that blocks the names of servers."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import naming_of
from pgtopo.analysis.names.policy import decide_name, policies_of
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import settle
from pgtopo.checks.scope import concerned
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT123",
    slug="dns-policy-blocks-servers",
    family=Family.DNS,
    title="DNS security policy blocks the names of servers",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="DNS security policies linked to networks that have to do with servers: whether a rule"
    " with the action Block covers a server's name.",
    why="The policy is asked before any zone. A Block that covers azure.com, or everything, takes"
    " the names of servers along.",
    client_sees='could not translate host name "<server>" to address',
    confirm="az dns-resolver policy dns-security-rule list --resource-group <group>"
    " --policy-name <policy> --query '[].[priority,action.actionType,name]'",
    fix="Let the servers' names pass in a rule above the blocking one:\n"
    "az dns-resolver domain-list create --resource-group <group> --name <list>"
    " --domains '[postgres.database.azure.com.]' --location <region>\n"
    "az dns-resolver policy dns-security-rule create --resource-group <group>"
    " --policy-name <policy> --name allow-postgres --priority <lower number> --action"
    " '{action-type:Allow}' --domain-lists '[{id:<list id>}]' --location <region>",
    unknown_when="The rules of a linked policy or a domain list they name were not read.",
    sources=("DNS security policy: https://learn.microsoft.com/azure/dns/dns-security-policy",),
    subject=VirtualNetwork,
)
def dns_policy_blocks_servers(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether the network's policies let servers' names pass."""
    if not policies_of(facts, network.id).policies or network.id not in concerned(facts):
        return NOT_APPLICABLE
    doubt: Unknown | None = None
    for server in facts.topology.all(FlexibleServer):
        naming = naming_of(facts, server)
        if naming is None:
            continue
        decided = decide_name(facts, network.id, naming.fqdn)
        if decided.verdict is Verdict.BLOCKED:
            policy = decided.policy or network.id
            proof = decided.evidence or Evidence(network.id, "name", network.name)
            return Fail(
                message=f"DNS security policy {called(facts, policy)} blocks {naming.fqdn.text} in"
                f" {network.name}.",
                evidence=(proof,),
                related=(policy, server.id),
                cause=proof.resource,
            )
        if decided.verdict is Verdict.UNKNOWN and doubt is None:
            policy = decided.policy or network.id
            doubt = Unknown(
                message=f"Whether DNS security policy {called(facts, policy)} blocks"
                f" {naming.fqdn.text} in {network.name} is open: its rules or lists were not read.",
                settle_with=settle(facts, decided.missing, policy),
                related=(policy,),
            )
    return doubt or OK
