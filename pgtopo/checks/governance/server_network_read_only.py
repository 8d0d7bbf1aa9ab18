"""A ReadOnly lock over a server's subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.locks import lock_evidence, locks_over
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import server_subnets
from pgtopo.model.governance import Lock
from pgtopo.model.network import Subnet


@check(
    id="PGT002",
    slug="server-network-read-only",
    family=Family.GOVERNANCE,
    title="Network of a server is locked read-only",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="ReadOnly locks on each subnet with servers, on its network, resource group and"
    " subscription.",
    why="The service changes the subnet when it scales, fails over or restores a server. A"
    " ReadOnly lock can stop it in the middle.",
    client_sees="Nothing; operations on the server fail.",
    confirm="az lock list --resource-group <network's group> --query \"[?level=='ReadOnly'].id\"",
    fix="Use CanNotDelete in place of ReadOnly:\naz lock delete --ids <lock id>\n"
    "az lock create --name <lock> --lock-type CanNotDelete --resource-group <group>",
    unknown_when="The subnet is not in the data, or locks were not read in its subscription.",
    sources=(
        "Lock your resources to protect your infrastructure: https://learn.microsoft.com/azure/"
        "azure-resource-manager/management/lock-resources",
    ),
    remedy=servers.take_lock_off,
    subject=Subnet,
    over=server_subnets,
)
def server_network_read_only(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether no ReadOnly lock covers the subnet, one finding per lock."""
    found = tuple(
        Fail(
            message=f"Lock {lock.name} (ReadOnly) on {called(facts, lock.scope)} covers"
            f" {called(facts, subnet.id)} with its servers.",
            evidence=(lock_evidence(lock),),
            related=(lock.id, *(s.id for s in facts.topology.servers_in(subnet.id))),
            discriminator=lock.id,
            cause=lock.id,
        )
        for lock in locks_over(facts, subnet.id)
        if lock.level.lower() == "readonly"
    )
    return found or unread(facts, Lock.KIND, subnet.id) or OK
