"""Which faults of a copy lay on ways that were blocked before, so that no fix brought them."""

from pgtopo.checks.base import Certainty, Severity
from pgtopo.checks.finding import Finding, Outcome, key_of
from pgtopo.checks.path_fixes import was_hidden
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.settings import DeclaredClient, Settings
from tests.checks.homes import Home, injected
from tests.checks.proving import prover_of
from tests.estates.world import rule


def fault(home: Home, discriminator: str, *related: ArmId) -> Finding:
    subject = fold(home.server)
    return Finding(
        key=key_of("PGT301", subject, discriminator),
        check="PGT301",
        slug="some-check",
        severity=Severity.ERROR,
        outcome=Outcome.FAIL,
        certainty=Certainty.LIKELY,
        subject=subject,
        related=related,
        message="It is shut.",
        cause=subject,
        discriminator=discriminator,
    )


def test_a_fault_in_a_network_without_clients_is_a_new_one() -> None:
    home = injected()
    facts = prover_of(home.world).facts
    assert not was_hidden(facts, fault(home, "", fold(home.subnet)))


def test_a_fault_of_a_declared_client_is_told_by_that_clients_way_alone() -> None:
    """The server's own network is named beside it, and its clients were kept out before."""
    home = injected(nsg=None)
    world = home.world
    shut = world.nsg("nsg-batch", rule("no-pg", 100, "Deny", "Outbound"))
    world.subnet(home.network, "snet-batch", "10.1.9.0/24", nsg=shut)
    network = world.vnet("vnet-app", "10.9.0.0/16")
    world.subnet(network, "snet-app", "10.9.1.0/24")
    world.peer(network, home.network)
    world.link(home.zone, network)
    settings = Settings(clients=(DeclaredClient(source="snet-app"),))
    facts = prover_of(world, settings).facts
    assert was_hidden(facts, fault(home, "", fold(home.subnet)))
    assert not was_hidden(facts, fault(home, "snet-app", fold(home.subnet)))
