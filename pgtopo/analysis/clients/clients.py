"""Client texts of the command line, turned into clients: who asks, from which subnet.

An id or unique name of a machine, interface, subnet or network; an address or range, looked up in
the estate first; `onprem:RANGE`; `internet` or `internet:ADDRESS`.
"""

from pgtopo.analysis.clients.nic_notes import ipv6_note, level_notes
from pgtopo.analysis.clients.parties import Client, ClientKind, ClientPart, Home
from pgtopo.analysis.clients.parts import (
    network_parts,
    nic_parts,
    range_parts,
    subnet_part,
)
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.wording import called, candidates_hint, near_misses, shortened
from pgtopo.errors import UsageError
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, fold, name_of, type_of
from pgtopo.model.net import ANY_V4, Span, SpanSet, is_ipv6, parse_prefix, union
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine, VirtualNetwork

_FORMS = (
    "give the id or unique name of a VM, interface, subnet or network, NETWORK/SUBNET,"
    " an IPv4 address or range, onprem:RANGE, internet or internet:ADDRESS"
)
_SPECIAL = union(
    SpanSet.of(*span)
    for span in map(
        parse_prefix,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"),
        ),
    )
    if span is not None
)
INTERNET = ANY_V4 - _SPECIAL
"""Every address that a client on the internet can have."""


def find_client(facts: Facts, text: str) -> Client:
    """The client a text stands for.

    Raises `UsageError` where the text is of no known form, unknown, or stands for several things.
    """
    said = text.strip()
    word, colon, rest = said.partition(":")
    if word.lower() == "onprem" and colon:
        return _outside(rest, said, ClientKind.ONPREM, Home.ONPREM)
    if word.lower() == "internet":
        return _internet(rest, said) if colon else _internet_as_a_whole()
    if is_ipv6(said):
        raise _ipv6(said)
    if said.startswith("/") or said.lower().startswith("subscriptions/"):
        return _by_id(facts, said)
    return _by_address(facts, said) or _by_name(facts, said)


def client_of(facts: Facts, resource: Resource) -> Client:
    """The client that a machine, interface, subnet or network is."""
    if isinstance(resource, Subnet):
        return subnet_client(facts, resource)
    if isinstance(resource, VirtualNetwork):
        return _network_client(facts, resource)
    if isinstance(resource, VirtualMachine):
        return _machine_client(facts, resource)
    if isinstance(resource, NetworkInterface):
        return _nic_client(facts, resource, ClientKind.NIC, resource.id, (resource.id,))
    kind = type_of(resource.id)
    raise UsageError(f"{resource.name} is a {kind}, not a client", _FORMS)


def subnet_client(facts: Facts, subnet: Subnet) -> Client:
    """A whole subnet as client, as the matrix asks."""
    return Client(
        kind=ClientKind.SUBNET,
        id=subnet.id,
        parts=(subnet_part(subnet),),
        assumptions=(*level_notes(facts, [subnet]), *ipv6_note([subnet])),
    )


def _network_client(facts: Facts, network: VirtualNetwork) -> Client:
    parts, subnets = network_parts(facts, network)
    if not parts:
        raise UsageError(
            f"network {network.name} has no subnet that clients can live in",
            "gateway, firewall, bastion, route server and PostgreSQL subnets do not count",
        )
    return Client(
        kind=ClientKind.NETWORK,
        id=network.id,
        parts=parts,
        assumptions=(*level_notes(facts, subnets), *ipv6_note(subnets)),
    )


def _machine_client(facts: Facts, machine: VirtualMachine) -> Client:
    nics = machine.nics or tuple(
        nic.id for nic in facts.topology.all(NetworkInterface) if nic.vm == machine.id
    )
    return _nic_client(facts, machine, ClientKind.VM, machine.id, nics)


def _nic_client(
    facts: Facts, of: Resource, kind: ClientKind, client_id: ArmId, nics: tuple[ArmId, ...]
) -> Client:
    parts = nic_parts(facts, nics)
    if not parts:
        raise UsageError(
            f"{of.name} has no private IPv4 address in this data",
            "read microsoft.network/networkinterfaces too, or give the address itself",
        )
    subnets = [facts.topology.get(Subnet, part.subnet) for part in parts]
    notes = ipv6_note([subnet for subnet in subnets if subnet is not None])
    return Client(kind=kind, id=client_id, parts=parts, assumptions=notes)


# -- ids and names ---------------------------------------------------------------------------------


def _by_id(facts: Facts, text: str) -> Client:
    found = facts.topology.find(fold(text))
    if found is None:
        kind = type_of(fold(text)) or "resource"
        raise UsageError(f"no {kind} with the id {text} in this data", _FORMS)
    return client_of(facts, found)


def _by_name(facts: Facts, text: str) -> Client:
    found = _named(facts, text)
    if len(found) == 1:
        return client_of(facts, found[0])
    if found:
        raise UsageError(f"the name {text} stands for {len(found)} things", _one_of(facts, found))
    raise UsageError(
        f"no machine, interface, subnet or network is named {text}",
        near_misses(text, facts.once("client names", "", lambda: _names(facts))) or _FORMS,
    )


def _one_of(facts: Facts, found: list[Resource]) -> str:
    """What may have been meant: `network/subnet` where that is enough, else ids."""
    forms = [called(facts, one.id) for one in found]
    if all(len(_named(facts, form)) == 1 for form in forms):
        return f"give one of: {shortened(forms)}"
    return candidates_hint(facts, found)


def _named(facts: Facts, text: str) -> list[Resource]:
    known = facts.once("client names", "", lambda: _names(facts))
    return known.get(text.lower(), [])


def _names(facts: Facts) -> dict[str, list[Resource]]:
    """Everything that can be a client by its lower-case name; subnets as `network/subnet` too."""
    known: dict[str, list[Resource]] = {}
    topology = facts.topology
    for kind in (VirtualMachine, NetworkInterface, Subnet, VirtualNetwork):
        for resource in topology.all(kind):
            for name in {resource.name.lower(), name_of(resource.id)}:
                known.setdefault(name, []).append(resource)
    for subnet in topology.all(Subnet):
        known.setdefault(f"{name_of(subnet.network)}/{name_of(subnet.id)}", []).append(subnet)
    return known


# -- addresses -------------------------------------------------------------------------------------


def _by_address(facts: Facts, text: str) -> Client | None:
    """The client of an address or range, `@network` behind it where several networks own it."""
    address, at, where = text.partition("@")
    span = parse_prefix(address)
    if span is None:
        if _looks_like_address(address):
            raise UsageError(f"{address} is not an IPv4 address or range", _FORMS)
        return None
    network = _network_named(facts, where) if at else None
    parts = range_parts(facts, span, address, network)
    subnets = _subnets_of(facts, parts)
    notes = () if span.low == span.high else level_notes(facts, subnets)
    return Client(
        kind=_kind_of(parts),
        id=_single_id(parts) if span.low == span.high else None,
        parts=parts,
        assumptions=notes,
    )


def _kind_of(parts: tuple[ClientPart, ...]) -> ClientKind:
    """An address of the estate, of a network on premises, or of the internet."""
    homes = {part.home for part in parts}
    if homes == {Home.ONPREM}:
        return ClientKind.ONPREM
    return ClientKind.INTERNET if homes == {Home.INTERNET} else ClientKind.IP


def _subnets_of(facts: Facts, parts: tuple[ClientPart, ...]) -> list[Subnet]:
    found = (facts.topology.get(Subnet, part.subnet) for part in parts)
    return [subnet for subnet in found if subnet is not None]


def _single_id(parts: tuple[ClientPart, ...]) -> ArmId | None:
    return parts[0].nic or parts[0].subnet if len(parts) == 1 else None


def _network_named(facts: Facts, text: str) -> VirtualNetwork:
    if text.startswith("/"):
        found = facts.topology.get(VirtualNetwork, fold(text))
        fitting: list[Resource] = [found] if found is not None else []
    else:
        fitting = [one for one in _named(facts, text) if isinstance(one, VirtualNetwork)]
    if len(fitting) == 1 and isinstance(fitting[0], VirtualNetwork):
        return fitting[0]
    if fitting:
        raise UsageError(
            f"{len(fitting)} networks are named {text}", candidates_hint(facts, fitting)
        )
    raise UsageError(f"no virtual network is named {text}", "give its name or id behind the @")


def _looks_like_address(text: str) -> bool:
    head = text.partition("/")[0]
    labels = head.split(".")
    return len(labels) == 4 and all(label.isdigit() for label in labels)


# -- outside ---------------------------------------------------------------------------------------


def _outside(text: str, said: str, kind: ClientKind, home: Home) -> Client:
    spans: list[Span] = []
    for one in text.split(","):
        span = parse_prefix(one)
        if span is None:
            raise _ipv6(said) if is_ipv6(one) else UsageError(f"{said} is no client", _FORMS)
        spans.append(span)
    return Client(kind=kind, parts=(ClientPart(addresses=SpanSet(spans), home=home),))


def _internet(text: str, said: str) -> Client:
    client = _outside(text, said, ClientKind.INTERNET, Home.INTERNET)
    if client.addresses - INTERNET:
        raise UsageError(
            f"{text} is not an address of the internet",
            "private addresses are given as they are, or as onprem:RANGE",
        )
    return client


def _internet_as_a_whole() -> Client:
    part = ClientPart(addresses=INTERNET, home=Home.INTERNET)
    return Client(kind=ClientKind.INTERNET, parts=(part,))


def _ipv6(text: str) -> UsageError:
    return UsageError(
        f"{text} is an IPv6 address",
        "flexible servers and their firewall rules use IPv4 only: give the client's IPv4 address",
    )
