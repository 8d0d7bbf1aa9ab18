"""The demonstration estate as its clients see it: pairs, symptoms and true causes."""

from typing import NamedTuple

from pgtopo.session import Session, open_files
from tests.estates.writing import SNAPSHOTS, read_table

SNAPSHOT = str(SNAPSHOTS / "contoso" / "snapshot.json")
RESOLVERS = {"onprem:192.168.130.0/24": "10.40.1.4"}

_TIMED_OUT = (
    'psql: error: connection to server at "{fqdn}" ({address}), port 5432 failed:'
    " Connection timed out\n\tIs the server running on that host and accepting TCP/IP connections?"
)
_NO_NAME = (
    'psql: error: could not translate host name "{fqdn}" to address: Name or service not known'
)

TRUTH: dict[tuple[str, str], tuple[str, str, str]] = {
    ("vm-analytics-01", "psql-analytics-prod-weu"): ("name", "ZONE_NOT_LINKED", "PGT103"),
    ("vm-sandbox-01", "psql-forecast-sbx-weu"): ("name", "NO_ZONE", "PGT101"),
    ("vm-sandbox-01", "psql-geodata-sbx-weu"): ("name", "RECORD_MISSING", "PGT110"),
    ("vm-sandbox-02", "psql-training-sbx-weu"): ("timeout", "SERVER_NOT_RUNNING", "PGT701"),
    ("vm-backoffice-01", "psql-ledger-prod-weu"): ("name", "ZONE_NOT_LINKED", "PGT116"),
    ("vm-legacy-01", "psql-press-legacy-weu"): ("name", "NAME_CAPTURED", "PGT108"),
    ("vm-app-test-01", "psql-app-test-weu"): ("timeout", "NSG_DENY", "PGT301"),
    ("vm-etl-reports-01", "psql-reports-prod-neu"): ("timeout", "NSG_DENY", "PGT312"),
    ("vm-batch-billing-01", "psql-ledger-prod-weu"): ("timeout", "ROUTE_NONE", "PGT417"),
    ("vm-partner-01", "psql-shop-prod-neu"): ("timeout", "PEERING_NOT_CONNECTED", "PGT502"),
    ("vm-mobile-01", "psql-shop-prod-neu"): ("timeout", "PEERING_NOT_CONNECTED", "PGT501"),
    ("vm-mobile-01", "psql-crm-prod-neu"): ("timeout", "PEERING_NOT_SYNCED", "PGT503"),
    ("vm-portal-01", "psql-inventory-prod-weu"): ("timeout", "ASYMMETRIC_PATH", "PGT411"),
    ("onprem:192.168.130.0/24", "psql-crm-prod-neu"): ("timeout", "NO_ROUTE", "PGT413"),
    ("vm-web-01", "psql-partner-prod-neu"): ("timeout", "FIREWALL_RULE_MISSING", "PGT808"),
    ("vm-web-01", "psql-loyalty-prod-weu"): ("timeout", "PUBLIC_ACCESS_DISABLED", "PGT901"),
    ("vm-web-01", "psql-catalog-prod-weu"): ("timeout", "WRONG_ADDRESS", "PGT905"),
    ("vm-partner-01", "psql-archive-prod-weu"): ("timeout", "FIREWALL_RULE_MISSING", "PGT803"),
}
"""What the client's error is like, and the code and check of the true cause."""


class Broken(NamedTuple):
    """One broken path of the demonstration."""

    client: str
    server: str
    error: str
    code: str
    check: str
    verdict: str


def contoso() -> Session:
    """The faulty estate."""
    return open_files([SNAPSHOT])


def pairs() -> list[dict[str, str]]:
    """Every pair of the notes whose path does not come out as allowed."""
    notes = (SNAPSHOTS / "contoso" / "notes.md").read_text(encoding="utf-8")
    return [one for one in read_table(notes, "Pairs to trace") if one["verdict"] == "blocked"]


def error_of(session: Session, client: str, server: str, kind: str) -> str:
    """What psql prints there: with the address that the name leads to, where it leads anywhere."""
    target, path = session.trace(client, server, client_dns=RESOLVERS.get(client))
    if kind == "name":
        return _NO_NAME.format(fqdn=target.name)
    return _TIMED_OUT.format(fqdn=target.name, address=(*path.answers, "20.13.7.9")[0])
