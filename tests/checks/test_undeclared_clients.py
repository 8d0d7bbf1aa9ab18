"""What a fault of a client says that nobody declared."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.model.settings import DeclaredClient, Settings
from tests.checks.homes import injected
from tests.estates.world import World, rule

_SAYS = "Nobody declared this client: a [[client]] entry in the settings makes it an error."


def denied() -> World:
    home = injected(nsg=None)
    world = home.world
    network = world.vnet("vnet-app", "10.9.0.0/16")
    nsg = world.nsg("nsg-app", rule("no-pg", 300, "Deny", "Outbound"))
    world.subnet(network, "snet-app", "10.9.1.0/24", nsg=nsg)
    world.peer(network, home.network)
    world.link(home.zone, network)
    return world


def found(settings: Settings) -> Finding:
    topology = denied().topology()
    checks = [one for one in catalogue() if one.slug == "client-nsg-denies-server"]
    (finding,) = run(Facts(topology, settings), checks).findings
    return finding


def test_a_fault_of_an_undeclared_client_says_what_makes_it_an_error() -> None:
    mild = found(Settings())
    assert mild.severity is Severity.WARNING
    assert mild.message.endswith(_SAYS)


def test_a_fault_of_a_declared_client_is_an_error_and_says_no_such_thing() -> None:
    grave = found(Settings(clients=(DeclaredClient(source="snet-app"),)))
    assert grave.severity is Severity.ERROR
    assert _SAYS not in grave.message
