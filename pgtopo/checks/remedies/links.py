"""Fixes for virtual network links of private zones, and for records."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.wording import called
from pgtopo.checks import commands as az
from pgtopo.checks.az import part
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.names import free_name
from pgtopo.checks.remedies.rules import delete_rule
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId, ancestor, name_of
from pgtopo.model.nsg import NetworkSecurityGroup, rule_name
from pgtopo.model.patch import add_row, delete_row, set_value
from pgtopo.model.server import FlexibleServer

_WRITE_LINK = "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write"
_JOIN = "Microsoft.Network/virtualNetworks/join/action"
_SHORT_TTL = 30


def link_zone(facts: Facts, zone: ArmId, network: ArmId) -> tuple[Fix, ...]:
    """Make a zone visible in a network.

    Azure rule: a network cannot be linked to two zones of the same name ("What is a virtual
    network link", Azure DNS documentation).
    """
    shown, joined = facts.topology.display(zone), facts.topology.display(network)
    rival = _rival(facts, zone, network)
    if rival is not None:
        text = (
            f"Move the records of {called(facts, rival.zone)} into the server's own zone of the"
            f" same name, then link that one to {called(facts, network)} in its place: Azure"
            " refuses a second link to a zone of this name."
        )
        return (Fix(text=text),)
    taken = (link.name for link in facts.topology.links_of_zone(zone))
    name = free_name(f"link-{name_of(joined)}", taken)
    link = f"{shown}/virtualNetworkLinks/{name}"
    properties = {
        "virtualNetwork": {"id": joined},
        "registrationEnabled": False,
        "virtualNetworkLinkState": "Completed",
        "provisioningState": "Succeeded",
    }
    fix = Fix(
        text=f"Link zone {name_of(shown)} to network {name_of(joined)}, without registration.",
        ops=(add_row({"id": link, "properties": properties}),),
        commands=(az.zone_link_create(shown, name, joined),),
        roll_back=(az.zone_link_delete(link),),
        effect=f"Clients that ask Azure DNS in {name_of(joined)} get the zone's private answers.",
        risk="Names of this zone that are not in it no longer come from public DNS there.",
        needs=(_WRITE_LINK, _JOIN),
    )
    return (fix,)


def _rival(facts: Facts, zone: ArmId, network: ArmId) -> ZoneLink | None:
    """The link of another zone of the same name to the same network."""
    for link in facts.topology.links_of_network(network):
        if link.zone != zone and name_of(link.zone) == name_of(zone):
            return link
    return None


def link_own_network(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """Link a server's zone to the server's own network."""
    network = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
    if server.zone is None or network is None:
        return ()
    return link_zone(facts, server.zone, network)


def remake_link(facts: Facts, link: ZoneLink, fail: Fail) -> tuple[Fix, ...]:
    """Make a failed link anew; one in progress is left alone."""
    if link.network is None or "progress" in (link.state + link.provisioning).lower():
        return (Fix(text="Wait until Azure has finished the link, then collect again."),)
    shown, network = facts.topology.display(link.id), facts.topology.display(link.network)
    create = az.zone_link_create(_zone(shown), part(shown, "virtualnetworklinks"), network)
    fix = Fix(
        text=f"Delete link {link.name}, which Azure could not finish, and make it again.",
        ops=(
            set_value(shown, "/properties/virtualNetworkLinkState", "Completed"),
            set_value(shown, "/properties/provisioningState", "Succeeded"),
        ),
        commands=(az.zone_link_delete(shown), create),
        roll_back=(az.zone_link_delete(shown),),
        effect=f"The zone answers in {name_of(network)}.",
        risk="The network sees nothing of the zone while the link is remade.",
        needs=(_WRITE_LINK, _JOIN),
    )
    return (fix,)


def delete_link(facts: Facts, link: ZoneLink, fail: Fail) -> tuple[Fix, ...]:
    """Take a link that leads nowhere away."""
    shown = facts.topology.display(link.id)
    fix = Fix(
        text=f"If the network that link {link.name} leads to is really gone, delete the link.",
        ops=(delete_row(shown),),
        commands=(az.zone_link_delete(shown),),
        effect="None for any network that exists.",
        risk="If the network is only hidden from this login, its clients lose the zone.",
        needs=("Microsoft.Network/privateDnsZones/virtualNetworkLinks/delete",),
    )
    return (fix,)


def unlink(facts: Facts, link: ZoneLink) -> tuple[Fix, ...]:
    """Take a zone that captures a server's name out of one network."""
    if link.network is None:
        return ()
    shown, network = facts.topology.display(link.id), called(facts, link.network)
    fix = Fix(
        text=f"Unlink zone {name_of(link.zone)} from {network}: it captures the server's name.",
        ops=(delete_row(shown),),
        commands=(az.zone_link_delete(shown),),
        roll_back=(link_again(facts, link),),
        effect=f"Clients in {network} no longer get answers from this zone.",
        risk="Names that only this zone holds are no longer found there: move those records first.",
        needs=("Microsoft.Network/privateDnsZones/virtualNetworkLinks/delete",),
    )
    return (fix,)


def delete_links(facts: Facts, zone: PrivateZone, fail: Fail) -> tuple[Fix, ...]:
    """Take a zone that shadows the service's own names out of every network."""
    held = facts.topology.links_of_zone(zone.id)
    links = [facts.topology.display(link.id) for link in held]
    fix = Fix(
        text=f"Unlink zone {zone.name} from every network; it answers for names it does not hold.",
        ops=tuple(delete_row(link) for link in links),
        commands=tuple(az.zone_link_delete(link) for link in links),
        roll_back=tuple(link_again(facts, link) for link in held if link.network),
        effect="Names of servers come from their own zones and from public DNS again.",
        risk="Names that only this zone holds are no longer found: move those records first.",
        needs=("Microsoft.Network/privateDnsZones/virtualNetworkLinks/delete",),
    )
    return (fix,)


def link_again(facts: Facts, link: ZoneLink) -> str:
    """The command that makes a link as it was."""
    shown = facts.topology.display(link.id)
    network = facts.topology.display(link.network) if link.network else ""
    return az.zone_link_create(
        _zone(shown),
        part(shown, "virtualnetworklinks"),
        network,
        has_registration=link.has_registration,
        policy=link.resolution_policy,
    )


def stop_registration(facts: Facts, link: ZoneLink, fail: Fail) -> tuple[Fix, ...]:
    """Keep machines from registering in a zone of servers."""
    shown = facts.topology.display(link.id)
    fix = Fix(
        text=f"Switch registration off on link {link.name}; it still resolves.",
        ops=(set_value(shown, "/properties/registrationEnabled", value=False),),
        commands=(az.zone_link_update(shown, has_registration=False),),
        roll_back=(az.zone_link_update(shown, has_registration=True),),
        effect="Records that machines registered themselves are taken out of the zone.",
        risk="Whoever finds machines by these names no longer does.",
        needs=(_WRITE_LINK,),
    )
    return (fix,)


def stop_redirect(facts: Facts, link: ZoneLink, fail: Fail) -> tuple[Fix, ...]:
    """Let a zone answer alone, without going on to public DNS."""
    shown = facts.topology.display(link.id)
    fix = Fix(
        text=f"Set the resolution policy of link {link.name} to Default.",
        ops=(set_value(shown, "/properties/resolutionPolicy", "Default"),),
        commands=(az.zone_link_policy(shown, "Default"),),
        roll_back=(az.zone_link_policy(shown, "NxDomainRedirect"),),
        effect="A missing record shows as a missing name, not as a public address.",
        risk="Names that are only in public DNS are no longer found in this network.",
        needs=(_WRITE_LINK,),
    )
    return (fix,)


def shorten_ttl(facts: Facts, record: RecordSet, fail: Fail) -> tuple[Fix, ...]:
    """Let clients ask again soon after a failover."""
    shown = facts.topology.display(record.id)
    fix = Fix(
        text=f"Set the time to live of record {record.label} to {_SHORT_TTL} seconds.",
        ops=(set_value(shown, "/properties/ttl", _SHORT_TTL),),
        commands=(az.record_ttl(_zone(shown), name_of(shown), _SHORT_TTL),),
        roll_back=(az.record_ttl(_zone(shown), name_of(shown), record.ttl or 3600),),
        effect="Clients follow a failover within half a minute.",
        risk="Slightly more queries.",
        needs=("Microsoft.Network/privateDnsZones/A/write",),
    )
    return (fix,)


def drop_platform_deny(facts: Facts, group: NetworkSecurityGroup, fail: Fail) -> tuple[Fix, ...]:
    """Take away the rule that shuts Azure DNS off."""
    wanted = fail.discriminator.lower()
    for rule in group.rules:
        if rule_name(rule).lower() == wanted:
            effect = "Azure DNS answers in the subnets of this group again."
            return (delete_rule(facts, group, rule, effect),)
    return ()


def _zone(child: str) -> str:
    """The id of the zone that a link or record belongs to, as it is written."""
    return child.rsplit("/", 2)[0]
