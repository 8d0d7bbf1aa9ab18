"""How each property is redacted: what is not listed is left out of the redacted snapshot.

Property names are compared without case and underscores, since Azure writes them in several ways.
"""

import enum


class Rule(enum.Enum):
    """What happens to the texts of a property."""

    INSIDE = enum.auto()
    """An object or a list of objects: its own properties decide."""
    WORD = enum.auto()
    """A word of Azure's: it stays."""
    SKU = enum.auto()
    """An object whose texts are all words of Azure's."""
    TAGS = enum.auto()
    """A list of service tags: their names are Azure's, their addresses are places."""
    NAME = enum.auto()
    """A name that a customer chose."""
    PLACE = enum.auto()
    """Addresses, service tags, ids: whatever names a place in the network."""
    DOMAIN = enum.auto()
    """A host name or a zone."""
    PARAMETER = enum.auto()
    """The value of a server parameter."""
    TEXT = enum.auto()
    """Free text: it is replaced as a whole."""


_LISTED = {
    Rule.INSIDE: """
        properties addressspace localnetworkaddressspace remoteaddressspace dhcpoptions
        remotevirtualnetworkaddressspace subnets virtualnetworkpeerings remotevirtualnetwork
        networksecuritygroup routetable natgateway delegations serviceendpoints
        ipconfigurations privateendpoints serviceassociationlinks resourcenavigationlinks
        securityrules defaultsecurityrules sourceapplicationsecuritygroups
        destinationapplicationsecuritygroups applicationsecuritygroups routes nexthop
        network delegatedsubnetarguments privatednszonearguments highavailability replica
        authconfig backup dataencryption cluster maintenancewindow storageprofile
        privateendpointconnections privateendpoint privatelinkserviceconnectionstate
        arecords aaaarecords cnamerecord dnssettings virtualnetwork subnet publicipaddress
        publicipaddresses publicipprefixes networkinterfaces networkprofile extended
        instanceview powerstate statuses privatelinkconnectionproperties
        privatelinkserviceconnections manualprivatelinkserviceconnections customdnsconfigs
        privatednszoneconfigs targetdnsservers dnsresolverdomainlists action
        dnsresolveroutboundendpoints bgpsettings bgppeeringaddresses localnetworkgateway2
        virtualnetworkgateway1 virtualnetworkgateway2 peer serviceproviderproperties
        peerings hubipaddresses additionalproperties networkrulecollections rules
        rulecollections firewallpolicy basepolicy snat virtualhub virtualwan
        routingconfiguration associatedroutetable propagatedroutetables vnetroutes
        staticroutes routingpolicies virtualhubroutetablev2s azurefirewall vpngateway
        expressroutegateway frontendipconfigurations backendaddresspools
        backendipconfigurations sources destinations effectivesecurityadminconfigurations
        effectiveconnectivityconfigurations hubs appliestogroups vpnclientconfiguration
        vpnclientaddresspool configurationgroups groupmemberships inboundroutemap
        outboundroutemap ipconfiguration loadbalancerbackendaddresses outboundrules
        virtualhubs networkinterfaceipconfiguration managementgroupancestorschain
        rulecollectiongroups changeattributes
    """,
    Rule.SKU: "sku",
    Rule.TAGS: "values",
    Rule.WORD: """
        type kind location tier access actiontype activedirectoryauth availabilityzone code
        connectionstatus connectiontype customwindow destinationtype direction
        disablepeeringroute dnsresolverstate dnssecurityrulestate endpointtype
        forwardingrulestate gatewaytype georedundantbackup groupids haenabled hastate
        ipprotocols level linkedresourcetype locations minorversion mode nexthoptype
        passwordauth peeringstate peeringsynclevel peeringtype primaryencryptionkeystatus
        privateendpointnetworkpolicies privateipallocationmethod protocol protocols
        provisioningstate publicnetworkaccess replicationrole replicationstate
        resolutionpolicy role routingstate ruletype service servicename
        serviceproviderprovisioningstate source standbyavailabilityzone state status
        threatintelmode version virtualnetworklinkstate vpntype network.dns.enableproxy
        connectivitytopology isglobal groupconnectivity addressprefixtype enableproxy
        destinationports destinationportrange destinationportranges sourceportrange
        sourceportranges activeactive allowbranchtobranchtraffic allowforwardedtraffic
        allowgatewaytransit allowvirtualnetworkaccess clustersize defaultoutboundaccess
        disablebgproutepropagation enablebgp enableipforwarding enableinternetsecurity
        enableonlyipv6peering hasbgpoverride isautoregistered maxnumberofrecordsets
        maxnumberofvirtualnetworklinks numberofrecordsets numberofvirtualnetworklinks
        peercompletevnets primary priority registrationenabled ttl used useremotegateways
        changetype operation timestamp
    """,
    Rule.NAME: """
        name displayname localsubnetnames remotesubnetnames labels peeringlocation
        serviceprovidername
    """,
    Rule.PARAMETER: "value",
    Rule.PLACE: """
        ids id link addressprefix addressprefixes applieddnsservers bgppeeringaddress
        defaultbgpipaddresses delegatedsubnetresourceid destinationaddressprefix
        destinationaddressprefixes destinationaddresses destinationipgroups dnsservers
        endipaddress gatewayipaddress ipaddress ipaddresses ipprefix ipv4address ipv6address
        members network.dns.servers network.snat.privateranges nexthopipaddress
        nexthopipaddresses privatednszonearmresourceid privatednszoneid privateipaddress
        privatelinkserviceid privateranges servers sourceaddressprefix sourceaddressprefixes
        sourceaddresses sourceipgroups sourceserverresourceid startipaddress
        subnetarmresourceid virtualrouterips resourceid networkgroupid virtualmachine
        targetresourceid
    """,
    Rule.DOMAIN: """
        cname destinationfqdns domainname domains fqdn fqdns fullyqualifieddomainname
        virtualendpoints
    """,
    Rule.TEXT: "notes changedby",
}

RULES: dict[str, Rule] = {name: rule for rule, names in _LISTED.items() for name in names.split()}
"""The rule of each property, by its name in lower case without underscores."""

LEFT_OUT = frozenset({"tags", "metadata", "changes"})
"""Properties that pgtopo reads and that are left out all the same: customers write in them."""


def rule_of(key: str) -> Rule | None:
    """How a property is redacted; nothing where it is left out."""
    return RULES.get(key.replace("_", "").lower())
