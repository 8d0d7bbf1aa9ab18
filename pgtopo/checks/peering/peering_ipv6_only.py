"""A peering that carries IPv6 only."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import peering_words
from pgtopo.checks.scope import homes
from pgtopo.model.network import Peering


@check(
    id="PGT511",
    slug="peering-ipv6-only",
    family=Family.PEERING,
    title="Peering with a network of servers carries IPv6 only",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="enableOnlyIPv6Peering on the peerings of networks with servers or endpoints.",
    why="Servers in virtual networks and their private endpoints are reached over IPv4. Such a"
    " peering routes no IPv4 at all.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering show --resource-group <group> --vnet-name <network>"
    " --name <peering> --query enableOnlyIPv6Peering",
    fix="The flag cannot be taken off a peering that is in use. Make the peering anew, both"
    " halves, without it:\n"
    "az network vnet peering delete --resource-group <group> --vnet-name <network>"
    " --name <peering>\n"
    "az network vnet peering create --resource-group <group> --vnet-name <network>"
    " --name <peering> --remote-vnet <other network id> --allow-vnet-access",
    unknown_when="Never: a peering without the flag carries IPv4.",
    sources=(
        "Configure subnet peering: https://learn.microsoft.com/azure/virtual-network/"
        "how-to-configure-subnet-peering",
    ),
    subject=Peering,
)
def peering_ipv6_only(facts: Facts, peering: Peering) -> Outcome:
    """Whether the peering carries IPv4."""
    if not peering.is_ipv6_only:
        return OK
    if peering.network not in homes(facts) and peering.remote not in homes(facts):
        return NOT_APPLICABLE
    return Fail(
        message=f"{peering_words(facts, peering)} carries IPv6 only; servers use IPv4.",
        evidence=(Evidence(peering.id, "properties.enableOnlyIPv6Peering", value=True),),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )
