"""A client network that cannot reach its own DNS servers."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.shares import once
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.dns_reasons import Reason, reasons, words
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.DNS,),
    blocked=frozenset({"DNS_SERVER_UNREACHABLE"}),
    unknown=frozenset({"DNS_SERVER_PATH_UNKNOWN"}),
)


@check(
    id="PGT121",
    slug="dns-server-out-of-reach",
    family=Family.DNS,
    title="Client's network cannot reach its DNS servers",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The way of UDP 53 from the subnets of networks that are meant to reach a "
    "server to the DNS servers they are set to: NSGs, routes and peerings.",
    why="A resolver in a hub is of no use to a spoke whose NSG denies port 53 or that has no "
    "route there: every look-up then fails, that of the server among them.",
    client_sees="could not translate host name, after a long wait",
    confirm="az network vnet show --ids <client's network id> --query dhcpOptions.dnsServers",
    fix="Open UDP and TCP 53 to the DNS server, and give it a route:\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg> --name allow-dns "
    "--priority <number below the denying rule> --direction Outbound --access Allow --protocol "
    "'*' --source-address-prefixes <client range> --destination-address-prefixes <DNS server "
    "address> --destination-port-ranges 53",
    unknown_when="Something on the way to the DNS server is not in the data.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    subject=VirtualNetwork,
)
def dns_server_out_of_reach(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether packets of the network get to its DNS servers; one finding for all its servers."""
    pairs = pairs_of_network(facts, network.id)
    found: dict[Reason, list[Trouble]] = {}

    def say(facts: Facts, held: list[Trouble]) -> str:
        found.update(reasons(facts, held))
        return words(facts, found)

    outcome = judged(
        facts, pairs, _WANTED, severity=Severity.ERROR, key=lambda _: "dns servers", say=say
    )
    if not isinstance(outcome, tuple):
        return outcome
    return tuple(_proved(one, list(found)) if isinstance(one, Fail) else one for one in outcome)


def _proved(fail: Fail, found: list[Reason]) -> Fail:
    """The fault with the proof of every reason, and with what is to be mended for the first."""
    setting = fail.evidence[1:]
    proof = [seen for reason in found for seen in reason.evidence]
    blamed = [reason.blamed for reason in found if reason.blamed is not None]
    return msgspec.structs.replace(
        fail,
        evidence=once((*proof, *setting)) or fail.evidence,
        related=tuple(dict.fromkeys((*fail.related, *blamed))),
        cause=blamed[0] if blamed else fail.cause,
    )
