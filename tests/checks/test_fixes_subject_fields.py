"""A check's subjects are listed anew wherever a change touches a field that lists them."""

import json
import random
from pathlib import Path

import pytest

from pgtopo.checks.base import Unseen
from pgtopo.checks.registry import catalogue
from pgtopo.checks.subject_fields import SubjectFields, Walk
from pgtopo.errors import UsageError
from pgtopo.model.network import Subnet
from pgtopo.model.patch import Patch, remove_value, set_value
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files
from pgtopo.sources.patching import Patcher, rows_of_files
from tests.thorough import some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"
ROWS = json.loads(CONTOSO.read_text())["rows"]
WALKS = {check.over for check in catalogue()}


def listed(walk: Walk, topology: Topology) -> list[object]:
    return [one if isinstance(one, Unseen) else one.id for one in walk(topology)]


@pytest.mark.parametrize("seed", some(range(4), 4))
def test_a_walk_that_is_told_the_same_lists_the_same(seed: int) -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    fields = SubjectFields(loaded.topology)
    before = {walk: listed(walk, loaded.topology) for walk in WALKS}
    chance = random.Random(seed)
    told = 0
    for row in chance.sample([one for one in ROWS if one["properties"]], 25):
        key = chance.choice(sorted(row["properties"]))
        try:
            after = patcher.apply(Patch(ops=(remove_value(row["id"], f"/properties/{key}"),)))
        except UsageError:  # a row that cannot be read without the field
            continue
        for walk in WALKS:
            if fields.is_same(walk, after):
                told += 1
                assert listed(walk, after) == before[walk]
    assert told


def test_a_field_that_the_walk_reads_is_heeded_and_another_is_not() -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    fields = SubjectFields(loaded.topology)
    subnet = next(one for one in loaded.topology.all(Subnet) if one.nsg is not None)
    shown = loaded.topology.display(subnet.id)

    def guarded(topology: Topology) -> list[Subnet]:
        return [one for one in topology.all(Subnet) if one.nsg is not None]

    nsg = patcher.apply(Patch(ops=(remove_value(shown, "/properties/networkSecurityGroup"),)))
    other = patcher.apply(
        Patch(ops=(set_value(shown, "/properties/defaultOutboundAccess", value=False),))
    )
    assert other.changed
    assert not fields.is_same(guarded, nsg)
    assert fields.is_same(guarded, other)


def test_a_walk_that_compares_whole_resources_is_never_told_the_same() -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    subnet = loaded.topology.all(Subnet)[0]
    shown = loaded.topology.display(subnet.id)

    def like_the_first(topology: Topology) -> list[Subnet]:
        return [one for one in topology.all(Subnet) if one == topology.all(Subnet)[-1]]

    after = patcher.apply(
        Patch(ops=(set_value(shown, "/properties/defaultOutboundAccess", value=False),))
    )
    assert not SubjectFields(loaded.topology).is_same(like_the_first, after)
