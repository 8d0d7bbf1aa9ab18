"""Changes whose names and values come from data or from the keyboard."""

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from pgtopo.model.topology import Topology
from pgtopo.views.whatif.choices import choices
from pgtopo.views.whatif.option import Edit, Option
from pgtopo.views.whatif.trial import Trial
from tests.estates.world import World, route, rule


def edit(topology: Topology, arm_id: str, words: str) -> Edit:
    found = choices(Facts(topology), fold(arm_id))
    return next(one for one in found if isinstance(one, Edit) and words in one.text)


def names_in(commands: tuple[str, ...], verb: str) -> list[str]:
    return [one.rpartition("--ipv4-address ")[2].split()[0] for one in commands if verb in one]


def test_a_record_keeps_the_addresses_it_is_to_keep() -> None:
    made = World()
    zone = made.zone("orders.private.postgres.database.azure.com")
    record = made.a_record(zone, "db", "10.0.0.4", "10.0.0.5")
    option = edit(made.topology(), record, "answer ...").make("10.0.0.4, 10.0.0.6, 10.0.0.6")
    assert names_in(option.commands, "add-record") == ["10.0.0.6"]
    assert names_in(option.commands, "remove-record") == ["10.0.0.5"]
    assert names_in(option.back, "add-record") == ["10.0.0.5"]
    assert names_in(option.back, "remove-record") == ["10.0.0.6"]


def test_what_is_new_takes_the_place_of_nothing() -> None:
    made = World()
    table = made.route_table("rt", route("What-If-Route", "10.0.0.0/8", "None"))
    group = made.nsg("nsg", rule("what-if-allow", 100, "Allow"))
    server = made.public_server("psql-survey")
    made.firewall_rule(server, "what-if-admits", "20.0.0.1", "20.0.0.9")
    for arm_id, words, typed, name in (
        (table, "add a route", "0.0.0.0/0 Internet", "what-if-route-x"),
        (group, "that allows", "10.0.0.0/8", "what-if-allow-x"),
        (server, "admit public", "20.0.0.10", "what-if-admits-x"),
    ):
        option = edit(made.topology(), arm_id, words).make(typed)
        assert f" {name} " in f"{option.commands[0]} "


def test_a_group_without_a_free_priority_says_so() -> None:
    made = World()
    rules = [rule(f"rule-{at}", at, "Deny") for at in range(100, 4097)]
    group = made.nsg("nsg-full", *rules)
    with pytest.raises(UsageError, match="no free priority"):
        edit(made.topology(), group, "that allows").make("10.0.0.0/8")


@pytest.mark.parametrize("text", ["20.0.0.9-20.0.0.1", "20.0.0.1 20.0.0.2 20.0.0.3", "20.0.0.1-x"])
def test_what_is_no_range_is_refused(text: str) -> None:
    made = World()
    server = made.public_server("psql-survey")
    with pytest.raises(UsageError):
        edit(made.topology(), server, "admit public").make(text)


def test_a_name_with_a_line_break_begins_no_command() -> None:
    trial = Trial((Option("take rule x\nrm -rf ~ out", ()), Option("a\nb", (), ("az version",))))
    lines = trial.script().splitlines()
    assert [one for one in lines if not one.startswith("#")] == ["az version"]
