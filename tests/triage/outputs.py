"""Output of diagnostic commands as people paste it."""

import json

H = "psql-app-test-weu.postgres.database.azure.com"
PRIVATE = "ab12.app-test.private.postgres.database.azure.com"

DIG_FOUND = f"""
; <<>> DiG 9.18.24-1-Debian <<>> {H}
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711
;; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;{H}. IN A

;; ANSWER SECTION:
{H}. 30 IN CNAME {PRIVATE}.
{PRIVATE}. 30 IN A 10.22.18.4

;; Query time: 3 msec
;; SERVER: 127.0.0.53#53(127.0.0.53) (UDP)
"""
DIG_MISSING = f"""
; <<>> DiG 9.18.24 <<>> @10.21.80.4 {H}
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1
;; SERVER: 10.21.80.4#53(10.21.80.4) (UDP)
"""
DIG_SERVFAIL = DIG_MISSING.replace("NXDOMAIN", "SERVFAIL")
DIG_SILENT = f"""
; <<>> DiG 9.18.24 <<>> @10.21.80.4 {H}
;; communications error to 10.21.80.4#53: timed out
;; no servers could be reached
"""
DIG_SHORT = f"{H}.\t30\tIN\tA\t10.22.18.4\n"
NSLOOKUP_FOUND = f"""Server:\t\t168.63.129.16
Address:\t168.63.129.16#53

Non-authoritative answer:
{H}\tcanonical name = {PRIVATE}.
Name:\t{PRIVATE}
Address: 10.22.18.4
"""
NSLOOKUP_DEBUG = f"""Server:\t\t168.63.129.16
Address:\t168.63.129.16#53

------------
    QUESTIONS:
\t{H}, type = A, class = IN
    ANSWERS:
    ->  {H}
\tcanonical name = {PRIVATE}.
\tttl = 30
    ->  {PRIVATE}
\tinternet address = 10.22.18.4
\tttl = 30
    AUTHORITY RECORDS:
    ADDITIONAL RECORDS:
------------
"""
NSLOOKUP_WINDOWS = f"""Server:  UnKnown
Address:  168.63.129.16

Non-authoritative answer:
Name:    {PRIVATE}
Address:  10.22.18.4
Aliases:  {H}
"""
NSLOOKUP_MISSING = f"""Server:\t\t168.63.129.16
Address:\t168.63.129.16#53

** server can't find {H}: NXDOMAIN
"""
NSLOOKUP_WINDOWS_MISSING = f"""Server:  UnKnown
Address:  168.63.129.16

*** UnKnown can't find {H}: Non-existent domain
"""
RESOLVED = f"""
Name                           Type   TTL   Section    NameHost
----                           ----   ---   -------    --------
{H} CNAME  30    Answer     {PRIVATE}
{PRIVATE} A      30    Answer     10.22.18.4
"""
NOT_RESOLVED = f"Resolve-DnsName : {H} : DNS name does not exist\nAt line:1 char:1"
HOST_FOUND = f"{H} is an alias for {PRIVATE}.\n{PRIVATE} has address 10.22.18.4\n"
HOST_MISSING = f"Host {H} not found: 3(NXDOMAIN)"
NC_OPEN = f"Connection to {H} (10.22.18.4) 5432 port [tcp/postgresql] succeeded!"
NC_TIMEOUT = f"nc: connect to {H} (10.22.18.4) port 5432 (tcp) timed out: Operation now in progress"
NC_REFUSED = f"nc: connect to {H} (10.22.18.4) port 5432 (tcp) failed: Connection refused"
NCAT_OPEN = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 10.22.18.4:5432."
NCAT_TIMEOUT = "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection timed out."
TNC_OPEN = f"""
ComputerName     : {H}
RemoteAddress    : 10.22.18.4
RemotePort       : 5432
InterfaceAlias   : Ethernet
SourceAddress    : 10.22.16.10
TcpTestSucceeded : True
"""
TNC_FAILED = TNC_OPEN.replace("True", "False")
PSQL_ROWS = " ?column? \n----------\n        1\n(1 row)\n"
PG_READY = f"{H}:5432 - accepting connections"
PG_SILENT = f"{H}:5432 - no response"

PROBE = json.dumps(
    {
        "schema": "pgtopo.probe/1",
        "host": H,
        "dns": {"lookups": [{"resolver": "system", "outcome": "ok", "addresses": ["10.22.18.4"]}]},
        "tcp": [{"address": "10.22.18.4", "outcome": "timeout"}],
        "tls": None,
        "startup": None,
        "text": "No connection was made.",
    }
)
FLOW_DENY = json.dumps(
    {
        "access": "Deny",
        "ruleName": "UserRule_deny-postgres-out",
    }
)
FLOW_ALLOW = json.dumps({"access": "Allow", "ruleName": "defaultSecurityRules/AllowVnetOutBound"})
FLOW_TABLE = (
    "Access    RuleName\n--------  ------------------------------\nDeny      UserRule_deny-x\n"
)
HOP_NONE = json.dumps(
    {
        "nextHopIpAddress": "",
        "nextHopType": "None",
        "routeTableId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
        "routeTables/rt-batch",
    }
)
HOP_PEERING = json.dumps({"nextHopType": "VNetPeering", "routeTableId": "System Route"})


def _route(source: str, prefix: str, hop: str, address: str = "") -> dict[str, object]:
    return {
        "addressPrefix": [prefix],
        "nextHopIpAddress": [address] if address else [],
        "nextHopType": hop,
        "source": source,
        "state": "Active",
    }


ROUTES = json.dumps(
    {
        "value": [
            _route("Default", "10.22.16.0/20", "VnetLocal"),
            _route("Default", "0.0.0.0/0", "Internet"),
            _route("User", "10.22.18.0/24", "None"),
            _route("User", "10.22.18.0/28", "VirtualAppliance", "10.22.17.4"),
            {**_route("User", "10.22.18.4/32", "None"), "state": "Invalid"},
        ]
    }
)
ROUTES_TABLE = """Source    State    Address Prefix    Next Hop Type    Next Hop IP
--------  -------  ----------------  ---------------  -------------
Default   Active   10.22.16.0/20     VnetLocal
Default   Active   0.0.0.0/0         Internet
User      Active   10.22.18.0/28     None
"""


def _rule(name: str, priority: int, access: str, destination: str, ports: str) -> dict[str, object]:
    return {
        "name": f"securityRules/{name}",
        "priority": priority,
        "access": access,
        "direction": "Outbound",
        "protocol": "Tcp",
        "sourceAddressPrefix": "0.0.0.0/0",
        "destinationAddressPrefix": destination,
        "expandedDestinationAddressPrefix": [],
        "sourcePortRange": "0-65535",
        "destinationPortRange": ports,
    }


RULES = json.dumps(
    {
        "value": [
            {
                "networkSecurityGroup": {"id": "/subscriptions/s/.../networkSecurityGroups/nsg-a"},
                "effectiveSecurityRules": [
                    _rule("allow-later", 400, "Allow", "10.0.0.0/8", "5432-5432"),
                    _rule("deny-other-port", 100, "Deny", "10.22.18.0/24", "443-443"),
                    _rule("deny-pg", 300, "Deny", "10.22.18.0/24", "5000-6000"),
                    {**_rule("inbound", 50, "Allow", "*", "*"), "direction": "Inbound"},
                ],
            }
        ]
    }
)
