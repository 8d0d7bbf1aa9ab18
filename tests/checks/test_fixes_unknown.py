"""A fault that a copy cannot speak of any more is not mended there."""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import AnyCheck, Fail, Outcome, Severity, Unknown
from pgtopo.checks.fix import Fix
from pgtopo.checks.registry import catalogue
from pgtopo.checks.rerun import Baseline
from pgtopo.checks.selection import find
from pgtopo.checks.verify import Prover
from pgtopo.model.base import Resource
from pgtopo.model.ids import fold
from pgtopo.model.patch import delete_row
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.sources.patching import Patcher, rows_given
from tests.checks.homes import Home, injected


def prover(home: Home, check: AnyCheck) -> Prover:
    topology = home.world.topology()
    return Prover(topology, None, (check,), Patcher(topology, rows_given(home.world.rows)).apply)


def proved_without_link(home: Home, check: AnyCheck) -> Fix:
    """What deleting a link is said to mend, of the one fault that a check finds."""
    asked = prover(home, check)
    (fault,) = (one for one in asked.baseline.findings() if one.is_fail)
    return asked.proved(Fix(text="Delete it.", ops=(delete_row(home.link),)), fault.key)


def test_a_fault_whose_place_an_open_question_takes_is_not_proved_gone() -> None:
    home = injected()

    def judge(facts: Facts, server: Resource) -> Outcome:
        seen = (Evidence(server.id, "name", server.name),)
        if facts.topology.find(fold(home.link)) is None:
            return Unknown(message="Two doors are open questions.", settle_with="look")
        return (
            Fail(message="One door is shut.", evidence=seen, discriminator="door"),
            Unknown(message="One door is an open question.", settle_with="look"),
        )

    made = find(catalogue(), "PGT713")
    check: AnyCheck = msgspec.structs.replace(made, judge=judge, severity=Severity.WARNING)
    fix = proved_without_link(home, msgspec.structs.replace(check, over=_servers, needs=()))
    assert not fix.is_verified
    assert not fix.clears


def test_a_fault_that_is_gone_beside_the_same_open_question_is_proved_gone() -> None:
    home = injected()

    def judge(facts: Facts, server: Resource) -> Outcome:
        seen = (Evidence(server.id, "name", server.name),)
        still = Unknown(message="One door is an open question.", settle_with="look")
        if facts.topology.find(fold(home.link)) is None:
            return (still,)
        return (Fail(message="One door is shut.", evidence=seen, discriminator="door"), still)

    made = find(catalogue(), "PGT713")
    check: AnyCheck = msgspec.structs.replace(made, judge=judge, over=_servers, needs=())
    assert proved_without_link(home, check).is_verified


def test_a_check_that_breaks_in_a_copy_proves_nothing() -> None:
    home = injected()

    def over(topology: Topology) -> Iterator[FlexibleServer]:
        if topology.find(fold(home.link)) is None:
            raise ValueError("no link")
        yield from topology.all(FlexibleServer)

    def judge(_: Facts, server: Resource) -> Outcome:
        return Fail(message="It is shut.", evidence=(Evidence(server.id, "name", server.name),))

    made = find(catalogue(), "PGT713")
    check: AnyCheck = msgspec.structs.replace(made, judge=judge, over=over, needs=())
    assert not proved_without_link(home, check).is_verified
    after = prover(home, check).copy([delete_row(home.link)])
    assert after is not None
    assert not Baseline(home.world.topology(), None, (check,)).against(after).cleared


def _servers(topology: Topology) -> Iterator[FlexibleServer]:
    yield from topology.all(FlexibleServer)
