"""A network security group that keeps servers of one subnet from one another."""

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
    id="PGT302",
    slug="nsg-denies-inbound-within-subnet",
    family=Family.NSG,
    title="NSG denies port 5432 into the server's subnet from the subnet itself",
    severity=Severity.ERROR,
    grading=GRADED_BY_STANDBY,
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="TCP 5432 from the server's subnet to the same subnet, evaluated through admin rules"
    " and the subnet's NSG, inbound.",
    why="A server and its standby talk to each other inside the subnet, and an NSG filters traffic"
    " within a subnet, too. Default rules let it pass; a deny-all above them does not.",
    client_sees=CLIENT_SEES_NO_STANDBY,
    confirm=confirm_rules(Direction.INBOUND),
    fix=fix_rule("allow-pg-within-subnet-in", Direction.INBOUND, "<subnet range>", 5432),
    unknown_when=UNKNOWN_WHEN,
    sources=NETWORKING,
    remedy=rules.allow_within,
    subject=FlexibleServer,
    over=injected_servers,
)
def nsg_denies_inbound_within_subnet(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether filters let 5432 into the subnet from itself."""
    return within_subnet(facts, server, Direction.INBOUND)
