"""A server whose PostgreSQL version the community no longer mends."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer

_LAST_DAY = {
    "11": "2023-11-09",
    "12": "2024-11-21",
    "13": "2025-11-13",
    "14": "2026-11-12",
    "15": "2027-11-11",
    "16": "2028-11-09",
    "17": "2029-11-08",
    "18": "2030-11-14",
}
"""Final release of each major version, from the versioning policy of the PostgreSQL project."""

_TABLE_OF = "2026-11-01"
"""Stands for the day of the data where that is not stated, so that answers never change alone."""


@check(
    id="PGT710",
    slug="version-out-of-support",
    family=Family.SERVER,
    title="PostgreSQL version of a server is out of support",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The major version of every server against the last day on which the PostgreSQL"
    " project mends it, on the day the data was collected.",
    why="After that day there are no security fixes. Azure keeps such servers running for a while,"
    " charges for extended support, and restricts what can be done with them.",
    client_sees="Nothing.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query version",
    fix="Try the upgrade on a restored copy, then upgrade the server:\n"
    "az postgres flexible-server upgrade --resource-group <group> --name <server>"
    " --version <newer version>",
    unknown_when="The version is not stated, or is one that this release does not know.",
    sources=(
        "PostgreSQL versioning policy: https://www.postgresql.org/support/versioning/",
        "Supported versions: https://learn.microsoft.com/azure/postgresql/configure-maintain/"
        "concepts-version-policy",
    ),
    subject=FlexibleServer,
)
def version_out_of_support(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the version is mended on the day of the data."""
    major = server.version.strip().split(".")[0]
    last_day = _LAST_DAY.get(major)
    if last_day is None:
        return Unknown(
            message=f"Server {server.name} has version {server.version or 'not stated'}; how long"
            " it is supported is not known.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    today = facts.topology.created_at[:10] or _TABLE_OF
    if today < last_day:
        return OK
    return Fail(
        message=f"Server {server.name} runs PostgreSQL {server.version}, which is out of support"
        f" since {last_day}.",
        evidence=(Evidence(server.id, "properties.version", server.version),),
    )
