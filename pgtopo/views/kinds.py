"""What people call the kinds of resources."""

from pgtopo.views.literal import printable

_WORDS = {
    "microsoft.authorization/locks": "lock",
    "microsoft.compute/virtualmachines": "virtual machine",
    "microsoft.dbforpostgresql/flexibleservers": "flexible server",
    "microsoft.dbforpostgresql/flexibleservers/configurations": "server parameter",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules": "server firewall rule",
    "microsoft.dbforpostgresql/flexibleservers/privateendpointconnections": (
        "private endpoint connection"
    ),
    "microsoft.dbforpostgresql/flexibleservers/virtualendpoints": "virtual endpoint",
    "microsoft.network/applicationsecuritygroups": "application security group",
    "microsoft.network/azurefirewalls": "Azure Firewall",
    "microsoft.network/connections": "gateway connection",
    "microsoft.network/dnsforwardingrulesets": "DNS forwarding ruleset",
    "microsoft.network/dnsforwardingrulesets/forwardingrules": "DNS forwarding rule",
    "microsoft.network/dnsforwardingrulesets/virtualnetworklinks": "ruleset link",
    "microsoft.network/dnsresolverdomainlists": "DNS domain list",
    "microsoft.network/dnsresolverpolicies": "DNS security policy",
    "microsoft.network/dnsresolverpolicies/dnssecurityrules": "DNS security rule",
    "microsoft.network/dnsresolverpolicies/virtualnetworklinks": "DNS security policy link",
    "microsoft.network/dnsresolvers": "DNS private resolver",
    "microsoft.network/dnsresolvers/inboundendpoints": "inbound endpoint",
    "microsoft.network/dnsresolvers/outboundendpoints": "outbound endpoint",
    "microsoft.network/effectiveconnectivityconfigurations": "effective connectivity",
    "microsoft.network/effectivesecurityadminrules": "security admin rule set",
    "microsoft.network/expressroutecircuits": "ExpressRoute circuit",
    "microsoft.network/firewallpolicies": "firewall policy",
    "microsoft.network/firewallpolicies/rulecollectiongroups": "rule collection group",
    "microsoft.network/ipgroups": "IP group",
    "microsoft.network/loadbalancers": "load balancer",
    "microsoft.network/localnetworkgateways": "local network gateway",
    "microsoft.network/natgateways": "NAT gateway",
    "microsoft.network/networkgroupmemberships": "network group membership",
    "microsoft.network/networkinterfaces": "network interface",
    "microsoft.network/networksecuritygroups": "network security group",
    "microsoft.network/privatednszones": "private DNS zone",
    "microsoft.network/privatednszones/a": "A record",
    "microsoft.network/privatednszones/aaaa": "AAAA record",
    "microsoft.network/privatednszones/cname": "CNAME record",
    "microsoft.network/privatednszones/virtualnetworklinks": "zone link",
    "microsoft.network/privateendpoints": "private endpoint",
    "microsoft.network/privateendpoints/privatednszonegroups": "zone group",
    "microsoft.network/publicipaddresses": "public address",
    "microsoft.network/publicipprefixes": "public address prefix",
    "microsoft.network/routetables": "route table",
    "microsoft.network/virtualhubs": "virtual hub",
    "microsoft.network/virtualhubs/hubroutetables": "hub route table",
    "microsoft.network/virtualhubs/hubvirtualnetworkconnections": "hub connection",
    "microsoft.network/virtualhubs/ipconfigurations": "Route Server placement",
    "microsoft.network/virtualhubs/routingintent": "routing intent",
    "microsoft.network/virtualnetworkgateways": "virtual network gateway",
    "microsoft.network/virtualnetworks": "virtual network",
    "microsoft.network/virtualnetworks/subnets": "subnet",
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": "peering",
    "microsoft.network/virtualwans": "virtual WAN",
    "microsoft.resources/changes": "change",
    "microsoft.resources/subscriptions": "subscription",
    "microsoft.resources/subscriptions/resourcegroups": "resource group",
    "pgtopo/subnetusage": "subnet usage figure",
    "pgtopo/servicetags": "service tag list",
    "pgtopo/effectiveroutes": "effective route table",
    "pgtopo/effectiverules": "effective rule list",
}


def word_of(kind: str) -> str:
    """What people call one thing of a kind; the last part of its type where there is no word."""
    return _WORDS.get(kind) or printable(kind.rsplit("/", 1)[-1]) or "resource"


def plural_of(kind: str) -> str:
    """What people call several things of a kind."""
    word = word_of(kind)
    if word.endswith("y") and not word.endswith("ay"):
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "s"
