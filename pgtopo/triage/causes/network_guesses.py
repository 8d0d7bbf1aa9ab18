"""What names, time-outs, refusals and missing routes may come from beside the path itself."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import endpoint_names, server_fqdn
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.az import az, part
from pgtopo.checks.pooler import PORT as POOLER_PORT
from pgtopo.checks.pooler import is_pooling
from pgtopo.model.net import is_ipv6, parse_address
from pgtopo.model.server import FlexibleServer, Mode, VirtualEndpoint
from pgtopo.triage.causes.cause import Cause, Clue
from pgtopo.triage.causes.scene import Scene, guess, shown
from pgtopo.triage.ends import PORT
from pgtopo.triage.places import true_addresses
from pgtopo.triage.probes import Probe, dns_servers, look_up, state, tcp
from pgtopo.triage.symptoms.classes import SymptomClass

_BURSTABLE = "burstable"
_RESOLVERS = Probe("cat /etc/resolv.conf", "The servers named there must be those of the network.")


def names(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why a name may not resolve although zones and links are right."""
    server, host = scene.server, scene.symptom.places.host
    if server is not None and host and host not in _names_of(facts, server):
        right = server_fqdn(facts, server)
        yield shown(
            "NAME_MISSPELT",
            f"The client asked for {host}, which is none of the server's names; its name is"
            f" {right}.",
            scene.heard(),
            Clue(
                resource=server.id,
                property="properties.fullyQualifiedDomainName",
                value=server.fqdn or None,
            ),
            probe=look_up(facts, server),
            advice=f"Put {right} into the connection string.",
        )
    if server is None and host:
        yield guess(
            "NAME_MISSPELT",
            f"The data knows no server of the name {host}: it is misspelt, an alias of your own,"
            " or the server is not in the data.",
            scene.heard(),
            probe=Probe(f"nslookup -debug {host}", "A canonical name shows which server it is."),
        )
    other = _other_resolver(facts, scene)
    if other is not None:
        yield other
        yield from _open_by_data(facts, scene)
        return
    yield guess(
        "CLIENT_RESOLVER",
        "The client's own machine may ask other DNS servers than its network says: a changed"
        " setting reaches machines only when they renew their lease or restart, and containers and"
        " VPN clients bring settings of their own.",
        probe=_RESOLVERS,
    )
    yield from _open_by_data(facts, scene)


def _other_resolver(facts: Facts, scene: Scene) -> Cause | None:
    """The client asked a DNS server that its network does not name; a local stub says nothing."""
    asked, client = scene.symptom.places.dns_server, scene.ends.client
    if not asked or asked.startswith("127.") or client is None:
        return None
    named = dns_servers(facts, client)
    if not named or asked in named:
        return None
    return shown(
        "CLIENT_RESOLVER",
        f"The client asked {asked}, and its network names {', '.join(named)}: it was not restarted"
        " since that changed, or brings a setting of its own.",
        scene.heard(),
        probe=_RESOLVERS,
        advice="Renew the machine's lease or restart it, or correct its own setting.",
    )


def _names_of(facts: Facts, server: FlexibleServer) -> set[str]:
    found = {server_fqdn(facts, server)}
    for endpoint in facts.topology.all(VirtualEndpoint):
        if endpoint.server == server.id or server.name.lower() in endpoint.members:
            found.update(endpoint_names(facts, endpoint))
    return found


def timeouts(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why packets may be lost although rules and routes are right."""
    yield from _other_address(facts, scene)
    server = scene.server
    yield guess(
        "CLIENT_FIREWALL",
        "A firewall on the client's machine, in its container network or of its proxy may drop"
        " what it sends; Azure's data does not show it.",
        probe=tcp(facts, server, scene.ends.port) if server is not None else None,
    )
    yield from _restarting(facts, scene)
    yield from _open_by_data(facts, scene)


def refusals(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why nothing may listen where the client knocked."""
    server, port = scene.server, scene.ends.port
    if server is not None and port == POOLER_PORT:
        yield _pooler(facts, scene, server)
    elif port != PORT:
        yield shown(
            "PORT_UNUSUAL",
            f"The client uses port {port}; a flexible server listens on 5432, and PgBouncer on"
            " 6432 where it is switched on.",
            scene.heard(),
            probe=tcp(facts, server, PORT) if server is not None else None,
            advice="Use port 5432, or 6432 with PgBouncer.",
        )
    yield from _other_address(facts, scene)
    yield from _restarting(facts, scene)
    yield from _open_by_data(facts, scene)


def _pooler(facts: Facts, scene: Scene, server: FlexibleServer) -> Cause:
    setting = facts.topology.parameter(server.id, "pgbouncer.enabled")
    tier = Clue(resource=server.id, property="sku.tier", value=server.tier or None)
    shown_id = facts.topology.display(server.id)
    command = Probe(
        az(
            "postgres flexible-server parameter show",
            shown_id,
            server_name=part(shown_id, "flexibleservers"),
            name="pgbouncer.enabled",
            query="value",
        ),
        "true: the pooler is on; false: nothing listens on 6432.",
    )
    advice = "Switch pgbouncer.enabled on, or connect to port 5432."
    if server.tier.lower() == _BURSTABLE:
        text = "Burstable servers have no PgBouncer, so nothing listens on 6432."
        return shown("POOLER_OFF", text, tier, advice="Use port 5432.", is_certain=True)
    if setting is None:
        text = "PgBouncer may be off, as it is by default; the server's parameters were not read."
        return guess("POOLER_OFF", text, scene.heard(), probe=command, resource=server.id)
    seen = Clue(resource=setting.id, property="properties.value", value=setting.value)
    if is_pooling(facts, server):
        text = "PgBouncer is switched on by the data; it may be restarting, or was changed since."
        return guess("POOLER_OFF", text, probe=command, resource=setting.id, against=(seen,))
    text = f"PgBouncer is off on {server.name}, so nothing listens on port 6432."
    return shown(
        "POOLER_OFF", text, seen, probe=command, advice=advice, resource=setting.id, is_certain=True
    )


def unreachable(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why a client's own machine may have no way."""
    address = scene.symptom.places.address
    if is_ipv6(address) or _tried_ipv6(scene):
        yield guess(
            "IPV6_TRIED",
            "The client tried an IPv6 address; flexible servers have IPv4 addresses only.",
            scene.heard(),
            advice="Let the client use IPv4, or look for another error in the same log.",
        )
    yield guess(
        "CLIENT_ROUTE",
        "The client's own machine, or a router next to it, has no route: no default gateway, a VPN"
        " that is down, or a local firewall that rejects.",
        probe=Probe("ip route get <server address>", "'unreachable' means the machine itself."),
    )
    yield from _open_by_data(facts, scene)


def _tried_ipv6(scene: Scene) -> bool:
    words = scene.symptom.quote.replace("(", " ").replace(")", " ").replace("[", " ").split()
    return any(word.count(":") > 1 and is_ipv6(word.strip(",]")) for word in words)


def anything(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """What is left where the error says nothing."""
    yield from _other_address(facts, scene)
    yield from _open_by_data(facts, scene)


# -- shared ---------------------------------------------------------------------------------------


def _other_address(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """The client tried an address that is not the server's.

    Unknown when: the server's own addresses were not read.
    """
    server, text = scene.server, scene.symptom.places.address
    value = parse_address(text) if text else None
    if server is None or value is None or server.mode in (Mode.PUBLIC, Mode.UNKNOWN):
        return
    right = true_addresses(facts, server)
    if not right or value in right or (scene.path is not None and text in scene.path.answers):
        return
    yield shown(
        "ADDRESS_NOT_THE_SERVERS",
        f"The client tried {text}, and {server.name} is at {', '.join(right.cidrs()[:3])}: an old"
        " entry in a cache or hosts file, another DNS answer, or a literal address.",
        scene.heard(),
        probe=look_up(facts, server),
        advice=f"Connect to {server_fqdn(facts, server)}, and let the client look it up anew.",
        resource=server.id,
    )


def _restarting(facts: Facts, scene: Scene) -> Iterator[Cause]:
    server = scene.server
    if server is None:
        return
    seen = Clue(resource=server.id, property="properties.state", value=server.state or None)
    yield guess(
        "SERVER_RESTARTING",
        "A restart, failover or maintenance lasts a minute or two and looks like this; the data"
        " has only the state of its own time.",
        probe=state(facts, server),
        resource=server.id,
        against=(seen,) if server.state.lower() == "ready" else (),
    )


def _open_by_data(facts: Facts, scene: Scene) -> Iterator[Cause]:
    path = scene.path
    if path is None or path.verdict is not Verdict.ALLOWED:
        return
    at = facts.topology.created_at or "an unstated time"
    kind = scene.symptom.kind
    command = look_up if kind is SymptomClass.NAME_NOT_FOUND else None
    server = path.server
    yield guess(
        "DATA_SAYS_OPEN",
        f"By the data of {at} name and network are open for this client: it is another client or"
        " server than named, something changed since, or what stands in the way is not in Azure's"
        " data.",
        probe=command(facts, server) if command else tcp(facts, server, path.port),
    )
