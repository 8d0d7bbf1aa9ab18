"""A network security group that keeps a server from Azure Storage."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_servers
from pgtopo.checks.server_needs import confirm_rules, fix_rule, judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT304",
    slug="nsg-denies-storage",
    family=Family.NSG,
    title="NSG denies the server's way to Azure Storage",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="TCP 443 from the server's subnet to the service tag Storage of its region (and of"
    " the regions of its replicas), evaluated through admin rules and the subnet's NSG.",
    why="The server archives its transaction log to Azure Storage. When it cannot, high"
    " availability degrades, backups fall behind and the log fills the disk.",
    client_sees="Nothing at first; in the end: cannot execute ... in a read-only transaction",
    confirm=confirm_rules(Direction.OUTBOUND),
    fix=fix_rule("allow-storage-out", Direction.OUTBOUND, "Storage.<region>", 443),
    unknown_when="The subnet or its NSG cannot be read, or only address ranges decide, which may"
    " or may not hold Storage's addresses.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=rules.allow_storage,
    subject=FlexibleServer,
    over=injected_servers,
)
def nsg_denies_storage(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let the server reach Storage, one answer per region."""
    return judged(facts, server, lambda flow: flow.need is Need.STORAGE)
