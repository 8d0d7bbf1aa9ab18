"""Facts about flexible servers and their networks that pgtopo relies on, and what shows each.

Azure rules: "Networking overview for Azure Database for PostgreSQL flexible server", with private
access, public access, Private Link and TLS, all Microsoft Learn.
"""

import msgspec


class ServiceFact(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, the checks that find its violation, and what else of pgtopo shows it."""

    id: str
    text: str
    checks: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()
    """Command lines, each with what it shows after a colon."""


def _fact(number: int, text: str, *checks: int, shown_by: tuple[str, ...] = ()) -> ServiceFact:
    ids = tuple(f"PGT{check:03}" for check in checks)
    return ServiceFact(id=f"R{number:02}", text=text, checks=ids, shown_by=shown_by)


SERVICE_FACTS: tuple[ServiceFact, ...] = (
    _fact(
        1,
        "A server is made either inside a virtual network or open to listed public addresses, and"
        " stays what it was made as.",
        *(713, 809, 902),
        shown_by=("list servers: the mode", "check: no fix ever switches the mode"),
    ),
    _fact(
        2,
        "Clients should use the server's name: its address may change at any failover.",
        *(126, 206),
        shown_by=("trace: the name's answer apart from the way", "list servers: the name"),
    ),
    _fact(
        3,
        "Connections are encrypted with TLS 1.2 or later, unless three server parameters say"
        " otherwise.",
        *(811, 812, 813),
        shown_by=("probe: the version, cipher and certificate that a server offers",),
    ),
    _fact(
        4,
        "Whoever may reach a server still needs a role and its password, token or the like.",
        814,
        shown_by=(
            "triage: refused to log in is told from cannot reach",
            "probe: reached, and refused at start-up, are two answers",
        ),
    ),
    _fact(
        5,
        "Clients in the server's own network reach it without peering, if filters and routes let"
        " them.",
        *(301, 312),
        shown_by=("trace: a path within one network",),
    ),
    _fact(
        6,
        "Clients in another network need two things that do not depend on each other: a way for"
        " packets, and the server's zone for its name.",
        *(104, 513),
        shown_by=("trace: the verdicts dns and network", "matrix: both for each pair"),
    ),
    _fact(
        7,
        "Clients on premises come in through VPN or ExpressRoute, and their answers have to find"
        " the way back.",
        *(413, 414, 415, 506),
        shown_by=("trace: --from onprem:CIDR",),
    ),
    _fact(
        8,
        "A server inside a virtual network has no public address and no public address record.",
        809,
        shown_by=("trace: --from internet",),
    ),
    _fact(9, "A server and its virtual network are in one region.", 607),
    _fact(
        10,
        "The server's subnet is delegated to flexible servers, and nothing else lives in it.",
        *(601, 602),
    ),
    _fact(
        11,
        "The smallest subnet is a /28; Azure keeps five addresses, and a server with high"
        " availability takes four.",
        *(603, 604),
        shown_by=("list subnets: size, used, free, and how many more servers fit",),
    ),
    _fact(
        12,
        "A default route to an appliance or to premises needs two routes beside it: Entra ID to the"
        " internet, and the subnet's own range to the virtual network.",
        *(401, 402, 403, 420),
        shown_by=("list needs: each flow that a server needs",),
    ),
    _fact(13, "Some subnet names are kept for firewalls, Bastion and gateways.", 605),
    _fact(
        14,
        "The server's subnet keeps its service endpoint for Azure Storage, to which the log is"
        " archived.",
        *(606, 420),
    ),
    _fact(
        15,
        "Network security groups filter in both directions, at the subnet and at the interface.",
        *(301, 310, 311, 312, 314),
        shown_by=("trace: client_filter and server_filter", "list rules: --effective SUBNET"),
    ),
    _fact(16, "Rules with application security groups do not work for servers' subnets.", 308),
    _fact(
        17,
        "A server with a standby talks on 5432 within its subnet, archives to Storage, and asks"
        " Entra ID where its sign-in is used.",
        *(302, 303, 304, 305, 611),
        shown_by=("list needs: each flow with what decides it",),
    ),
    _fact(
        18,
        "A replica in another region and its primary talk on 5432 both ways and archive to the"
        " Storage of both regions.",
        *(304, 307, 514),
        shown_by=("list needs: flows of replica pairs",),
    ),
    _fact(
        19,
        "A server inside a virtual network needs a private DNS zone.",
        *(101, 102),
    ),
    _fact(
        20,
        "The zone's name ends in the service's suffix, and is no server's own name.",
        *(107, 108),
    ),
    _fact(
        21,
        "The zone may live in another group or subscription, and can be changed later, but not"
        " while high availability is on.",
        *(102, 3),
    ),
    _fact(
        22,
        "Nobody checks, when a server is made, that its zone is linked to its network.",
        *(103, 104),
        shown_by=("dns: every network against every name",),
    ),
    _fact(
        23,
        "A zone has no region: its records are the same everywhere, and its links say who sees"
        " them.",
        *(103, 106),
        shown_by=("list zones: links and records of a zone",),
    ),
    _fact(
        24,
        "DNS servers of one's own have to forward to Azure, from a network that is linked to the"
        " zone.",
        *(116, 117, 121, 202),
        shown_by=("dns: each hop from the network's DNS setting to the zone",),
    ),
    _fact(25, "Only zones with the service's suffix serve servers inside virtual networks.", 107),
    _fact(
        26,
        "The public name of a server is an alias; asking for it in full shows the record behind.",
        110,
        shown_by=(
            "triage: the command that shows the canonical name, and what its output means",
            "probe: the chain of names",
            "list records: records and the servers they name",
        ),
    ),
    _fact(
        27,
        "In hub and spoke, spokes meet by direct peering, by an appliance or virtual WAN in the"
        " hub, or by a gateway with routes of one's own; peering alone does not pass on.",
        *(509, 505, 411, 412),
        shown_by=("trace: peering and transit", "list peerings: both halves"),
    ),
    _fact(
        28,
        "Virtual Network Manager can join networks and impose rules above all groups.",
        *(316, 317, 318, 5),
        shown_by=("trace: admin rules before group rules",),
    ),
    _fact(
        29,
        "Replication between regions needs a path between the networks and each other's name.",
        *(514, 706, 128),
        shown_by=("list needs: flows of replica pairs",),
    ),
    _fact(
        30,
        "A server inside a network cannot get a public door, be moved, or have Private Link; its"
        " subnet cannot grow.",
        *(902, 604, 603),
        shown_by=("explain: what to do instead",),
    ),
    _fact(
        31,
        "A lock on the zone or its records can break failover.",
        *(1, 2, 4),
    ),
    _fact(
        32,
        "A server with public access admits the addresses of its firewall rules, none at first.",
        *(803, 808, 806),
        shown_by=("list rules: firewall rules", "trace: --from internet:IP"),
    ),
    _fact(
        33,
        "The rule for Azure services admits every machine in Azure, of any customer.",
        802,
    ),
    _fact(
        34,
        "Firewall rules know IPv4 only and take minutes to work; a client whose address changes"
        " falls out of them.",
        *(805, 808, 815),
        shown_by=(
            "trace: IPv6 addresses are named, not judged",
            "triage: the steps that tell which rule is missing",
        ),
    ),
    _fact(
        35,
        "A server with public access is in none of the customer's networks: traffic to it leaves"
        " by the client's public address, unless a private endpoint is used.",
        *(808, 810, 908),
        shown_by=("trace: the way out of the client's subnet, then the firewall",),
    ),
    _fact(
        36,
        "The server tells which connections are encrypted: pg_stat_ssl beside pg_stat_activity.",
        811,
        shown_by=(
            "triage: the query that lists sessions with and without TLS",
            "probe: whether TLS is taken, and how",
        ),
    ),
    _fact(
        37,
        "Networks, groups and zones may live in other subscriptions than the server.",
        *(3, 102, 512),
        shown_by=("list servers: references over the whole estate",),
    ),
)
"""Every fact, in order of its number."""


def facts_behind(check_id: str) -> tuple[ServiceFact, ...]:
    """The facts whose violation a check finds."""
    return tuple(fact for fact in SERVICE_FACTS if check_id in fact.checks)
