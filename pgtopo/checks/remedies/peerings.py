"""Fixes for peerings: the missing half, a broken pair, ranges that came later, flags."""

from typing import Any

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.wording import called
from pgtopo.checks import commands as az
from pgtopo.checks.az import part
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.names import free_name
from pgtopo.model.ids import ArmId, ancestor, name_of
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.patch import Op, add_row, set_value
from pgtopo.model.server import FlexibleServer

_WRITE = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write"
_PEER = "Microsoft.Network/virtualNetworks/peer/action"


def connect(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Bring both halves of a peering to Connected."""
    if peering.remote is None:
        return ()
    other = facts.topology.reverse_of(peering)
    if other is None:
        return complete(facts, peering, fail)
    waiting = next((one for one in (peering, other) if _says(one, "initiated")), None)
    if waiting is None:
        return (_remade(facts, peering, other),)
    return (_answered(facts, waiting, other if waiting is peering else peering),)


def complete(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Make the other half of a peering.

    Azure rule: a half that is Disconnected cannot be used again; both have to be made anew
    ("Troubleshoot virtual network peering issues", Microsoft Learn).
    """
    home = facts.topology.get(VirtualNetwork, peering.network)
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    if home is None or remote is None or home.space.overlaps(remote.space):
        return ()
    half = half_between(facts, remote, home)
    half["properties"]["allowGatewayTransit"] = peering.uses_remote_gateways
    shown = facts.topology.display(peering.id)
    is_dead = _says(peering, "disconnected")
    again = (az.peering_delete(shown), _create(facts, peering)) if is_dead else ()
    needs_both = "both halves" if is_dead else f"the half in {remote.name}"
    fix = Fix(
        text=f"Make {needs_both} of the peering between {home.name} and {remote.name}.",
        ops=(*_connected(facts, peering), add_row(half)),
        commands=(*again, _create_half(facts, half, home.id, allows_forwarded=False)),
        roll_back=(az.peering_delete(str(half["id"])),),
        effect=f"{home.name} and {remote.name} route to each other; NSGs still filter.",
        risk="Whoever has rights in one network reaches what NSGs of the other leave open.",
        needs=(_WRITE, _PEER),
    )
    return (fix,)


def peer_both(facts: Facts, one: ArmId, other: ArmId) -> tuple[Fix, ...]:
    """Peer two networks that know nothing of each other."""
    here, there = (facts.topology.get(VirtualNetwork, network) for network in (one, other))
    if here is None or there is None or here.space.overlaps(there.space):
        return ()
    halves = [half_between(facts, here, there), half_between(facts, there, here)]
    created = [
        _create_half(facts, half, far, allows_forwarded=False)
        for half, far in zip(halves, (there.id, here.id), strict=True)
    ]
    fix = Fix(
        text=f"Peer {here.name} with {there.name}, in both directions.",
        ops=tuple(add_row(half) for half in halves),
        commands=tuple(created),
        roll_back=tuple(az.peering_delete(str(half["id"])) for half in halves),
        effect=f"All of {here.name} and {there.name} route to each other; NSGs still filter.",
        risk="If a hub with a firewall is meant to stand between them, add routes there instead.",
        needs=(_WRITE, _PEER),
    )
    return (fix,)


def join_replica(facts: Facts, replica: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Peer the networks of a replica and its primary, where no peering joins them yet."""
    source = facts.topology.get(FlexibleServer, replica.source_server)
    places = [one.subnet for one in (replica, source) if one is not None and one.subnet is not None]
    ends = [n for place in places if (n := ancestor(place, "virtualnetworks")) is not None]
    if len(set(ends)) != 2:
        return ()
    here, there = ends
    halves = (*facts.topology.peerings_of(here), *facts.topology.peerings_of(there))
    if any({half.network, half.remote} == {here, there} for half in halves):
        return ()
    return peer_both(facts, here, there)


def half_between(facts: Facts, home: VirtualNetwork, remote: VirtualNetwork) -> dict[str, Any]:
    """The row of a new half, as it stands once both are there."""
    shown = facts.topology.display(home.id)
    taken = (peering.name for peering in facts.topology.peerings_of(home.id))
    name = free_name(f"to-{remote.name}", taken)
    space = {"addressPrefixes": list(remote.prefixes)}
    return {
        "id": f"{shown}/virtualNetworkPeerings/{name}",
        "properties": {
            "remoteVirtualNetwork": {"id": facts.topology.display(remote.id)},
            "peeringState": "Connected",
            "peeringSyncLevel": "FullyInSync",
            "remoteAddressSpace": space,
            "remoteVirtualNetworkAddressSpace": space,
            "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": False,
            "allowGatewayTransit": False,
            "useRemoteGateways": False,
            "peerCompleteVnets": True,
        },
    }


def _create_half(
    facts: Facts, half: dict[str, Any], remote: ArmId, *, allows_forwarded: bool
) -> str:
    text = str(half["id"])
    found = az.peering_create(
        text.rsplit("/", 2)[0],
        name_of(text),
        facts.topology.display(remote),
        allows_forwarded=allows_forwarded,
    )
    return found + (" --allow-gateway-transit true" if _lends(half) else "")


def _lends(half: dict[str, Any]) -> bool:
    """Whether a new half lends the gateway of its network, as the half that is there expects."""
    return bool(half["properties"]["allowGatewayTransit"])


def _create(facts: Facts, peering: Peering) -> str:
    """The command that makes a half as it was."""
    shown = facts.topology.display(peering.id)
    found = az.peering_create(
        facts.topology.display(peering.network),
        part(shown, "virtualnetworkpeerings"),
        facts.topology.display(peering.remote) if peering.remote else "",
        allows_forwarded=peering.allows_forwarded,
        allows_access=peering.allows_access,
    )
    flags = {
        " --allow-gateway-transit true": peering.allows_gateway_transit,
        " --use-remote-gateways true": peering.uses_remote_gateways,
    }
    return found + "".join(text for text, is_set in flags.items() if is_set)


def _lists(*halves: Peering) -> str:
    """What the commands that make a half again do not bring back."""
    if all(half.is_complete and not half.is_ipv6_only for half in halves):
        return ""
    return " It joined listed subnets or IPv6 alone; made again it joins all: narrow it at once."


def _connected(facts: Facts, peering: Peering) -> tuple[Op, ...]:
    """What Azure makes of a half once the other one is there."""
    shown = facts.topology.display(peering.id)
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    found = [
        set_value(shown, "/properties/peeringState", "Connected"),
        set_value(shown, "/properties/peeringSyncLevel", "FullyInSync"),
    ]
    if remote is not None:
        space = {"addressPrefixes": list(remote.prefixes)}
        found.append(set_value(shown, "/properties/remoteAddressSpace", space))
        found.append(set_value(shown, "/properties/remoteVirtualNetworkAddressSpace", space))
    return tuple(found)


def _remade(facts: Facts, peering: Peering, other: Peering) -> Fix:
    halves = [facts.topology.display(one.id) for one in (peering, other)]
    return Fix(
        text=f"Delete both halves of the peering between {called(facts, peering.network)} and"
        f" {called(facts, other.network)}, and make them again.",
        ops=(*_connected(facts, peering), *_connected(facts, other)),
        commands=(
            *(az.peering_delete(half) for half in halves),
            _create(facts, peering),
            _create(facts, other),
        ),
        roll_back=tuple(az.peering_delete(half) for half in halves),
        effect="The networks route to each other again, with the flags both halves had.",
        risk=f"What still passes over the peering is cut for a moment.{_lists(peering, other)}",
        needs=(_WRITE, _PEER),
    )


def _answered(facts: Facts, waiting: Peering, other: Peering) -> Fix:
    """Make the half that an Initiated one waits for; the one that waits stays as it is.

    Azure rule: a peering that is Initiated is connected by making the other half; only one that is
    Disconnected has to be deleted first ("Create, change, or delete a virtual network peering" and
    "Troubleshoot virtual network peering issues", Microsoft Learn).
    """
    half = facts.topology.display(other.id)
    is_dead = _says(other, "disconnected")
    there, here = called(facts, other.network), called(facts, waiting.network)
    what = (
        f"Delete the {other.state} half in {there}, and make it"
        if is_dead
        else (f"Make the half in {there}")
    )
    return Fix(
        text=f"{what} {'again' if is_dead else 'once more'}: the half in {here} waits for it"
        " and stays.",
        ops=(*_connected(facts, waiting), *_connected(facts, other)),
        commands=(*((az.peering_delete(half),) if is_dead else ()), _create(facts, other)),
        roll_back=(az.peering_delete(half),),
        effect="The networks route to each other again, with the flags both halves had.",
        risk="Whoever has rights in one network reaches what NSGs of the other leave open."
        f"{_lists(other)}",
        needs=(_WRITE, _PEER),
    )


def _says(peering: Peering, state: str) -> bool:
    return peering.state.lower() == state


def sync(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Let a peering route the ranges the other network has by now."""
    shown = facts.topology.display(peering.id)
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    if remote is None:
        return ()
    fix = Fix(
        text=f"Sync peering {peering.name} of {called(facts, peering.network)}.",
        ops=_connected(facts, peering),
        commands=(az.peering_sync(shown),),
        effect=f"{called(facts, peering.network)} routes all ranges of {remote.name}.",
        risk="None known; traffic is not interrupted.",
        needs=(_WRITE,),
    )
    return (fix,)


def lend_or_use_gateway(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Set the flag that is missing for gateway transit."""
    if peering.uses_remote_gateways and fail.cause is not None:
        text = "Lend the gateway on peering"
        return (_flag(facts, fail.cause, "allowGatewayTransit", text),)
    return (_flag(facts, peering.id, "useRemoteGateways", "Use the lent gateway on peering"),)


def use_gateway(facts: Facts, peering: Peering, other: Peering) -> Fix:
    """Use the gateway of the peered network, lent first where it is not yet."""
    use = _flag(
        facts, peering.id, "useRemoteGateways", "Use the other network's gateway on peering"
    )
    if other.allows_gateway_transit:
        return use
    lend = _flag(facts, other.id, "allowGatewayTransit", "Lend the gateway on peering")
    return msgspec.structs.replace(
        use,
        text=f"{lend.text} {use.text}",
        ops=(*lend.ops, *use.ops),
        commands=(*lend.commands, *use.commands),
        roll_back=(*use.roll_back, *lend.roll_back),
    )


def give_access(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Let the two networks count as one for filters."""
    text = "Allow virtual network access on peering"
    return (_flag(facts, fail.cause or peering.id, "allowVirtualNetworkAccess", text),)


def accept_forwarded(facts: Facts, peering: Peering, fail: Fail) -> tuple[Fix, ...]:
    """Let packets in that an appliance passes on, where a check found them refused."""
    held = facts.topology.get(Peering, fail.cause) or peering
    return (admit_forwarded(facts, held),)


def admit_forwarded(facts: Facts, peering: Peering) -> Fix:
    """Let packets in that an appliance in the other network passes on."""
    return _flag(facts, peering.id, "allowForwardedTraffic", "Allow forwarded traffic on peering")


def admit_access(facts: Facts, peering: Peering) -> Fix:
    """Let packets of the other network in."""
    return _flag(
        facts, peering.id, "allowVirtualNetworkAccess", "Allow virtual network access on peering"
    )


def _flag(facts: Facts, peering: ArmId, field: str, text: str) -> Fix:
    shown = facts.topology.display(peering)
    home = part(shown, "virtualnetworks")
    return Fix(
        text=f"{text} {name_of(shown)} of {home}.",
        ops=(set_value(shown, f"/properties/{field}", value=True),),
        commands=(az.peering_set(shown, field, value=True),),
        roll_back=(az.peering_set(shown, field, value=False),),
        effect=f"{field} is true on this half; NSGs still filter.",
        risk="It counts for everything that uses the peering, not for one client.",
        needs=(_WRITE,),
    )
