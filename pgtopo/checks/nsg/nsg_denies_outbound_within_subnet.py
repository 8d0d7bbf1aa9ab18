"""A network security group that keeps a server from sending to its own subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import injected_servers
from pgtopo.checks.server_needs import (
    CLIENT_SEES_NO_STANDBY,
    GRADED_BY_STANDBY,
    NETWORKING,
    UNKNOWN_WHEN,
    confirm_rules,
    fix_rule,
    within_subnet,
)
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT303",
    slug="nsg-denies-outbound-within-subnet",
    family=Family.NSG,
    title="NSG denies port 5432 out of the server's subnet to the subnet itself",
    severity=Severity.ERROR,
    grading=GRADED_BY_STANDBY,
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="TCP 5432 from the server's subnet to the same subnet, evaluated through admin rules"
    " and the subnet's NSG, outbound.",
    why="Replication inside the subnet has to leave one server before it enters the other. An"
    " outbound deny stops it just as an inbound one does, and is forgotten more often.",
    client_sees=CLIENT_SEES_NO_STANDBY,
    confirm=confirm_rules(Direction.OUTBOUND),
    fix=fix_rule("allow-pg-within-subnet-out", Direction.OUTBOUND, "<subnet range>", 5432),
    unknown_when=UNKNOWN_WHEN,
    sources=NETWORKING,
    remedy=rules.allow_within,
    subject=FlexibleServer,
    over=injected_servers,
)
def nsg_denies_outbound_within_subnet(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let 5432 out of the subnet to itself."""
    return within_subnet(facts, server, Direction.OUTBOUND)
