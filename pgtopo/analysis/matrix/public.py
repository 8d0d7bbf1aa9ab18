"""What lies between client subnets and the public addresses of servers, for all servers at once."""

from bisect import bisect_right
from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.service_rules import service_rules
from pgtopo.analysis.filters.sides import PUBLIC_SERVER, tag_target
from pgtopo.analysis.filters.tag_names import region_word
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.heard import Heard, Items, Said
from pgtopo.analysis.many.ledger import Ledger, Totals
from pgtopo.analysis.many.outs import Out, out_of
from pgtopo.analysis.matrix.leaving import Leave, Leaving
from pgtopo.analysis.matrix.public_filter import PublicFilter
from pgtopo.analysis.matrix.slots import Slots
from pgtopo.analysis.path.public_path import without_egress
from pgtopo.analysis.path.server_access import AZURE_RULE, public_shares
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.egress import Egress
from pgtopo.model.firewall import AzureFirewall, RuleCollectionGroup
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.routing import RouteTable

REGIONAL = ("azurecloud.", "sql.")
_APPLIANCE = "virtualappliance"


class PublicSide:
    """The stages between client subnets and public slots."""

    def __init__(self, facts: Facts, slots: Slots, service: Service) -> None:
        self._facts = facts
        self._slots = slots
        self._service = service
        self._groups = self._by_region()
        self._targets = {
            region: tag_target(PUBLIC_SERVER, region_word(region)) for region, _ in self._groups
        }
        self._leaving = Leaving(facts, service)
        self._filter = PublicFilter(facts, service)
        self._access: dict[object, dict[Out, Mask]] = {}
        self._items: dict[int, tuple[Egress | None, Items]] = {}
        """By identity of the public side, which is kept beside the answer for that."""
        self._regional: dict[ArmId | None, bool] = {}
        self._single: dict[Out, Items] = {}
        self._same: dict[Items, Items] = {}
        self._bounds: list[int] = []
        self._admits: list[Mask] = []
        self._open_ranges()

    def _by_region(self) -> list[tuple[str, Mask]]:
        """Public slots by region."""
        groups: dict[str, Mask] = {}
        for position, slot in enumerate(self._slots.items):
            if slot.destination.is_public:
                region = self._slots.servers[slot.server].location
                groups[region] = groups.get(region, 0) | 1 << position
        return list(groups.items())

    def _groups_for(self, asker: Asker) -> list[tuple[str, Mask]]:
        """The slots by region, or all together where nothing near the client tells them apart."""
        if not self._groups:
            return self._groups
        rules = asker.nsg is not None and self._has_regional_rule(asker.nsg)
        admin = self._facts.topology.admin_rules_of(asker.network) is not None
        if rules or admin or self._has_regional_route(asker.route_table):
            return self._groups
        return [(self._groups[0][0], self._slots.public)]

    def _has_regional_rule(self, nsg: ArmId) -> bool:
        return self._facts.once(
            "regional rule", (nsg, self._service), lambda: self._look_at_rules(nsg)
        )

    def _look_at_rules(self, nsg: ArmId) -> bool:
        protocol, port = self._service
        rules = service_rules(self._facts, nsg, Direction.OUTBOUND.value, protocol, port)
        tags = (tag for rule in rules or () for tag in rule.destination.tags)
        return any(tag.startswith(REGIONAL) for tag in tags)

    def _has_regional_route(self, table_id: ArmId | None) -> bool:
        known = self._regional.get(table_id)
        if known is None:
            known = self._regional[table_id] = self._look_at_routes(table_id)
        return known

    def _look_at_routes(self, table_id: ArmId | None) -> bool:
        table = self._facts.topology.get(RouteTable, table_id)
        if table is None:
            return False
        if any(route.prefix.lower().startswith(REGIONAL) for route in table.routes):
            return True
        leads_on = any(route.hop_type.lower() == _APPLIANCE for route in table.routes)
        return leads_on and self._facts.once("regional firewall", 0, self._look_at_firewalls)

    def _look_at_firewalls(self) -> bool:
        """Whether any firewall, to which a route may lead, tells regions apart."""
        topology = self._facts.topology
        held = [c for f in topology.all(AzureFirewall) for c in f.collections]
        held += [c for group in topology.all(RuleCollectionGroup) for c in group.collections]
        words = (word for c in held for rule in c.network_rules for word in rule.destinations)
        return any(word.strip().lower().startswith(REGIONAL) for word in words)

    def _open_ranges(self) -> None:
        """Which servers admit which addresses, as ranges of the whole address space."""
        events: list[tuple[int, int, Mask]] = []
        for position, slot in enumerate(self._slots.items):
            if not slot.destination.is_public:
                continue
            server = self._slots.servers[slot.server]
            spans = [r.span for r in self._facts.topology.firewall_rules(server.id)]
            held = SpanSet(s for s in spans if s is not None and s != AZURE_RULE)
            for low, high in held:
                events += [(low, 1, 1 << position), (high + 1, 0, 1 << position)]
        self._bounds, self._admits = [0], [0]
        for address, is_start, bit in sorted(events):
            mask = self._admits[-1] | bit if is_start else self._admits[-1] & ~bit
            if address == self._bounds[-1]:
                self._admits[-1] = mask
            else:
                self._bounds.append(address)
                self._admits.append(mask)

    # -- one client --------------------------------------------------------------------------------

    def heard(self, asker: Asker, within: Mask) -> Heard:
        """Everything about one client and some public slots."""
        left_over = 0
        said: list[Said] = []
        for region, held in self._groups_for(asker):
            if mask := held & within:
                part = self._about_region(asker, region, mask)
                left_over |= part.left_over
                said += part.said
        return Heard(left_over, tuple(said))

    def _about_region(self, asker: Asker, region: str, mask: Mask) -> Heard:
        target = self._targets[region]
        out = self._filter.of(asker, target)
        if out is None:
            ways = self._leaving.closely(asker, target)
        else:
            ways = self._leaving.of(asker, target)
        first, *others = ways
        said = [*self._alone(Stage.CLIENT_FILTER, out, mask), *self._one_way(mask, first)]
        left_over = 0
        for other in others:
            mine, theirs = Ledger(), Ledger()
            Heard(0, tuple(self._one_way(mask, first))).write(mine)
            Heard(0, tuple(self._one_way(mask, other))).write(theirs)
            left_over |= _apart(mine.totals(mask), theirs.totals(mask))
        return Heard(left_over, tuple(said))

    def _one_way(self, mask: Mask, way: Leave) -> Iterator[Said]:
        for stage, out in way.outs:
            yield from self._alone(stage, out, mask)
        yield Stage.SERVER_ACCESS, self._access_of(way.egress), mask

    def _alone(self, stage: Stage, out: Out | None, mask: Mask) -> Iterator[Said]:
        """What is said about all slots alike, as the same object every time."""
        if out is not None and out.level:
            yield stage, self._single.setdefault(out, ((out, -1),)), mask

    def _access_of(self, egress: Egress | None) -> Items:
        """What servers say to packets with some public side."""
        key = id(egress)
        known = self._items.get(key)
        if known is None:
            items = tuple(self._accessed(egress).items())
            known = self._items[key] = (egress, self._same.setdefault(items, items))
        return known[1]

    def _accessed(self, egress: Egress | None) -> dict[Out, Mask]:
        if egress is not None and egress.is_known:
            return self._by_address(egress)
        key = (egress.is_azure, bool(egress.assumptions)) if egress is not None else None
        known = self._access.get(key)
        if known is None:
            known = self._access[key] = self._by_server(egress)
        return known

    def _by_server(self, egress: Egress | None) -> dict[Out, Mask]:
        found: dict[Out, Mask] = {}
        for position, slot in enumerate(self._slots.items):
            if not slot.destination.is_public:
                continue
            server = self._slots.servers[slot.server]
            if egress is None:
                out = out_of(without_egress(self._facts, server))
            else:
                ((_, step),) = public_shares(self._facts, server, SpanSet(), egress)
                out = out_of((step,))
            found[out] = found.get(out, 0) | 1 << position
        return found

    def _by_address(self, egress: Egress) -> dict[Out, Mask]:
        key = (egress.addresses, egress.is_azure)
        known = self._access.get(key)
        if known is None:
            known = self._access[key] = self._known_address(egress)
        return known

    def _known_address(self, egress: Egress) -> dict[Out, Mask]:
        every, some = self._slots.public, 0
        for low, high in egress.addresses:
            start, end = bisect_right(self._bounds, low) - 1, bisect_right(self._bounds, high)
            for index in range(start, end):
                every &= self._admits[index]
                some |= self._admits[index]
        refused = self._refused(is_azure=egress.is_azure)
        found: dict[Out, Mask] = {}
        for out, mask in refused.items():
            if out.code in ("FIREWALL_RULE_MISSING", "FIREWALL_RULES_UNSEEN"):
                partly = Out(1, "EGRESS_PARTLY_ADMITTED")
                found[partly] = found.get(partly, 0) | mask & some & ~every
                found[out] = found.get(out, 0) | mask & ~some
            else:
                found[out] = found.get(out, 0) | mask
        return {out: mask for out, mask in found.items() if mask}

    def _refused(self, *, is_azure: bool) -> dict[Out, Mask]:
        """What servers say to an address that no range of theirs admits."""
        key = ("refused", is_azure)
        known = self._access.get(key)
        if known is None:
            empty = Egress(addresses=_UNUSED, is_known=True, is_azure=is_azure)
            known = self._access[key] = self._by_server_without_ranges(empty)
        return known

    def _by_server_without_ranges(self, egress: Egress) -> dict[Out, Mask]:
        found: dict[Out, Mask] = {}
        for position, slot in enumerate(self._slots.items):
            if not slot.destination.is_public:
                continue
            server = self._slots.servers[slot.server]
            spans = [r.span for r in self._facts.topology.firewall_rules(server.id)]
            taken = SpanSet(s for s in spans if s is not None and s != AZURE_RULE)
            free = _UNUSED if not _UNUSED & taken else _ANYWHERE - taken
            probe = Egress(addresses=_one_of(free), is_known=True, is_azure=egress.is_azure)
            ((_, step),) = public_shares(self._facts, server, SpanSet(), probe)
            out = out_of((step,))
            found[out] = found.get(out, 0) | 1 << position
        return found


_UNUSED = SpanSet.of(0xF0000001)
"""An address of the reserved range 240.0.0.0/4, which nothing on the internet has."""
_ANYWHERE = SpanSet.of(1, 0xFFFFFFFE)


def _one_of(free: SpanSet) -> SpanSet:
    """One address of a set; where a server's ranges leave none, an unused one stands in."""
    return SpanSet.of(free.spans[0].low) if free else _UNUSED


def _apart(mine: Totals, theirs: Totals) -> Mask:
    found = 0
    for one, other in zip(mine, theirs, strict=True):
        found |= one ^ other
    return found
