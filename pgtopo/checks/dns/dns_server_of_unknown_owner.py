"""A network that asks a DNS server nobody in the data owns."""

import json
from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.scope import concerned
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT117",
    slug="dns-server-of-unknown-owner",
    family=Family.DNS,
    title="Network asks a DNS server that is not in the data",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="The custom DNS servers of networks that have to do with servers: whether an"
    " interface, a resolver's inbound endpoint or a firewall has the address.",
    why="What such a server answers depends on where it stands and where it forwards to. Unless"
    " that is known, no name can be judged for the clients of the network.",
    client_sees="Nothing by itself; verdicts about names stay open.",
    confirm="nslookup <server>.postgres.database.azure.com <DNS server address>",
    fix="Tell pgtopo how the DNS server behaves, in the settings file:\n"
    '[[dns_server]]\naddress = "<DNS server address>"\nforwards_to = "168.63.129.16"\n'
    'network = "<id of the network that its queries come from>"',
    unknown_when="Nothing in the data has the address; that is all this check tells.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/"
        "azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
    ),
    subject=VirtualNetwork,
    never_fails=True,
)
def dns_server_of_unknown_owner(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether the owner of each custom DNS server is known, one answer per address."""
    if not network.dns_servers or network.id not in concerned(facts):
        return NOT_APPLICABLE
    return tuple(_open(facts, network)) or OK


def _open(facts: Facts, network: VirtualNetwork) -> Iterator[Unknown]:
    declared = {fact.address.strip() for fact in facts.settings.dns_servers}
    for address in dict.fromkeys(network.dns_servers):
        owner = owner_of(facts, address, network.id)
        if owner.kind is not OwnerKind.UNKNOWN or address.strip() in declared:
            continue
        who = "several things in the data have" if owner.others else "nothing in the data has"
        yield Unknown(
            message=f"Network {network.name} asks DNS server {address}; {who} that address.",
            settle_with=_line(facts, address),
            evidence=(
                Evidence(
                    network.id, "properties.dhcpOptions.dnsServers", list(network.dns_servers)
                ),
            ),
            discriminator=address,
        )


def _line(facts: Facts, address: str) -> str:
    """One line for the settings file that says how a DNS server behaves, what stands there kept."""
    known = [(one.address, one.forwards_to, one.network) for one in facts.settings.dns_servers]
    entries = ", ".join(_entry(*one) for one in (*known, (address, "168.63.129.16", "")))
    where = "in place of the [[dns_server]] entries" if known else "above the first [table]"
    return f"dns_server = [{entries}]  # in the settings file, {where}, if it forwards there"


def _entry(address: str, forwards_to: str, network: str) -> str:
    """One inline table; strings of JSON are strings of TOML."""
    fields = {"address": address.strip(), "forwards_to": forwards_to, "network": network}
    told = (f"{key} = {json.dumps(value)}" for key, value in fields.items() if value)
    return f"{{ {', '.join(told)} }}"
