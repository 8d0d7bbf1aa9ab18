"""Adding a check takes its own file and its case file, and nothing else."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pgtopo.checks.subnet
import tests.checks.cases.subnet
from pgtopo.analysis.facts import Facts
from pgtopo.checks import docs
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.checks.selection import selected
from tests.checks import driver
from tests.checks.homes import injected

_CHECK = '''
"""A subnet with a name that is too long to say."""

from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Severity, check
from pgtopo.model.network import Subnet


@check(
    id="PGT699",
    slug="subnet-name-unspeakable",
    family=Family.SUBNET,
    title="Subnet has a name nobody can say",
    severity=Severity.INFO,
    since="0.2",
    symptoms=(),
    looks_at="Names of subnets.",
    why="Nobody can say it on the telephone.",
    client_sees="Nothing.",
    confirm="az network vnet subnet list --vnet-name <network>",
    fix="az network vnet subnet create --name <shorter name>",
    unknown_when="Never: subnets have names.",
    sources=("https://example.org/names",),
    subject=Subnet,
)
def subnet_name_unspeakable(facts, subnet):
    """Whether the name is short."""
    if len(subnet.name) < 8:
        return OK
    return Fail(
        message=f"Subnet {subnet.name} has a long name.",
        evidence=(Evidence(subnet.id, "name", subnet.name),),
    )
'''

_CASES = """
from tests.checks.expect import fail, ok
from tests.estates.world import World

CHECK = "PGT699"


def named(name):
    world = World()
    world.subnet(world.vnet("vnet", "10.1.0.0/16"), name, "10.1.1.0/24")
    return world


CASES = [
    ("short", lambda: named("app"), ok),
    ("near miss: just short enough", lambda: named("snet-ab"), ok),
    ("long", lambda: named("snet-of-a-very-long-name"), fail("info")),
]
"""

_MODULE = "subnet_name_unspeakable"


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two files laid beside the installed ones; nothing else is touched."""
    places = {pgtopo.checks.subnet: _CHECK, tests.checks.cases.subnet: _CASES}
    for package, text in places.items():
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / f"{_MODULE}.py").write_text(text)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    catalogue.cache_clear()
    driver.tables.cache_clear()
    yield
    catalogue.cache_clear()
    driver.tables.cache_clear()
    for package in places:
        sys.modules.pop(f"{package.__name__}.{_MODULE}", None)


@pytest.mark.usefixtures("added")
def test_two_files_are_enough() -> None:
    check = next(check for check in catalogue() if check.id == "PGT699")

    assert check in selected(catalogue(), ["subnet"])
    assert selected(catalogue(), ["subnet-name-unspeakable"]) == (check,)
    assert "Nobody can say it on the telephone." in docs.full_text(check)
    assert docs.row(check).since == "0.2"

    world = injected().world
    network = next(row["id"] for row in world.rows if row["name"] == "vnet-data")
    world.subnet(network, "snet-of-a-very-long-name", "10.1.7.0/24")
    report = run(Facts(world.topology()), catalogue())
    assert [f.message for f in report.fails if f.check == "PGT699"] == [
        "Subnet snet-of-a-very-long-name has a long name."
    ]

    table = next(table for table in driver.tables() if table.CHECK == "PGT699")
    for _, make, expected in driver.cases_of(table):
        here = make()
        found, findings = driver.judge(check, here)
        driver.hold(here, found, findings, expected)


def test_nothing_is_left_behind() -> None:
    assert all(check.id != "PGT699" for check in catalogue())
