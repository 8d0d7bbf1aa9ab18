"""A security group in front of a server that admits 5432 and denies the pooler's port."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.checks.base import NOT_APPLICABLE, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import (
    FILTERS_DENY,
    FILTERS_OPEN,
    GRADING,
    Trouble,
    Wanted,
    by_client,
    judged,
)
from pgtopo.checks.pairs import Pair, pairs_to, path_of
from pgtopo.checks.pooler import is_pooling, pooling
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import pairs as remedies
from pgtopo.model.server import FlexibleServer, ServerParameter

_WANTED = Wanted(stages=(Stage.SERVER_FILTER,), blocked=FILTERS_DENY, unknown=FILTERS_OPEN)


@check(
    id="PGT306",
    slug="nsg-denies-pooler",
    family=Family.NSG,
    title="NSG at the server denies PgBouncer's port 6432",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Servers with PgBouncer switched on: whether the filters at the server admit "
    "6432 from the clients that get through on 5432.",
    why="The pooler listens on a port of its own, 6432, at the same name. Rules written for "
    "5432 alone keep its clients out.",
    client_sees='connection to server at "<server>", port 6432 failed: timeout expired',
    confirm="az postgres flexible-server parameter show --resource-group <group> "
    "--server-name <server> --name pgbouncer.enabled",
    fix="az network nsg rule update --resource-group <group> --nsg-name <nsg> --name <rule "
    "for 5432> --destination-port-ranges 5432 6432",
    unknown_when="The server's parameters were not read, or the rules that decide rest on "
    "what is not in the data.",
    sources=(
        "PgBouncer in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-pgbouncer",
    ),
    remedy=remedies.open_pooler,
    subject=FlexibleServer,
)
def nsg_denies_pooler(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether clients that are admitted on 5432 are on 6432, one finding per client network."""
    pairs = pairs_to(facts, server)
    if not pairs or server.tier.lower() == "burstable":
        return NOT_APPLICABLE
    if not is_pooling(facts, server):
        return unread(facts, ServerParameter.KIND, server.id) or NOT_APPLICABLE
    return judged(
        facts,
        tuple(pooling(pair) for pair in pairs),
        _WANTED,
        severity=Severity.WARNING,
        key=by_client,
        test=lambda trouble: _is_pooler_alone(facts, trouble, pairs),
    )


def _is_pooler_alone(facts: Facts, trouble: Trouble, pairs: tuple[Pair, ...]) -> bool:
    """Whether nothing at the server stops the same client on the port it uses otherwise."""
    mine = trouble.pair
    plain = [p for p in pairs if p.client == mine.client and p.source == mine.source]
    return not any(
        step.stage is Stage.SERVER_FILTER and step.verdict is Verdict.BLOCKED
        for pair in plain
        if pair.port != mine.port
        for step in path_of(facts, pair).steps
    )
