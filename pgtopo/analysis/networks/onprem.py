"""Where clients on premises come into Azure: the gateways whose prefixes cover them.

Azure rule: a gateway leads to the prefixes of its local network gateways and to its point-to-site
pool; prefixes learned by BGP are not in any row ("Virtual network traffic routing").
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import GatewayReach, own_gateways
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.routing import VirtualNetworkGateway


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses outside Azure with the networks whose gateways lead to them."""

    addresses: SpanSet
    homes: tuple[ArmId, ...] = ()
    """Empty where no gateway in the data covers them."""
    is_point_to_site: bool = False
    is_guessed: bool = False


def entries(facts: Facts, addresses: SpanSet) -> list[Entry]:
    """Addresses on premises split by the gateways they come in by."""
    shares: list[Entry] = [Entry(addresses=addresses)]
    for reach in _reaches(facts):
        shares = [after for one in shares for after in _refined(one, reach)]
    return shares


def _reaches(facts: Facts) -> list[GatewayReach]:
    homes = {
        home
        for gateway in facts.topology.all(VirtualNetworkGateway)
        for subnet in gateway.subnets
        if (home := network_id(facts, subnet))
    }
    return [reach for home in sorted(homes) if (reach := own_gateways(facts, home))]


def _refined(entry: Entry, reach: GatewayReach) -> list[Entry]:
    pools = SpanSet(s.span for s in reach.sites if s.source == s.gateway)
    sites = SpanSet(s.span for s in reach.sites if s.source != s.gateway and s.network is None)
    outside = entry.addresses - pools - sites
    shares = [(outside, False, False), (entry.addresses & sites, True, False)]
    shares.append(((entry.addresses & pools) - sites, True, True))
    return [
        msgspec.structs.replace(
            entry,
            addresses=share,
            homes=(*entry.homes, reach.home) if is_covered else entry.homes,
            is_point_to_site=entry.is_point_to_site or is_pool,
            is_guessed=entry.is_guessed or (is_covered and reach.is_guessed),
        )
        for share, is_covered, is_pool in shares
        if share != EMPTY
    ]
