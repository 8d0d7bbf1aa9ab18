"""Changes to zones, links, records and the DNS setting of networks."""

from collections.abc import Iterator, Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks.remedies.links import link_again, link_zone
from pgtopo.errors import UsageError
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import parse_address
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.patch import delete_row, set_value
from pgtopo.model.server import FlexibleServer
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.whatif.option import Choice, Edit, Option, words_of

_MOST = 12
"""Networks or zones offered for a new link."""


def of_link(facts: Facts, link: ZoneLink) -> Iterator[Choice]:
    """Take a link out."""
    shown = facts.topology.display(link.id)
    again = (link_again(facts, link),) if link.network is not None else ()
    yield Option(
        f"take the link {full_name(facts.topology, link.id)} out",
        (delete_row(shown),),
        (az.zone_link_delete(shown),),
        again,
    )


def of_zone(facts: Facts, zone: PrivateZone, client: ArmId | None) -> Iterator[Choice]:
    """Link a zone to networks that do not see it, the marked client's first; cut its links."""
    links = facts.topology.links_of_zone(zone.id)
    linked = {link.network for link in links}
    wanted = [client] if client is not None else []
    wanted += [network.id for network in facts.topology.all(VirtualNetwork)]
    fresh = [one for one in dict.fromkeys(wanted) if one not in linked]
    for network in fresh[:_MOST]:
        yield from link_to(facts, zone.id, network)
    for link in links[:_MOST]:
        yield from of_link(facts, link)


def link_to(facts: Facts, zone: ArmId, network: ArmId) -> Iterator[Option]:
    """Link a zone to a network."""
    for fix in link_zone(facts, zone, network):
        if fix.ops:
            where = name_in(facts.topology, network)
            text = f"link zone {name_in(facts.topology, zone)} to network {where}"
            yield Option(text, fix.ops, fix.commands, fix.roll_back)


def of_network(facts: Facts, network: VirtualNetwork) -> Iterator[Choice]:
    """Another DNS setting, and links to the zones of servers that it does not see."""
    shown = facts.topology.display(network.id)
    now = list(network.dns_servers)
    if now:
        yield _dns(shown, network, [], now)
    yield Edit(
        f"let network {network.name} ask the DNS servers ...",
        ", ".join(now),
        lambda text: _dns(shown, network, _addresses(text), now),
    )
    linked = {link.zone for link in facts.topology.links_of_network(network.id)}
    zones = dict.fromkeys(s.zone for s in facts.topology.all(FlexibleServer) if s.zone)
    for zone in [one for one in zones if one not in linked][:_MOST]:
        yield from link_to(facts, zone, network.id)
    for link in facts.topology.links_of_network(network.id)[:_MOST]:
        yield from of_link(facts, link)


def _addresses(text: str) -> list[str]:
    found = words_of(text)
    wrong = next((word for word in found if parse_address(word) is None), "")
    if wrong:
        raise UsageError(f"{wrong!r} is no IPv4 address")
    return found


def _dns(shown: str, network: VirtualNetwork, wanted: list[str], now: list[str]) -> Option:
    text = ", ".join(wanted) if wanted else "Azure's own DNS"
    return Option(
        f"let network {network.name} ask {text}",
        (set_value(shown, "/properties/dhcpOptions", {"dnsServers": wanted}),),
        (az.network_dns(shown, wanted),),
        (az.network_dns(shown, now),),
    )


def of_record(facts: Facts, record: RecordSet) -> Iterator[Choice]:
    """Take a record out, or give it another address."""
    shown = facts.topology.display(record.id)
    zone = facts.topology.display(record.zone)
    if record.record_type != "A":
        yield Option(f"take record {record.label} out", (delete_row(shown),))
        return

    def turned(now: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
        """What makes one set of addresses of another; an empty record set would go away."""
        more = (az.record_add(zone, record.label, one) for one in wanted if one not in now)
        less = (az.record_remove(zone, record.label, one) for one in now if one not in wanted)
        return (*more, *less)

    now = record.addresses
    out = f"take record {record.label} out"
    yield Option(out, (delete_row(shown),), turned(now, ()), turned((), now))

    def make(text: str) -> Option:
        wanted = list(dict.fromkeys(_addresses(text)))
        values = [{"ipv4Address": one} for one in wanted]
        return Option(
            f"let record {record.label} answer {', '.join(wanted)}",
            (set_value(shown, "/properties/aRecords", values),),
            turned(now, wanted),
            turned(wanted, now),
        )

    yield Edit(f"let record {record.label} answer ...", ", ".join(record.addresses), make)


def network_of(facts: Facts, text: str) -> ArmId | None:
    """The network of a marked client, where the client is in one."""
    from pgtopo.analysis.clients.clients import find_client
    from pgtopo.errors import PgtopoError

    if not text:
        return None
    try:
        found = find_client(facts, text)
    except PgtopoError:
        return None
    return ancestor(found.id, "virtualnetworks") if found.id else None
