"""Network security groups that keep a replica and its primary apart."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import NOT_APPLICABLE, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import not_visible
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_replicas
from pgtopo.checks.server_needs import judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT307",
    slug="nsg-denies-replication",
    family=Family.NSG,
    title="NSG denies port 5432 between a replica and its primary",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="TCP 5432 in both directions between the subnets of each replica and its primary,"
    " evaluated through admin rules and both subnets' NSGs.",
    why="The replica follows its primary over port 5432, and after a promotion the other way"
    " round. Where one direction is denied, replication breaks or will break at the worst moment.",
    client_sees="Old data on the replica; after a promotion the other server stays behind.",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --include-default --output table",
    fix="Allow the flow in both subnets' NSGs, inbound and outbound:\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg>"
    " --name allow-pg-replication --priority <number below the denying rule>"
    " --direction <Inbound or Outbound> --access Allow --protocol Tcp"
    " --source-address-prefixes <one subnet range>"
    " --destination-address-prefixes <other subnet range> --destination-port-ranges 5432",
    unknown_when="The primary, a subnet or an NSG cannot be read.",
    sources=(
        "Read replicas in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/read-replica/concepts-read-replicas",
    ),
    remedy=rules.allow_replication,
    subject=FlexibleServer,
    over=injected_replicas,
)
def nsg_denies_replication(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether filters let 5432 pass both ways between the pair."""
    source = replica.source_server
    if source is None:
        return NOT_APPLICABLE
    if facts.topology.get(FlexibleServer, source) is None:
        return not_visible(facts, FlexibleServer.KIND, source)
    return judged(
        facts, replica, lambda flow: flow.need is Need.REPLICATION and flow.peer == source
    )
