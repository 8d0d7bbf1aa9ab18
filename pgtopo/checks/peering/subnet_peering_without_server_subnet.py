"""A subnet peering whose lists leave out a server's subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import subnet_lists
from pgtopo.analysis.verdict import Evidence
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
from pgtopo.checks.reading import called, peering_words, settle
from pgtopo.model.ids import ArmId, ancestor, name_of
from pgtopo.model.network import Peering
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT510",
    slug="subnet-peering-without-server-subnet",
    family=Family.PEERING,
    title="Subnet peering leaves out the subnet of a server",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Peerings in networks with servers that join listed subnets only"
    " (peerCompleteVnets=false on either half): whether the servers' subnets are in both lists.",
    why="Such a peering carries traffic between the subnets that both sides list. Clients on the"
    " other side may still see a route to the server, but their packets are dropped.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering show --resource-group <group> --vnet-name <network>"
    " --name <peering> --query '[peerCompleteVnets,localSubnetNames,remoteSubnetNames]'",
    fix="Name the server's subnet on both halves, in the lists that the peering already has:\n"
    "az network vnet peering update --resource-group <group> --vnet-name <network>"
    ' --name <peering> --set localSubnetNames=\'["<server subnet>", "<other subnets>"]\'',
    unknown_when="The row says that only listed subnets are peered and has no list.",
    sources=(
        "Configure subnet peering: https://learn.microsoft.com/azure/virtual-network/"
        "how-to-configure-subnet-peering",
    ),
    subject=Peering,
)
def subnet_peering_without_server_subnet(facts: Facts, peering: Peering) -> Outcome:
    """Whether each server subnet of the peering's network is peered, one finding per subnet."""
    subnets = _server_subnets(facts).get(peering.network)
    lists = subnet_lists(facts, peering) if subnets else None
    if not subnets or lists is None:
        return NOT_APPLICABLE
    if not lists[0] and not peering.is_complete and not peering.local_subnets:
        return Unknown(
            message=f"{peering_words(facts, peering)} joins listed subnets only and lists none.",
            settle_with=settle(facts, Peering.KIND, peering.network),
        )
    other = facts.topology.reverse_of(peering)
    found = tuple(
        _left_out(facts, peering, other, subnet)
        for subnet in sorted(subnets)
        if name_of(subnet) not in lists[0]
    )
    return found or OK


def _server_subnets(facts: Facts) -> dict[ArmId, set[ArmId]]:
    """Subnets with servers, by network."""

    def gather() -> dict[ArmId, set[ArmId]]:
        found: dict[ArmId, set[ArmId]] = {}
        for server in facts.topology.all(FlexibleServer):
            network = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
            if network is not None and server.subnet is not None:
                found.setdefault(network, set()).add(server.subnet)
        return found

    return facts.once("server subnets by network", "", gather)


def _left_out(facts: Facts, peering: Peering, other: Peering | None, subnet: ArmId) -> Fail:
    evidence = [
        Evidence(half.id, f"properties.{side}SubnetNames", list(names) or None)
        for half, side, names in (
            (peering, "local", peering.local_subnets),
            (other, "remote", other.remote_subnets if other else ()),
        )
        if half is not None and not half.is_complete
    ]
    return Fail(
        message=f"{peering_words(facts, peering)} joins listed subnets only, and"
        f" {called(facts, subnet)} with its servers is not among them.",
        evidence=tuple(evidence),
        related=(subnet, *(server.id for server in facts.topology.servers_in(subnet))),
        discriminator=name_of(subnet),
    )
