"""What encryption, logins, capacity, cuts and read-only sessions may come from.

Azure rule: TLS is required by default and versions below 1.2 are denied; clients trust DigiCert
Global Root G2 and Microsoft RSA Root 2017; certificate sign-in is not supported ("TLS", "Entra
authentication", "Limits", Azure Database for PostgreSQL documentation).
"""

import re
import shlex
from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import follows
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.az import az_by_id
from pgtopo.model.server import FlexibleServer
from pgtopo.triage.causes.cause import Cause, Clue
from pgtopo.triage.causes.scene import Scene, guess, shown
from pgtopo.triage.probes import Probe, psql, server_side, state


def _parameter(facts: Facts, server: FlexibleServer | None, name: str) -> tuple[Clue, ...]:
    held = facts.topology.parameter(server.id, name) if server is not None else None
    if held is None:
        return ()
    return (Clue(resource=held.id, property="properties.value", value=held.value),)


def encryption(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """What the words about TLS say; most of them name their cause themselves."""
    yield _BY_SENSE.get(scene.symptom.sense.slug, _tls_failed)(facts, scene)


def _no_encryption(facts: Facts, scene: Scene) -> Cause:
    clues = _parameter(facts, scene.server, "require_secure_transport")
    return shown(
        "TLS_NOT_USED",
        "The client connected without TLS, and the server takes only encrypted connections. The"
        " server was reached: name, network and firewall are fine.",
        scene.heard(),
        *clues,
        probe=Probe(
            psql(scene.name(facts)),
            "A password prompt, or a login, shows that TLS was all that lacked.",
        ),
        advice="Let the client use TLS: sslmode=require or stronger (Npgsql: SSL Mode=Require;"
        " node-postgres: ssl; JDBC: sslmode=require).",
        is_certain=True,
    )


def _not_offered(facts: Facts, scene: Scene) -> Cause:
    return shown(
        "TLS_NOT_OFFERED",
        "What answered does not speak TLS, so it is hardly the flexible server: a proxy, a tunnel,"
        " another machine or another port.",
        scene.heard(),
        probe=_handshake(facts, scene),
        advice="Check host, address and port of the connection string, and what stands between.",
    )


def _untrusted(facts: Facts, scene: Scene) -> Cause:
    return shown(
        "CERTIFICATE_NOT_TRUSTED",
        "The client's trust store does not lead from the server's certificate to a root it knows.",
        scene.heard(),
        probe=_handshake(facts, scene),
        advice="Install DigiCert Global Root G2 and Microsoft RSA Root Certificate Authority 2017"
        " as trusted roots, and do not pin intermediates.",
    )


def _other_name(facts: Facts, scene: Scene) -> Cause:
    return shown(
        "CERTIFICATE_NAME",
        "The client checks the certificate against a name that it does not hold: an address, an"
        " alias or a private name stands in the connection string.",
        scene.heard(),
        probe=_handshake(facts, scene),
        advice=f"Connect to {scene.name(facts)}.",
    )


def _client_certificate(_facts: Facts, scene: Scene) -> Cause:
    return shown(
        "CERTIFICATE_SIGN_IN",
        "Client certificates are not supported for signing in to flexible servers.",
        scene.heard(),
        advice="Sign in with a password or an Entra token.",
    )


def _version(facts: Facts, scene: Scene) -> Cause:
    clues = _parameter(facts, scene.server, "ssl_min_protocol_version")
    return shown(
        "TLS_VERSION",
        "Client and server have no TLS version in common; servers take 1.2 and later, or what"
        " ssl_min_protocol_version says.",
        scene.heard(),
        *clues,
        probe=_handshake(facts, scene),
        advice="Update the client to TLS 1.2 or later.",
    )


def _tls_failed(facts: Facts, scene: Scene) -> Cause:
    return guess(
        "TLS_FAILED",
        "The encrypted connection could not be set up; the words do not say why.",
        scene.heard(),
        probe=_handshake(facts, scene),
    )


def _handshake(facts: Facts, scene: Scene) -> Probe:
    return Probe(
        "openssl s_client -starttls postgres -showcerts -connect "
        + shlex.quote(f"{scene.name(facts)}:{scene.ends.port}"),
        "It shows the TLS version, the chain, the names and the dates.",
    )


_BY_SENSE = {
    "no_encryption": _no_encryption,
    "tls_not_offered": _not_offered,
    "certificate_untrusted": _untrusted,
    "certificate_name": _other_name,
    "certificate_client": _client_certificate,
    "protocol_version": _version,
}


def logins(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why a server that was reached refuses the login."""
    sense, server = scene.symptom.sense.slug, scene.server
    if server is not None:
        yield from _sign_in_off(scene, server, sense)
    asks_token = sense in ("password", "token") and (server is None or server.has_entra)
    is_own = is_own_user(scene.symptom.quote)
    if asks_token and not is_own:
        yield _token(scene, server)
    if sense == "password":
        yield guess(
            "PASSWORD_WRONG",
            "Password or user name is wrong. A line about 'no encryption' after it is only the"
            " retry without TLS.",
            scene.heard(),
            probe=Probe(
                psql(scene.name(facts), user="<user>"),
                "The same refusal here shows that it is not the application.",
            ),
            advice="Correct the credentials, or reset the password.",
        )
    if asks_token and is_own:
        yield _token(scene, server)
    if sense == "role":
        yield shown(
            "ROLE_OR_DATABASE",
            "The server does not know the role or the database, or does not let it in.",
            scene.heard(),
            probe=server_side(facts, server) if server is not None else None,
            advice="Create the role or the database, or correct the name.",
        )
    if sense == "not_admitted":
        yield guess(
            "NOT_IN_ACCESS_LIST",
            "With TLS in use, no line of the access list fits: a replication connection, another"
            " database or user, or an address the server does not expect. A missing firewall rule"
            " would show as a time-out.",
            scene.heard(),
        )


def is_own_user(quote: str) -> bool:
    """Whether an error names a user that does not look like one of Entra's."""
    named = re.search(r"user [\"'»«]?([^\"'»«\s]+)", quote)
    return named is not None and "@" not in named[1]


def _sign_in_off(scene: Scene, server: FlexibleServer, sense: str) -> Iterator[Cause]:
    if sense == "password" and server.password_auth.lower() == "disabled":
        yield shown(
            "PASSWORD_SIGN_IN_OFF",
            f"Server {server.name} does not take passwords, only Entra tokens.",
            Clue(
                resource=server.id,
                property="properties.authConfig.passwordAuth",
                value=server.password_auth,
            ),
            scene.heard(),
            advice="Sign in with an Entra token, or switch password sign-in on.",
            resource=server.id,
        )
    if sense == "token" and server.entra_auth.lower() == "disabled":
        yield shown(
            "ENTRA_SIGN_IN_OFF",
            f"Server {server.name} does not take Entra tokens.",
            Clue(
                resource=server.id,
                property="properties.authConfig.activeDirectoryAuth",
                value=server.entra_auth,
            ),
            scene.heard(),
            advice="Switch Entra sign-in on, or use a password.",
            resource=server.id,
        )


def _token(scene: Scene, server: FlexibleServer | None) -> Cause:
    clues = [scene.heard()]
    if server is not None:
        path = "properties.authConfig.activeDirectoryAuth"
        clues.append(Clue(resource=server.id, property=path, value=server.entra_auth))
    probe = Probe(
        "az account get-access-token --resource-type oss-rdbms --query expiresOn --output tsv",
        "A fresh token that works shows that the old one was the cause.",
    )
    text = "The Entra token is expired, of another audience or user, or the user's case differs."
    advice = "Get a new token before every connection, and spell the user as Entra does."
    if scene.symptom.sense.slug == "token":
        return shown("TOKEN_REFUSED", text, *clues, probe=probe, advice=advice)
    return guess("TOKEN_REFUSED", text, *clues, probe=probe, advice=advice)


def capacity(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Whose limit is reached."""
    is_pooler = scene.symptom.sense.slug == "pooler_full"
    server = scene.server
    clues = _parameter(facts, server, "max_connections")
    yield shown(
        "POOLER_EXHAUSTED" if is_pooler else "CONNECTIONS_EXHAUSTED",
        "PgBouncer's own limits are reached." if is_pooler else "All connections are in use.",
        scene.heard(),
        *clues,
        probe=Probe(
            psql(
                scene.name(facts),
                "select usename, state, count(*) from pg_stat_activity group by 1, 2"
                " order by 3 desc",
            ),
            "It shows who holds them; many idle ones ask for a pool.",
        ),
        advice="Close idle sessions, use a pool (PgBouncer on 6432), or choose a larger size.",
        resource=server.id if server is not None else None,
        is_certain=True,
    )


def cuts(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """What may end sessions that were up."""
    server = scene.server
    on_way = _keepers(scene)
    yield guess(
        "IDLE_CUT",
        "Firewalls, NAT gateways and load balancers forget connections that are idle for four"
        " minutes or more; the next query then meets a dead connection.",
        *on_way,
        probe=Probe(
            psql(
                scene.name(facts),
                "select name, setting from pg_settings where name in"
                " ('tcp_keepalives_idle', 'idle_session_timeout')",
            ),
            "Keepalives of 0 use the system's two hours, which is too long; a time limit for idle"
            " sessions ends them on purpose.",
        ),
        advice="Send TCP keepalives every minute (libpq: keepalives_idle=60), and let the pool"
        " test connections.",
        against=()
        if on_way or scene.path is None
        else (Clue(text="By the data nothing on the way keeps state."),),
    )
    if server is None:
        return
    clues = [Clue(resource=server.id, property="properties.state", value=server.state or None)]
    if server.has_ha:
        path = "properties.highAvailability.state"
        clues.append(Clue(resource=server.id, property=path, value=server.ha_state or None))
    yield guess(
        "FAILOVER",
        "A failover, restart or maintenance ends every session once; clients that connect anew get"
        " through a minute or two later.",
        *clues,
        probe=state(facts, server),
        resource=server.id,
    )


_KEEPERS = ("/azurefirewalls/", "/firewallpolicies/", "/natgateways/", "/networkinterfaces/")


def _keepers(scene: Scene) -> tuple[Clue, ...]:
    """What stands on the way and keeps state."""
    steps = scene.path.steps if scene.path is not None else ()
    return tuple(
        Clue(
            text=step.text,
            resource=step.decided_by.resource,
            property=step.decided_by.property,
            value=step.decided_by.value,
        )
        for step in steps
        if step.stage is Stage.TRANSIT
        and step.decided_by is not None
        and any(kind in step.decided_by.resource for kind in _KEEPERS)
    )


def read_only(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """Why writing may be refused."""
    server, target = scene.server, scene.ends.target
    if server is None:
        text = "The session may be on a read replica."
        yield guess("REPLICA_READ_ONLY", text, scene.heard())
        return
    role = Clue(resource=server.id, property="properties.replicationRole", value=server.role)
    reader = target is not None and target.endpoint is not None and follows(target.name) == "reader"
    if server.is_replica or reader:
        by_name = f"{target.name} leads to" if reader and target else "This is"
        yield shown(
            "REPLICA_READ_ONLY",
            f"{by_name} the read replica {server.name}, where nothing can be written.",
            scene.heard(),
            role,
            advice="Write to the primary, or to the writer name of the virtual endpoint.",
            resource=server.id,
            is_certain=True,
        )
        return
    yield guess(
        "STORAGE_FULL",
        "At 95 % of its storage, or with less than 5 GiB left, a server turns read-only.",
        scene.heard(),
        probe=Probe(
            az_by_id(
                "monitor metrics list",
                resource=facts.topology.display(server.id),
                metric="storage_percent",
                output="table",
            ),
            "95 or more: grow the storage.",
        ),
        advice="Grow the storage, then check what filled it.",
        resource=server.id,
    )
    yield guess(
        "REPLICA_READ_ONLY",
        "The session may be on a replica after all: a name that moved, or another server.",
        probe=Probe(
            psql(scene.name(facts), "select pg_is_in_recovery()"),
            "t: a replica; f: the primary.",
        ),
        against=(role,) if server.role else (),
    )
