"""Every code a verdict can carry, with one sentence each; stable once published."""

from pgtopo.analysis.dns_codes import DNS_CODES

FILTER_CODES = {
    "NSG_DENY": "A rule of a network security group denies the traffic.",
    "NSG_DEFAULT_DENY": "No rule of a network security group admits the traffic.",
    "ADMIN_DENY": "A security admin rule of Virtual Network Manager denies the traffic.",
    "GATEWAY_NSG": "A security group on the gateway's subnet can stop the gateway.",
    "SNAT_ADDRESS_CHOICE": "Filters treat the addresses an appliance may show differently.",
    "TAG_WITH_DEFAULT_ROUTE": "The VirtualNetwork tag may cover everything: a default route.",
    "TAG_MEMBERSHIP": "Which addresses a service tag covers is not in the data.",
    "SQL_TAG": "Whether the Sql tag covers flexible servers is not documented.",
    "PUBLIC_ADDRESS_UNSEEN": "A rule or route names public addresses; the service's is not known.",
    "ASG_MEMBERS_UNSEEN": "The members of an application security group were not read.",
    "SOURCE_PORT": "A rule looks at the source port, which the client picks at random.",
    "PRIORITY_TIE": "Two rules of one priority decide the traffic differently.",
    "PEERING_STATE_UNSEEN": "The state of a peering is not in the data.",
    "CONNECTIVITY_UNSEEN": "Whether Virtual Network Manager joins the networks was not read.",
    "RULES_UNSEEN": "The rules of a network security group were not read.",
    "SUBNET_ADDRESS_CHOICE": "The answer differs between the addresses or ways in question.",
}

ROUTE_CODES = {
    "NO_ROUTE": "No route leads there; a system route drops the packets.",
    "ROUTE_NONE": "A user-defined route of type None drops the packets.",
    "ROUTE_INTERNET": "A user-defined route sends packets for a private address to the internet.",
    "ROUTE_UNKNOWN": "The route is not in the data.",
    "ROUTE_LOCAL_FOREIGN": "A route keeps a prefix of another network inside this one.",
    "ROUTE_LEAVES_SUBNET": "A route takes traffic within the subnet out of the network.",
    "ROUTED_TO_APPLIANCE": "A route takes the traffic to an appliance.",
    "ROUTED_ON_PREMISES": "A route takes the traffic on premises.",
    "ROUTING_LOOP": "The packets come back to where they were.",
    "RANGE_OVERLAP": "The address also lies in a range that is nearer: ranges overlap.",
    "BGP_ROUTES_UNSEEN": "Routes learned by BGP are not in the data.",
    "OVER_THE_INTERNET": "The address is reached over the internet, if at all.",
    "NO_PUBLIC_ENDPOINT": "There is no way from the internet to a private address.",
    "NO_EGRESS": "The subnet has no way out to the internet.",
    "SUBNET_UNSEEN": "The client's subnet is not in the data.",
    "ENDPOINT_NOT_READ": "The address or subnet of a private endpoint was not read.",
    "IPV6_ONLY": "The subnet has IPv6 ranges only; only IPv4 is judged.",
    "PREFIX_UNREADABLE": "A subnet's prefix is neither IPv4 nor IPv6, so it cannot be read.",
    "PREFIX_NOT_STATED": "The subnet's row states no address prefix.",
}

PEERING_CODES = {
    "PEERING_NOT_CONNECTED": "The peering is not Connected on both sides and adds no route.",
    "PEERING_NOT_SYNCED": "The peering does not route a range that was added later.",
    "PEERING_RANGE_MISSING": "The peering does not list the range.",
    "PEERING_ROUTES_OFF": "The route table switches peering routes off.",
    "PEERING_ACCESS_OFF": "The peering has virtual network access switched off.",
    "FORWARDED_TRAFFIC_REFUSED": "The peering does not accept forwarded traffic.",
    "SUBNET_NOT_PEERED": "The peering joins listed subnets only, and not both of these.",
    "GATEWAY_TRANSIT_OFF": "The peering's flags do not let the peer use the gateway.",
    "PEERINGS_OVERLAP": "Two peerings of one network claim the same range.",
    "REMOTE_NETWORK_UNSEEN": "The network behind the peering was not read.",
}

TRANSIT_CODES = {
    "NEXT_HOP_OUT_OF_REACH": "The next hop address is in no network that is reached directly.",
    "NEXT_HOP_UNOWNED": "Nothing has the next hop address.",
    "NEXT_HOP_UNSEEN": "What has the next hop address was not read.",
    "APPLIANCE_WITHOUT_ADDRESS": "The route to an appliance names no address.",
    "APPLIANCE_NOT_FORWARDING": "IP forwarding is off on the appliance's interface.",
    "APPLIANCE_STOPPED": "The appliance's machine is stopped.",
    "APPLIANCE_UNSEEN": "What an appliance does with the packets is not in the data.",
    "APPLIANCE_DENY": "The appliance does not let it through, as the settings file states.",
    "FIREWALL_DENY": "An Azure Firewall does not let it through.",
    "FIREWALL_UNSEEN": "The rules of an Azure Firewall were not read, or leave it open.",
    "NO_GATEWAY": "A route leads to a gateway that does not exist.",
    "GATEWAY_ROUTE_UNSUPPORTED": "A route leads to an ExpressRoute gateway, which it cannot use.",
    "BEHIND_GATEWAY": "What lies behind the gateway is not in the data.",
    "OTHER_GATEWAY": "The answers leave by another gateway than the one the client uses.",
    "ONPREM_NOT_COVERED": "No gateway in the data leads to the client's addresses.",
    "CLIENT_PROFILE": "The client knows peered networks only from a newer profile.",
    "ASYMMETRIC_PATH": "The two directions pass different firewalls, each keeping state.",
    "ONE_WAY_STEERING": "Only one direction passes an appliance.",
    "ANSWERS_TO_FIREWALL": "A route sends answers to a firewall's own addresses through it.",
    "ENDPOINT_BEHIND_APPLIANCE": "Answers of a private endpoint may pass the appliance by.",
}

SERVER_CODES = {
    "SERVER_NOT_RUNNING": "The server's state takes no connections.",
    "SERVER_IN_TRANSITION": "The server is starting, stopping or restarting.",
    "SERVER_STATE_UNKNOWN": "The server's state is not stated, or not a known word.",
    "PUBLIC_ACCESS_DISABLED": "The server has public access disabled.",
    "PUBLIC_ACCESS_UNKNOWN": "Whether the server has public access is not in the data.",
    "FIREWALL_RULE_MISSING": "No firewall rule of the server admits the client's address.",
    "FIREWALL_RULES_UNSEEN": "The firewall rules of the server were not read.",
    "EGRESS_UNKNOWN": "The client's public address is not known.",
    "EGRESS_PARTLY_ADMITTED": "Only some of the client's public addresses are admitted.",
    "ENDPOINT_NOT_APPROVED": "The private endpoint's connection is not Approved.",
    "ENDPOINT_STATE_UNKNOWN": "Endpoint and server state different things about themselves.",
}

ASSUMED_CODES = {
    "ADMIN_RULES_UNSEEN": "The settings file says that unseen admin rules deny it.",
    "ONPREM_DEVICE": "The settings file says that the device on premises denies it.",
    "OTHER_SCOPES_UNSEEN": "The settings file says that something not read denies it.",
    "TAKEN_AS_NONE": "The settings file says that something not in the input denies it.",
    "NIC_PUBLIC_ADDRESS": "The settings file says that interfaces have public addresses.",
    "DEFAULT_OUTBOUND_ADDRESS": "The settings file says that lent addresses are refused.",
    "GATEWAY_CONNECTIONS_UNSEEN": "The settings file says that the gateway leads elsewhere.",
    "APPLIANCE_SNAT": "The settings file says that the appliance stands in the way.",
    "APPLIANCE_RULES": "The settings file says that the appliance denies it.",
    "NO_VNET_ACCESS_WITH_ALLOW": "The settings file says that the cleared flag blocks.",
    "FORWARDED_TRAFFIC_FLAG": "The settings file says that the cleared flag blocks.",
}

CODES: dict[str, str] = {
    "OK": "Nothing stands in the way.",
    **DNS_CODES,
    **FILTER_CODES,
    **ROUTE_CODES,
    **PEERING_CODES,
    **TRANSIT_CODES,
    **SERVER_CODES,
    **ASSUMED_CODES,
}
