"""Texts as clients print them: wordings of drivers, systems and servers, with made-up names."""

H = "psql-orders.postgres.database.azure.com"
AT = f'connection to server at "{H}" (10.2.1.4), port 5432 failed:'

NAMES = (
    f'psql: error: could not translate host name "{H}" to address: Name or service not known',
    f'psql: error: could not translate host name "{H}" to address: nodename nor servname provided,'
    " or not known",
    f'could not translate host name "{H}" to address: Unknown host',
    f'psycopg2.OperationalError: could not translate host name "{H}" to address: Temporary failure'
    " in name resolution",
    f"psycopg.OperationalError: [Errno -2] Name or service not known\nfailed to resolve host '{H}'",
    "Traceback (most recent call last):\n"
    '  File "/usr/lib/python3.11/asyncio/base_events.py", line 1046, in create_connection\n'
    "    infos = await self._ensure_resolved(\n"
    '  File "/usr/lib/python3.11/socket.py", line 962, in getaddrinfo\n'
    "    for res in _socket.getaddrinfo(host, port, family, type, proto, flags):\n"
    "socket.gaierror: [Errno -2] Name or service not known",
    "socket.gaierror: [Errno 11001] getaddrinfo failed",
    "socket.gaierror: [Errno -3] Temporary failure in name resolution",
    "org.postgresql.util.PSQLException: The connection attempt failed.\n"
    "\tat org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl"
    "(ConnectionFactoryImpl.java:354)\n"
    f"Caused by: java.net.UnknownHostException: {H}",
    "System.Net.Sockets.SocketException (11001): No such host is known.\n"
    "   at System.Net.Dns.GetHostEntryOrAddressesCore(String hostName)",
    "Npgsql.NpgsqlException (0x80004005): Exception while connecting\n"
    " ---> System.Net.Sockets.SocketException (00000005, 0xFFFDFFFF): Name or service not known",
    f"Error: getaddrinfo ENOTFOUND {H}\n    at GetAddrInfoReqWrap.onlookup [as oncomplete]"
    " (node:dns:109:26) {\n  errno: -3008,\n  code: 'ENOTFOUND',\n  syscall: 'getaddrinfo'\n}",
    f"Error: getaddrinfo EAI_AGAIN {H}",
    f"failed to connect to `host={H} user=app database=orders`: hostname resolving error"
    f" (lookup {H} on 168.63.129.16:53: no such host)",
    f"dial tcp: lookup {H} on 10.21.80.4:53: read udp 10.1.2.4:49152->10.21.80.4:53: i/o timeout",
    f"dial tcp: lookup {H} on 10.21.80.4:53: server misbehaving",
    f'PG::ConnectionBad: could not translate host name "{H}" to address: Name does not resolve',
    f'SQLSTATE[08006] [7] could not translate host name "{H}" to address: Name or service not'
    " known",
    f"konnte Hostnamen »{H}« nicht in Adresse übersetzen: Der Name oder der Dienst ist nicht"
    " bekannt",
    f"n'a pas pu traduire le nom d'hôte « {H} » en adresse : Nom ou service inconnu",
    f"no se pudo traducir el nombre «{H}» a una dirección: Nombre o servicio desconocido",
    f'ホスト名"{H}"をアドレスに変換できませんでした: 名前またはサービスが不明です',
    f'преобразовать имя "{H}" в адрес не удалось: Неизвестное имя или служба',
    f'无法解释主机名 "{H}" 到地址: 未知的名称或服务',
    "error connecting to server: failed to lookup address information: Name or service not known",
)

TIMEOUTS = (
    f"psql: error: {AT} Connection timed out\n"
    "\tIs the server running on that host and accepting TCP/IP connections?",
    f"psql: error: {AT} timeout expired",
    "could not connect to server: Connection timed out (0x0000274C/10060)\n"
    f'\tIs the server running on host "{H}" (10.2.1.4) and accepting\n'
    "\tTCP/IP connections on port 5432?",
    f"sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) {AT} Operation timed out\n"
    "\tIs the server running on that host and accepting TCP/IP connections?\n\n"
    "(Background on this error at: https://sqlalche.me/e/20/e3q8)",
    f"django.db.utils.OperationalError: {AT} Connection timed out",
    "Traceback (most recent call last):\n"
    '  File "/app/.venv/lib/python3.12/site-packages/asyncpg/connect_utils.py", line 934,'
    " in __connect_addr\n    await connected\nasyncio.exceptions.CancelledError\n\n"
    "The above exception was the direct cause of the following exception:\n\n"
    "Traceback (most recent call last):\n"
    '  File "/app/main.py", line 12, in main\n    await asyncpg.connect(DSN)\nTimeoutError',
    "TimeoutError: [Errno 110] Connect call failed ('10.2.1.4', 5432)",
    "org.postgresql.util.PSQLException: The connection attempt failed.\n"
    "Caused by: java.net.SocketTimeoutException: Connect timed out",
    f"org.postgresql.util.PSQLException: Connection to {H}:5432 refused. Check that the hostname"
    " and port are correct and that the postmaster is accepting TCP/IP connections.\n"
    "Caused by: java.net.ConnectException: Connection timed out (Connection timed out)",
    "Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.2.1.4:5432\n"
    " ---> System.TimeoutException: Timeout during connection attempt",
    "Npgsql.NpgsqlException: Failed to connect to 10.2.1.4:5432\n"
    " ---> System.Net.Sockets.SocketException (10060): A connection attempt failed because the"
    " connected party did not properly respond after a period of time, or established connection"
    " failed because connected host has failed to respond.",
    "Error: connect ETIMEDOUT 10.2.1.4:5432\n    at TCPConnectWrap.afterConnect [as oncomplete]"
    " (node:net:1555:16)",
    "Error: Connection terminated due to connection timeout",
    f"failed to connect to `host={H} user=app database=orders`: dial error (dial tcp"
    " 10.2.1.4:5432: i/o timeout)",
    f"failed to connect to `user=app database=orders`:\n\t10.2.1.4:5432 ({H}): dial error: timeout:"
    " context deadline exceeded",
    "dial tcp 10.2.1.4:5432: connect: connection timed out",
    f"Verbindung zum Server auf »{H}« (10.2.1.4), Port 5432 fehlgeschlagen: Die Wartezeit für die"
    " Verbindung ist abgelaufen",
    f"la connexion au serveur sur « {H} » (10.2.1.4), port 5432 a échoué : Connexion terminée par"
    " expiration du délai d'attente",
    f"falló la conexión al servidor en «{H}» (10.2.1.4), puerto 5432: Expiró el tiempo de conexión",
    f'"{H}"(10.2.1.4)、ポート5432のサーバーへの接続に失敗しました: 接続がタイムアウトしました',
    f'подключиться к серверу "{H}" (10.2.1.4), порту 5432 не удалось: Время ожидания соединения'
    " истекло",
    f"psql: error: {AT} Connection timed out\n"
    "\tIs the server running on that host and accepting TCP/IP connections?\n"
    f'connection to server at "{H}" (2603:1020:206::1), port 5432 failed: Network is unreachable\n'
    "\tIs the server running on that host and accepting TCP/IP connections?",
    "Npgsql.NpgsqlException (0x80004005): Exception while reading from stream\n"
    " ---> System.TimeoutException: Timeout during reading attempt",
    f"Can't reach database server at `{H}`:`5432`\n\nPlease make sure your database server is"
    " running",
    "pg8000.exceptions.InterfaceError: Can't create a connection to host 10.2.1.4 and port 5432"
    " (timeout is None and source_address is None).",
)

REFUSED = (
    f'connection to server at "{H}" (10.2.1.4), port 6432 failed: Connection refused\n'
    "\tIs the server running on that host and accepting TCP/IP connections?",
    "ConnectionRefusedError: [Errno 111] Connect call failed ('10.2.1.4', 5432)",
    f"org.postgresql.util.PSQLException: Connection to {H}:6432 refused. Check that the hostname"
    " and port are correct and that the postmaster is accepting TCP/IP connections.",
    "Npgsql.NpgsqlException: Failed to connect to 10.2.1.4:6432\n ---> System.Net.Sockets."
    "SocketException (10061): No connection could be made because the target machine actively"
    " refused it.",
    "Error: connect ECONNREFUSED 10.2.1.4:6432",
    "dial tcp 10.2.1.4:6432: connect: connection refused",
    f"psql: error: {AT} FATAL:  the database system is starting up",
    f"{AT} FATAL:  the database system is shutting down",
    f"Verbindung zum Server auf »{H}« (10.2.1.4), Port 6432 fehlgeschlagen: Verbindungsaufbau"
    " abgelehnt",
)

UNREACHABLE = (
    f"psql: error: {AT} Network is unreachable",
    f"psql: error: {AT} No route to host",
    "java.net.NoRouteToHostException: No route to host (Host unreachable)",
    "Error: connect EHOSTUNREACH 10.2.1.4:5432 - Local (10.1.2.4:51234)",
    "OSError: [Errno 101] Network is unreachable",
    "dial tcp 10.2.1.4:5432: connect: network is unreachable",
)

TLS = (
    f'{AT} FATAL:  no pg_hba.conf entry for host "10.1.2.4", user "app", database "orders",'
    " no encryption",
    'FATAL: no pg_hba.conf entry for host "10.1.2.4", user "app", database "orders", SSL off',
    "asyncpg.exceptions.InvalidAuthorizationSpecificationError: no pg_hba.conf entry for host"
    ' "10.1.2.4", user "app", database "orders", no encryption',
    'error: no pg_hba.conf entry for host "10.1.2.4", user "app", database "orders", no encryption'
    "\n    at Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:287:98)"
    " {\n  severity: 'FATAL',\n  code: '28000'\n}",
    f"{AT} server does not support SSL, but SSL was required",
    "Error: The server does not support SSL connections",
    "pq: SSL is not enabled on the server",
    f"{AT} SSL error: certificate verify failed",
    f'{AT} root certificate file "/root/.postgresql/root.crt" does not exist\nEither provide the'
    " file, use the system's trusted roots with sslrootcert=system, or change sslmode to disable"
    " server certificate verification.",
    "Error: self signed certificate in certificate chain",
    "Error: unable to get local issuer certificate",
    "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider."
    "certpath.SunCertPathBuilderException: unable to find valid certification path to requested"
    " target",
    "System.Security.Authentication.AuthenticationException: The remote certificate is invalid"
    " according to the validation procedure: RemoteCertificateNameMismatch",
    "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    f'server certificate for "{H}" (and 1 other name) does not match host name "10.2.1.4"',
    "org.postgresql.util.PSQLException: The hostname db.corp.example could not be verified.",
    "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames",
    f"{AT} SSL error: tlsv1 alert protocol version",
    f"{AT} SSL error: unsupported protocol\nThis may indicate that the server does not support any"
    " SSL protocol version between TLSv1 and TLSv1.1.",
    "remote error: tls: protocol version not supported",
    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:"
    " unable to get local issuer certificate (_ssl.c:1006)",
    "FATAL:  connection requires a valid client certificate",
    "SSL connection is required. Please specify SSL options and retry.",
)

AUTH = (
    f'{AT} FATAL:  password authentication failed for user "app"',
    f'{AT} FATAL:  password authentication failed for user "app"\n'
    f'{AT} FATAL:  no pg_hba.conf entry for host "10.1.2.4", user "app", database "orders",'
    " no encryption",
    'asyncpg.exceptions.InvalidPasswordError: password authentication failed for user "app"',
    'Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user "app"',
    'org.postgresql.util.PSQLException: FATAL: password authentication failed for user "app"',
    "failed to connect to `host=psql-orders.postgres.database.azure.com user=app database=orders`:"
    ' failed SASL auth (FATAL: password authentication failed for user "app" (SQLSTATE 28P01))',
    f"{AT} FATAL:  The access token has expired. Acquire a new token and retry.",
    f"psql: error: {AT} FATAL:  The access token has invalid format. Please ensure the token is"
    " passed exactly as returned by the authentication endpoint and retry.\n"
    f'{AT} FATAL:  no pg_hba.conf entry for host "20.0.1.2", user "a", database "b", no encryption',
    "FATAL: The access token does not have a valid audience claim. Please acquire a new token for"
    ' the resource "https://ossrdbms-aad.database.windows.net".',
    f'{AT} FATAL:  role "app" is not permitted to log in',
    f'{AT} FATAL:  database "order" does not exist',
    'FATAL:  no pg_hba.conf entry for host "10.1.2.4", user "app", database "orders", SSL'
    " encryption",
    "java.util.concurrent.ExecutionException: java.lang.RuntimeException: org.postgresql.util."
    'PSQLException: FATAL: no pg_hba.conf entry for host "203.0.113.9", user "adminuser",'
    ' database "postgresql", SSL on',
    f"Verbindung zum Server auf »{H}« (10.2.1.4), Port 5432 fehlgeschlagen: FATAL:  Passwort-"
    "Authentifizierung für Benutzer »app« fehlgeschlagen",
)

CAPACITY = (
    f"{AT} FATAL:  sorry, too many clients already",
    f"{AT} FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
    "FATAL: remaining connection slots are reserved for non-replication superuser connections",
    "asyncpg.exceptions.TooManyConnectionsError: sorry, too many clients already",
    "Npgsql.PostgresException (0x80004005): 53300: sorry, too many clients already",
    "ERROR: no more connections allowed (max_client_conn)",
    'FATAL:  too many connections for role "app"',
)

DROPPED = (
    "server closed the connection unexpectedly\n\tThis probably means the server terminated"
    " abnormally\n\tbefore or while processing the request.",
    "psycopg2.OperationalError: SSL SYSCALL error: EOF detected",
    "psycopg2.InterfaceError: connection already closed",
    "psycopg.OperationalError: consuming input failed: could not receive data from server:"
    " Connection timed out",
    "asyncpg.exceptions.ConnectionDoesNotExistError: connection was closed in the middle of"
    " operation",
    "org.postgresql.util.PSQLException: An I/O error occurred while sending to the backend.\n"
    "Caused by: java.net.SocketException: Connection reset",
    "Npgsql.NpgsqlException: Exception while reading from stream ---> System.IO.IOException: Unable"
    " to read data from the transport connection: Connection reset by peer.",
    "Error: Connection terminated unexpectedly",
    "Error: read ECONNRESET",
    "FATAL:  terminating connection due to administrator command",
    "FATAL:  terminating connection due to idle-session timeout",
    "driver: bad connection",
    "PG::ConnectionBad: PQconsumeInput() SSL connection has been closed unexpectedly",
    "ActiveRecord::StatementInvalid: PG::UnableToSend: no connection to the server",
    "Server beendete die Verbindung unerwartet",
    "FATAL:  57P01: terminating connection due to administrator command",
)

READ_ONLY = (
    "ERROR:  cannot execute INSERT in a read-only transaction",
    "org.postgresql.util.PSQLException: ERROR: cannot execute UPDATE in a read-only transaction",
    "asyncpg.exceptions.ReadOnlySQLTransactionError: cannot execute CREATE TABLE in a read-only"
    " transaction",
    "Npgsql.PostgresException (0x80004005): 25006: cannot execute DELETE in a read-only"
    " transaction",
    f"{AT} session is read-only",
)

UNKNOWN = (
    "",
    "it does not work",
    "HikariPool-1 - Connection is not available, request timed out after 30000ms.",
    "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed"
    " out, timeout 30.00",
    "Npgsql.NpgsqlException: The connection pool has been exhausted, either raise 'Max Pool Size'"
    " (currently 100) or 'Timeout' (currently 15 seconds) in your connection string.",
    "ActiveRecord::ConnectionTimeoutError: could not obtain a connection from the pool within 5.000"
    " seconds (waited 5.001 seconds); all pooled connections were in use",
    "ERROR:  canceling statement due to statement timeout",
    "Firewall rule operations are not supported for a server without public access enabled.",
)

TEXTS: dict[str, tuple[str, ...]] = {
    "name_not_found": NAMES,
    "timeout": TIMEOUTS,
    "refused": REFUSED,
    "unreachable": UNREACHABLE,
    "tls": TLS,
    "auth": AUTH,
    "capacity": CAPACITY,
    "dropped": DROPPED,
    "read_only": READ_ONLY,
    "unknown": UNKNOWN,
}
