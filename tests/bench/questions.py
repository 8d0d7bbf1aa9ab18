"""What DuckDB needs to load a file and answer seven questions: `python -m tests.bench.questions F`.

Servers per region, private servers, subnets per delegation, subnets without a security group, zones
without a link, peerings that are not connected, the largest subnets: what can be asked of rows
alone. None of them is about reachability.
"""

import sys
from pathlib import Path

import duckdb

_ROW = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "type": "VARCHAR",
    "location": "VARCHAR",
    "properties": "JSON",
}
_LARGEST = 2_000_000_000
_SERVERS = "lower(type) = 'microsoft.dbforpostgresql/flexibleservers'"
_ZONES = "lower(type) = 'microsoft.network/privatednszones'"
_LINKS = "lower(type) = 'microsoft.network/privatednszones/virtualnetworklinks'"


def _nested(member: str) -> str:
    each = f"unnest(from_json(properties->'{member}', '[\"JSON\"]')) as s"
    networks = "lower(type) = 'microsoft.network/virtualnetworks'"
    return f"(select name as network, {each} from rows where {networks})"


_SUBNETS, _PEERINGS = _nested("subnets"), _nested("virtualNetworkPeerings")
_SERVICE = "s->>'$.properties.delegations[0].properties.serviceName'"
_NSG = "s->'$.properties.networkSecurityGroup'"
_STATE = "lower(s->>'$.properties.peeringState')"
_PREFIX = "coalesce(s->>'$.properties.addressPrefix', s->>'$.properties.addressPrefixes[0]')"
_LINKED = "select split_part(lower(id), '/virtualnetworklinks/', 1) from rows where " + _LINKS
_SUBNET_ID = "properties->>'$.network.delegatedSubnetResourceId'"

QUESTIONS = (
    f"select location, count(*) from rows where {_SERVERS} group by 1",
    f"select id from rows where {_SERVERS} and ({_SUBNET_ID}) is not null",
    f"select {_SERVICE} as service, count(*) from {_SUBNETS} group by 1",
    f"select network, s->>'name' from {_SUBNETS} where ({_NSG}) is null",
    f"select id from rows where {_ZONES} and lower(id) not in ({_LINKED})",
    f"select network, s->>'name' from {_PEERINGS} where {_STATE} <> 'connected'",
    f"select s->>'name' from {_SUBNETS} order by split_part({_PREFIX}, '/', 2)::int limit 10",
)


def main() -> int:
    """Print how many rows each question has for an answer."""
    path = sys.argv[1]
    with Path(path).open("rb") as file:
        is_envelope = file.read(1) == b"{"
    columns: dict[str, str] = _ROW
    if is_envelope:
        fields = ", ".join(f"{name} {kind}" for name, kind in _ROW.items())
        columns = {"rows": f"STRUCT({fields})[]"}
    source = f"read_json('{path}', columns={columns}, maximum_object_size={_LARGEST})"
    if is_envelope:
        source = f"(select unnest(rows, recursive := true) from {source})"
    database = duckdb.connect()
    database.execute(f"create table rows as select * from {source}")
    counts = [len(database.execute(question).fetchall()) for question in QUESTIONS]
    sys.stdout.write(f"{counts}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
