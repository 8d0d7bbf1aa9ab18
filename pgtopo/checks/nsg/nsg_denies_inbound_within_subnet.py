"""A network security group that keeps servers of one subnet from one another."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_servers, needs_internal_traffic
from pgtopo.checks.server_needs import judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT302",
    slug="nsg-denies-inbound-within-subnet",
    family=Family.NSG,
    title="NSG denies port 5432 into the server's subnet from the subnet itself",
    severity=Severity.ERROR,
    grading="Error for servers with high availability or replicas, else warning.",
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="TCP 5432 from the server's subnet to the same subnet, evaluated through admin rules"
    " and the subnet's NSG, inbound.",
    why="A server and its standby talk to each other inside the subnet, and an NSG filters traffic"
    " within a subnet, too. Default rules let it pass; a deny-all above them does not.",
    client_sees="Nothing at first; resource health says Degraded, and a failover cuts sessions.",
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg>"
    " --include-default --query \"[?direction=='Inbound']\" --output table",
    fix="az network nsg rule create --resource-group <group> --nsg-name <nsg>"
    " --name allow-pg-within-subnet-in --priority <number below the denying rule>"
    " --direction Inbound --access Allow --protocol Tcp"
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
def nsg_denies_inbound_within_subnet(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let 5432 into the subnet from itself."""
    return judged(
        facts,
        server,
        lambda flow: flow.need is Need.WITHIN_SUBNET and flow.direction is Direction.INBOUND,
        severity=None if needs_internal_traffic(facts, server) else Severity.WARNING,
    )
