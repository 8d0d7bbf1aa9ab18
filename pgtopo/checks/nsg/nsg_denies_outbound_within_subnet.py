"""A network security group that keeps a server from sending to its own subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_servers, needs_internal_traffic
from pgtopo.checks.server_needs import judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT303",
    slug="nsg-denies-outbound-within-subnet",
    family=Family.NSG,
    title="NSG denies port 5432 out of the server's subnet to the subnet itself",
    severity=Severity.ERROR,
    grading="Error for servers with high availability or replicas, else warning.",
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="TCP 5432 from the server's subnet to the same subnet, evaluated through admin rules"
    " and the subnet's NSG, outbound.",
    why="Replication inside the subnet has to leave one server before it enters the other. An"
    " outbound deny stops it just as an inbound one does, and is forgotten more often.",
    client_sees="Nothing at first; resource health says Degraded, and a failover cuts sessions.",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --include-default --query \"[?direction=='Outbound']\" --output table",
    fix="az network nsg rule create --resource-group <group> --nsg-name <nsg>"
    " --name allow-pg-within-subnet-out --priority <number below the denying rule>"
    " --direction Outbound --access Allow --protocol Tcp"
    " --source-address-prefixes <subnet range> --destination-address-prefixes <subnet range>"
    " --destination-port-ranges 5432",
    unknown_when="The subnet, its NSG or a rule that decides cannot be read.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=rules.allow_within,
    subject=FlexibleServer,
    over=injected_servers,
)
def nsg_denies_outbound_within_subnet(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let 5432 out of the subnet to itself."""
    return judged(
        facts,
        server,
        lambda flow: flow.need is Need.WITHIN_SUBNET and flow.direction is Direction.OUTBOUND,
        severity=None if needs_internal_traffic(facts, server) else Severity.WARNING,
    )
