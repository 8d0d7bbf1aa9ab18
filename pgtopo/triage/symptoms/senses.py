"""What each kind of error proves and does not prove.

Sources: libpq and PostgreSQL message catalogues; "Firewall rules", "Networking overview with
private access", "TLS", "Limits" and "Troubleshoot connection issues" of the Azure Database for
PostgreSQL documentation.
"""

from pgtopo.triage.symptoms.classes import Sense, SymptomClass

_C = SymptomClass

_NO_PACKET = (
    "It says nothing about security groups, routes, firewalls or the server's health: no packet was"
    " sent to the server."
)
_THERE = "The name and the network are fine: the server itself answered."

_SENSES = (
    Sense(
        "name_unknown",
        _C.NAME_NOT_FOUND,
        "A DNS answer said that the name does not exist: the private zone is not linked to the"
        " network that asks, the record is missing, a DNS server does not forward to Azure, or the"
        " name is misspelt.",
        _NO_PACKET,
    ),
    Sense(
        "name_unanswered",
        _C.NAME_NOT_FOUND,
        "No DNS server gave an answer in time, or one failed: the DNS server is out of reach or"
        " cannot forward the question.",
        f"It does not mean that the name is wrong. {_NO_PACKET}",
    ),
    Sense(
        "name_unresolved",
        _C.NAME_NOT_FOUND,
        "The name was not resolved, and these words leave open why. Either a DNS answer said that"
        " the name does not exist: the private zone is not linked to the network that asks, the"
        " record is missing, or the name is misspelt (Linux adds 'Name or service not known'). Or"
        " no DNS server answered (Linux adds 'Temporary failure in name resolution').",
        _NO_PACKET,
    ),
    Sense(
        "connect_timeout",
        _C.TIMEOUT,
        "Packets were sent to the address and nothing came back: a rule, route, peering or firewall"
        " drops them on the way there or back, the server is stopped, or the name leads to an"
        " address where nobody listens. A public flexible server without a fitting firewall rule"
        " looks like this, too.",
        "It is not a wrong password, and not a refusal by pg_hba.conf: the server never spoke.",
    ),
    Sense(
        "read_timeout",
        _C.TIMEOUT,
        "The connection was made, and then no answer came in time: a slow statement, a server"
        " that is not ready, or a path that loses what comes back.",
        "It does not show that a rule denies the port: the connection itself was made.",
    ),
    Sense(
        "refused",
        _C.REFUSED,
        "A machine at that address answered that nothing listens on the port: wrong port"
        " (PgBouncer's 6432 is off by default), wrong address from old DNS data, or the server is"
        " restarting or failing over.",
        "It is not a security group or a server firewall: those drop packets silently.",
    ),
    Sense(
        "starting",
        _C.REFUSED,
        "The server answered that it is starting, stopping or recovering: a restart, a failover or"
        " maintenance is going on.",
        f"It is no fault of the network. {_THERE}",
    ),
    Sense(
        "no_route",
        _C.UNREACHABLE,
        "The client's own system, or a router next to it, has no way to that address: IPv6 only,"
        " no default route, a VPN that is down, or a local firewall that rejects.",
        "It says nothing about the server's settings; Azure itself drops silently and does not"
        " send this.",
    ),
    Sense(
        "no_encryption",
        _C.TLS,
        "The client came without TLS, and the server requires it (require_secure_transport).",
        "It is not a missing firewall rule, although the text names pg_hba.conf: the server was"
        " reached. After a password failure this line is only the retry without TLS, and not the"
        " cause.",
    ),
    Sense(
        "tls_not_offered",
        _C.TLS,
        "What answered does not speak TLS: a proxy, a tunnel or another port, and hardly the"
        " flexible server itself, which always offers it.",
        "It does not mean that the server's own TLS is off.",
    ),
    Sense(
        "certificate_untrusted",
        _C.TLS,
        "The client does not trust the certificate: its trust store lacks the current roots"
        " (DigiCert Global Root G2, Microsoft RSA Root 2017), or it pinned an intermediate.",
        "It is neither name, route nor firewall: the server answered and showed its certificate.",
    ),
    Sense(
        "certificate_name",
        _C.TLS,
        "The certificate does not name the host that the client asked for: an address, an alias"
        " or a private name stands in the connection string in place of the server's full name.",
        "The certificate itself is not broken, and the network works.",
    ),
    Sense(
        "certificate_client",
        _C.TLS,
        "Something asks the client for a certificate of its own; flexible servers do not support"
        " sign-in by certificate.",
        "It is no fault of the network.",
    ),
    Sense(
        "protocol_version",
        _C.TLS,
        "Client and server have no TLS version in common: servers take 1.2 and later, and"
        " ssl_min_protocol_version may ask for more.",
        "It is no fault of the network, and not of the certificate.",
    ),
    Sense(
        "tls_failed",
        _C.TLS,
        "The encrypted connection could not be set up after the server was reached.",
        "It is no missing rule for the port: the connection itself was made.",
    ),
    Sense(
        "password",
        _C.AUTH,
        "The server checked the credentials and refused: wrong password or user, an Entra token"
        " that expired or belongs to another user, or password sign-in is switched off.",
        f"{_THERE} A line about 'no encryption' after it is only the retry without TLS.",
    ),
    Sense(
        "token",
        _C.AUTH,
        "The Entra access token was refused: expired, of the wrong audience, cut off, or for"
        " another user.",
        f"{_THERE} Only where every token fails can the server's own way to Entra be the cause.",
    ),
    Sense(
        "role",
        _C.AUTH,
        "The server knows no such role or database, or does not let it in.",
        _THERE,
    ),
    Sense(
        "not_admitted",
        _C.AUTH,
        "With TLS in use, the server's access list has no line for this client, user and database:"
        " a replication connection, another database, or an address it does not expect.",
        f"{_THERE} On a flexible server a missing firewall rule shows as a time-out, not as this.",
    ),
    Sense(
        "too_many",
        _C.CAPACITY,
        "All connections that max_connections allows are in use.",
        f"It is no fault of the network. {_THERE}",
    ),
    Sense(
        "pooler_full",
        _C.CAPACITY,
        "PgBouncer has no connection left to give: its own limits are reached.",
        "It is no fault of the network: the pooler answered.",
    ),
    Sense(
        "closed",
        _C.DROPPED,
        "A connection that was made was closed by the other side or by something on the way:"
        " failover, restart, or an appliance, NAT or load balancer that forgets idle connections.",
        "It is not a missing rule for the port, and not a wrong password.",
    ),
    Sense(
        "ended_by_server",
        _C.DROPPED,
        "The server itself ended the session: restart, failover, maintenance, an administrator, or"
        " a time limit for idle sessions.",
        f"It is no fault of the network. {_THERE}",
    ),
    Sense(
        "read_only",
        _C.READ_ONLY,
        "The session is on a read replica, or the server went read-only because its storage is"
        " nearly full.",
        f"It is no missing permission and no fault of the network. {_THERE}",
    ),
    Sense(
        "pool_wait",
        _C.UNKNOWN,
        "The application's own pool had no connection to give in time: either all of them are in"
        " use, or new ones cannot be made.",
        "It does not say which of the two. The log has the error of the connections themselves.",
    ),
    Sense(
        "statement_timeout",
        _C.UNKNOWN,
        "A statement ran longer than its time limit and was cancelled.",
        f"It is no fault of the network. {_THERE}",
    ),
    Sense(
        "management",
        _C.UNKNOWN,
        "A management command was refused: the server is in a virtual network or has public access"
        " disabled, where there are no firewall rules.",
        "It says nothing about whether clients can connect.",
    ),
    Sense(
        "unknown",
        _C.UNKNOWN,
        "The text holds no error that is known here.",
        "Nothing follows from it; the causes below come from the data alone.",
    ),
)

SENSES: dict[str, Sense] = {one.slug: one for one in _SENSES}
"""Every sense by its slug."""

CLASS_SENSE: dict[SymptomClass, str] = {
    _C.NAME_NOT_FOUND: "name_unresolved",
    _C.TIMEOUT: "connect_timeout",
    _C.REFUSED: "refused",
    _C.UNREACHABLE: "no_route",
    _C.TLS: "tls_failed",
    _C.AUTH: "password",
    _C.CAPACITY: "too_many",
    _C.DROPPED: "closed",
    _C.READ_ONLY: "read_only",
    _C.UNKNOWN: "unknown",
}
"""The usual sense of a class that is picked from a list."""
