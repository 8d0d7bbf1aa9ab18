"""What verdicts may rest on beside data: every assumption, its default and what settles it.

A user who knows better writes `CODE = "allowed"` or `CODE = "blocked"` under `[assumptions]` in the
settings file: the verdict then follows that and no longer carries the assumption.
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption, Verdict


class AssumptionKind(msgspec.Struct, frozen=True):
    """One thing that data cannot show and that can change a verdict."""

    title: str
    default: str
    """What is taken to hold without a statement, in a few words."""
    settle_with: str
    """The command, permission or setting that turns it into a fact."""
    is_settable: bool = True
    """Whether `[assumptions] CODE = "allowed|blocked"` overrides it."""


ASSUMPTIONS: dict[str, AssumptionKind] = {
    "SUBNET_ADDRESS_CHOICE": AssumptionKind(
        "Which address of the delegated subnet is the server's",
        "any address that the zone holds in that subnet",
        "nslookup <server>.postgres.database.azure.com from a client in the network",
    ),
    "PUBLIC_CNAME_CHAIN": AssumptionKind(
        "The server's public name is an alias for a name in its private zone",
        "the alias is published in public DNS",
        "nslookup -debug <server>.postgres.database.azure.com, and read the canonical name",
    ),
    "FORWARDER_BEHAVIOUR": AssumptionKind(
        "A DNS server passes the server's name on to Azure DNS",
        "unknown",
        'dns_server = [{ address = "...", forwards_to = "168.63.129.16" }]  # in the settings file',
    ),
    "APPLIANCE_SNAT": AssumptionKind(
        "Whether a network appliance translates the source address",
        "unknown",
        'appliance = [{ address = "...", snat = true }]  # or false; in the settings file',
    ),
    "ONE_WAY_STEERING": AssumptionKind(
        "Only one direction passes an appliance that keeps state",
        "blocked by an Azure Firewall, unknown at any other appliance",
        'appliance = [{ address = "...", snat = true }]  # or false; in the settings file',
    ),
    "TAG_WITH_DEFAULT_ROUTE": AssumptionKind(
        "Whether the VirtualNetwork tag contains everything where a default route is steered",
        "unknown",
        "az network nic list-effective-nsg on an interface of that subnet",
    ),
    "FORWARDED_TRAFFIC_FLAG": AssumptionKind(
        "Whether allowForwardedTraffic=false blocks, or only narrows the VirtualNetwork tag",
        "blocked, unknown where a rule admits the source explicitly",
        "az network vnet peering update --set allowForwardedTraffic=true",
    ),
    "NO_VNET_ACCESS_WITH_ALLOW": AssumptionKind(
        "Whether allowVirtualNetworkAccess=false blocks where a rule admits the peer explicitly",
        "unknown",
        "az network watcher test-ip-flow from a machine in the peer",
    ),
    "PLATFORM_DNS": AssumptionKind(
        "Azure DNS at 168.63.129.16 can be reached from the subnet",
        "it can: only a rule that names the tag AzurePlatformDNS stands in its way",
        "az network nsg rule list, looking for AzurePlatformDNS",
    ),
    "DEFAULT_OUTBOUND_ADDRESS": AssumptionKind(
        "The public address that Azure lends to a machine without one of its own",
        "unknown; none where defaultOutboundAccess is false",
        "curl https://ifconfig.me from the client",
    ),
    "SQL_TAG": AssumptionKind(
        "Whether the service tag Sql covers flexible servers",
        "unknown",
        "az network list-service-tags --location <region>",
    ),
    "ADMIN_RULES_UNSEEN": AssumptionKind(
        "No security admin rule of a Virtual Network Manager denies the flow",
        "none does",
        "Reader on the subscription of the Virtual Network Manager, then collect again",
    ),
    "OTHER_SCOPES_UNSEEN": AssumptionKind(
        "Nothing in a subscription that was not read changes the answer",
        "nothing does",
        "collect with a login that reads the whole tenant",
    ),
    "ONPREM_DEVICE": AssumptionKind(
        "The VPN device or router at the other end lets the flow pass both ways",
        "it does",
        "ask who runs the network on premises",
    ),
    "CLIENT_PROFILE": AssumptionKind(
        "The VPN client's profile holds the routes of today",
        "unknown",
        "download the VPN client profile again",
    ),
    "IPV6_NOT_JUDGED": AssumptionKind(
        "IPv6 addresses of a client are left out",
        "the client uses IPv4",
        "nothing: flexible servers are reached over IPv4",
        is_settable=False,
    ),
    "NIC_LEVEL_SETTINGS": AssumptionKind(
        "Interfaces with an NSG or DNS servers of their own fare like their subnet",
        "they do",
        "pgtopo trace --from <interface>",
        is_settable=False,
    ),
    "NIC_PUBLIC_ADDRESS": AssumptionKind(
        "No interface of the subnet has a public address of its own",
        "none has",
        "Reader on microsoft.network/networkinterfaces, then collect again",
        is_settable=False,
    ),
    "TAKEN_AS_NONE": AssumptionKind(
        "A kind of resource that the input does not speak of does not exist",
        "there is none",
        "pgtopo collect, or --assume-complete where the input holds everything",
        is_settable=False,
    ),
    "APPLIANCE_RULES": AssumptionKind(
        "What a network appliance lets through",
        "unknown",
        'appliance = [{ address = "...", allows = ["10.0.0.0/8"] }]  # in the settings file',
    ),
    "TAG_MEMBERSHIP": AssumptionKind(
        "Which addresses a service tag covers",
        "unknown",
        "az network list-service-tags --location <region>",
    ),
    "PUBLIC_ADDRESS_UNSEEN": AssumptionKind(
        "The public address of a service, against a rule that names addresses",
        "unknown",
        "nslookup <server>.postgres.database.azure.com",
    ),
    "ASG_MEMBERS_UNSEEN": AssumptionKind(
        "Which interfaces belong to an application security group",
        "unknown",
        "Reader on microsoft.network/networkinterfaces, then collect again",
    ),
    "SOURCE_PORT": AssumptionKind(
        "Which source port the client picks, against a rule that looks at it",
        "unknown",
        "on the client: sysctl net.ipv4.ip_local_port_range (Windows: netsh int ipv4 show"
        " dynamicport tcp)",
    ),
    "PRIORITY_TIE": AssumptionKind(
        "Which of two rules with one priority comes first",
        "unknown",
        "az network nsg rule list",
    ),
    "PEERING_STATE_UNSEEN": AssumptionKind(
        "Whether a peering without a stated state is Connected",
        "unknown",
        "az network vnet peering list",
    ),
    "FORWARDING_UNSEEN": AssumptionKind(
        "Whether an interface or peering that does not say so lets forwarded packets pass",
        "unknown",
        "az network nic show --query enableIPForwarding; az network vnet peering show"
        " --query allowForwardedTraffic",
    ),
    "PEERINGS_OVERLAP": AssumptionKind(
        "Which of two peerings that claim one range carries it",
        "unknown",
        "az network nic show-effective-route-table",
    ),
    "CONNECTIVITY_UNSEEN": AssumptionKind(
        "Whether Virtual Network Manager joins two networks without a peering",
        "unknown",
        "Reader on microsoft.network/effectiveconnectivityconfigurations, then collect again",
    ),
    "RULES_UNSEEN": AssumptionKind(
        "What a security group or rule that could not be read decides",
        "unknown",
        "Reader on microsoft.network/networksecuritygroups, then collect again",
    ),
    "GATEWAY_CONNECTIONS_UNSEEN": AssumptionKind(
        "Which local network gateways a gateway is connected to",
        "all of its subscription and region",
        "Reader on microsoft.network/connections, then collect again",
    ),
    "BGP_ROUTES_UNSEEN": AssumptionKind(
        "Whether a route learned by BGP leads elsewhere",
        "unknown",
        "az network nic show-effective-route-table",
    ),
}


def assume(code: str, text: str = "", settle_with: str = "") -> Assumption:
    """An assumption of a known kind; text and what settles it are the kind's own unless given."""
    kind = ASSUMPTIONS[code]
    return Assumption(
        code, text or f"{kind.title}: {kind.default}.", settle_with or kind.settle_with
    )


def stated(facts: Facts, code: str) -> Verdict | None:
    """What the settings file says about an assumption; None where it is silent."""
    word = facts.settings.assumptions.get(code, "").lower()
    return {"allowed": Verdict.ALLOWED, "blocked": Verdict.BLOCKED}.get(word)
