"""The rows of a spoke: network, filters, routes and the machines in it."""

from __future__ import annotations

from tests.estates.generator.chance import Dice
from tests.estates.generator.hub import half
from tests.estates.generator.plan import OFFICE, SpokePlan, text
from tests.estates.rows import Row, arm_id
from tests.estates.world import World, route, rule

#: Subnets with machines: interfaces in each, and every how many share a machine.
_CLIENTS = {"snet-app": 6, "snet-web": 5, "snet-batch": 4, "snet-aks": 3, "snet-mgmt": 1}


def start(spoke: SpokePlan) -> World:
    """An empty world in the spoke's subscription, group and region."""
    return World(None, sub=spoke.sub, rg=spoke.group, location=spoke.hub.region)


def add_network(world: World, spoke: SpokePlan, dice: Dice, templates: list[list[Row]]) -> None:
    """The spoke without its servers."""
    hub = spoke.hub
    world.resource_group(spoke.sub, spoke.group)
    dns = (_resolver(spoke, 260), _resolver(spoke, 276)) if spoke.asks_resolver else ()
    vnet = world.vnet(f"vnet-{spoke.name}", spoke.prefix, dns=dns)
    _peer(world, spoke, vnet, dice)
    common = [
        route("to-block", hub.block, "VirtualAppliance", hub.firewall),
        route("to-office", OFFICE, "VirtualAppliance", hub.firewall),
    ]
    default = route("default", "0.0.0.0/0", "VirtualAppliance", hub.firewall)
    clients = world.route_table(f"rt-{spoke.name}", default, *common)
    for number, subnet in enumerate(_CLIENTS):
        rules = list(templates[dice.number(f"rules|{spoke.name}|{number}", len(templates))])
        subnet_id = f"{vnet}/subnets/{subnet}"
        if subnet == "snet-batch" and dice.lays("client-denied", spoke.name, subnet_id):
            rules.append(rule("deny-postgres-out", 150, "Deny", "Outbound", ports="5432"))
        nsg = world.nsg(f"nsg-{subnet.removeprefix('snet-')}-{spoke.name}", *rules)
        world.subnet(vnet, subnet, spoke.prefix_of(subnet), nsg=nsg, route_table=clients)
        _add_machines(world, spoke, subnet, subnet_id)
    for subnet in spoke.server_subnets:
        _add_server_subnet(world, spoke, subnet, vnet, dice, [default, *common])
    world.subnet(vnet, "snet-spare", spoke.prefix_of("snet-spare"), route_table=clients)
    world.load_balancer(
        f"lbi-{spoke.name}", f"{vnet}/subnets/snet-web", spoke.address("snet-web", 200)
    )


def _resolver(spoke: SpokePlan, offset: int) -> str:
    """An inbound endpoint of the hub's resolver."""
    return text(spoke.hub.base + offset)


def _peer(world: World, spoke: SpokePlan, vnet: str, dice: Dice) -> None:
    hub = spoke.hub
    peering = f"{vnet}/virtualNetworkPeerings/peer-vnet-{spoke.name}-to-vnet-hub-{hub.number:03d}"
    state, level, space = "Connected", "FullyInSync", [hub.prefix]
    if dice.lays("peering-one-sided", spoke.name, peering):
        state, level = "Initiated", "RemoteNotInSync"
    elif dice.lays("peering-disconnected", spoke.name, peering):
        state, level = "Disconnected", "RemoteNotInSync"
    elif dice.lays("peering-out-of-sync", spoke.name, peering):
        level, space = "RemoteNotInSync", []
    half(
        world,
        vnet,
        hub.vnet,
        hub.prefix,
        state,
        useRemoteGateways=True,
        peeringSyncLevel=level,
        remoteAddressSpace={"addressPrefixes": space},
    )


def _add_server_subnet(
    world: World, spoke: SpokePlan, subnet: str, vnet: str, dice: Dice, routes: list[Row]
) -> None:
    subnet_id, prefix = f"{vnet}/subnets/{subnet}", spoke.prefix_of(subnet)
    short = subnet.removeprefix("snet-")
    nsg_name = f"nsg-{short}-{spoke.name}"
    nsg_id = arm_id(spoke.sub, spoke.group, "Microsoft.Network/networkSecurityGroups", nsg_name)
    nsg = world.nsg(nsg_name, *_server_rules(spoke, nsg_id, prefix, dice))
    table = world.route_table(
        f"rt-{short}-{spoke.name}",
        *_server_routes(spoke, subnet_id, dice, routes),
        route("own-subnet", prefix, "VnetLocal"),
    )
    is_delegated = not dice.lays("not-delegated", f"{spoke.name}|{subnet}", subnet_id)
    has_endpoint = not dice.lays("no-storage-endpoint", f"{spoke.name}|{subnet}", subnet_id)
    world.subnet(
        vnet,
        subnet,
        prefix,
        nsg=nsg,
        route_table=table,
        delegation="pg" if is_delegated else None,
        endpoints=("Microsoft.Storage",) if has_endpoint else (),
    )


def _server_rules(spoke: SpokePlan, nsg: str, prefix: str, dice: Dice) -> list[Row]:
    key = nsg.rsplit("/", 1)[-1]
    inside = "Deny" if dice.lays("in-subnet-denied", key, nsg) else "Allow"
    storage = "Deny" if dice.lays("storage-denied", key, nsg) else "Allow"
    rules = [
        rule("out-storage", 110, storage, "Outbound", dst="Storage", ports="443"),
        rule("out-entra", 120, "Allow", "Outbound", dst="AzureActiveDirectory", ports="443"),
        rule("deny-all-in", 4096, "Deny", protocol="*"),
    ]
    if not dice.lays("final-deny-without-allow", key, nsg):
        callers = [spoke.hub.block, spoke.hub.prefix, OFFICE]
        rules += [
            rule("postgres-in-subnet", 100, inside, src=prefix, dst=prefix, ports="5432"),
            rule("postgres-from-apps", 200, "Allow", src=callers, ports="5432"),
        ]
    return rules


def _server_routes(spoke: SpokePlan, subnet_id: str, dice: Dice, routes: list[Row]) -> list[Row]:
    key = f"{spoke.name}|{subnet_id.rsplit('/', 1)[-1]}"
    made = list(routes)
    if dice.lays("black-hole", key, subnet_id):
        return [route("default", "0.0.0.0/0", "None"), *made[1:]]
    if dice.lays("entra-through-firewall", key, subnet_id):
        return made
    return [*made, route("entra", "AzureActiveDirectory", "Internet")]


def _add_machines(world: World, spoke: SpokePlan, subnet: str, subnet_id: str) -> None:
    short = subnet.removeprefix("snet-")
    for number in range(_CLIENTS[subnet]):
        name = f"{short}-{spoke.name}-{number:02d}"
        nic = world.nic(f"nic-{name}", subnet_id, spoke.address(subnet, 4 + number))
        if short != "aks":
            world.vm(f"vm-{name}", nic)
