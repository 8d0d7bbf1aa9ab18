"""An inbound endpoint that others rely on and whose address is not fixed."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import owner_of
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import by_id
from pgtopo.model.dns import ForwardingRule, InboundEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT206",
    slug="inbound-address-may-change",
    family=Family.RESOLVER,
    title="Address of an inbound endpoint that clients use may change",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Inbound endpoints with dynamic allocation whose address is a custom DNS server of a"
    " network or the target of a forwarding rule.",
    why="When the endpoint is made anew it may get another address. Whoever was told the old one"
    " then asks nobody.",
    client_sees="could not translate host name, for every name and at once",
    confirm="az dns-resolver inbound-endpoint show --resource-group <group>"
    " --dns-resolver-name <resolver> --name <endpoint> --query ipConfigurations",
    fix="Make the endpoint anew with a static address, at a quiet hour:\n"
    "az dns-resolver inbound-endpoint create --resource-group <group>"
    " --dns-resolver-name <resolver> --name <endpoint> --location <region> --ip-configurations"
    " '[{private-ip-address:<address>,private-ip-allocation-method:Static,id:<subnet id>}]'",
    unknown_when="The endpoint is in use and its row does not state how its address is allocated.",
    sources=(
        "Azure DNS Private Resolver overview:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    subject=InboundEndpoint,
)
def inbound_address_may_change(facts: Facts, endpoint: InboundEndpoint) -> Outcome:
    """Whether an address that others were told is fixed."""
    users = [
        user
        for text in endpoint.addresses
        for user, network in _users(facts).get(text, ())
        if network is None or owner_of(facts, text, network).resource == endpoint.id
    ]
    if not users or endpoint.allocation.lower() == "static":
        return OK
    who = f"{called(facts, users[0])}{f' and {len(users) - 1} more' if len(users) > 1 else ''}"
    if not endpoint.allocation:
        return Unknown(
            message=f"Inbound endpoint {endpoint.name} is used by {who} and does not state how its"
            " address is allocated.",
            settle_with=by_id(facts, "az dns-resolver inbound-endpoint show", endpoint.id),
        )
    return Fail(
        message=f"Inbound endpoint {endpoint.name} ({', '.join(endpoint.addresses)}) is used by"
        f" {who}, and its address is {endpoint.allocation}.",
        evidence=(Evidence(endpoint.id, "properties.ipConfigurations", endpoint.allocation),),
        related=tuple(users[:20]),
    )


def _users(facts: Facts) -> dict[str, list[tuple[ArmId, ArmId | None]]]:
    """Who was told a DNS server's address: networks, and forwarding rules from anywhere."""

    def gather() -> dict[str, list[tuple[ArmId, ArmId | None]]]:
        found: dict[str, list[tuple[ArmId, ArmId | None]]] = {}
        for network in facts.topology.all(VirtualNetwork):
            for address in network.dns_servers:
                found.setdefault(address.strip(), []).append((network.id, network.id))
        for rule in facts.topology.all(ForwardingRule):
            for address in rule.targets:
                found.setdefault(address.strip(), []).append((rule.id, None))
        return found

    return facts.once("users of DNS servers", "", gather)
