"""The filter language: words, !not, ~fuzzy, key:value."""

import pytest

from pgtopo.views.filter import KEYS, Term, TermKind, complaint, is_subsequence, parse
from pgtopo.views.groupings import Grouping
from pgtopo.views.search import node_hits, problem_test
from tests.estates.world import World
from tests.views.small import bench, desk


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("Psql", (Term(TermKind.WORD, "psql"),)),
        ("!psql", (Term(TermKind.WORD, "psql", "", True),)),
        ("~pso", (Term(TermKind.FUZZY, "pso"),)),
        ("!~pso", (Term(TermKind.FUZZY, "pso", "", True),)),
        ("kind:server", (Term(TermKind.FIELD, "server", "kind"),)),
        ("fd00::1", (Term(TermKind.WORD, "fd00::1"),)),
        ("! ~ kind:", ()),
    ],
)
def test_parse(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [("abc", "a-b-c", True), ("abc", "acb", False), ("", "x", True), ("aa", "a", False)],
)
def test_subsequence(wanted: str, text: str, expected: bool) -> None:
    assert is_subsequence(wanted, text) is expected


@pytest.mark.parametrize("text", ["colour:red", "!colour:red", "psql COLOUR:red"])
def test_an_unknown_key_is_told_with_the_keys_there_are(text: str) -> None:
    told = complaint(parse(text))
    assert "unknown key 'colour'" in told
    assert all(key in told for key in KEYS)


@pytest.mark.parametrize(
    "text", ["", "psql", "kind:server", "colour:", "fd00::1", "fd::1", "https://x", "10.0.0.4:5432"]
)
def test_what_is_no_key_is_no_complaint(text: str) -> None:
    assert complaint(parse(text)) == ""


def names(text: str, *, faults_only: bool = False) -> set[str]:
    table = desk()
    hits = node_hits(table, Grouping.NETWORK, parse(text), faults_only=faults_only)
    assert hits is not None
    nodes = table.forest(Grouping.NETWORK).nodes
    return {table.label(nodes[at]).name for at in hits}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("psql", {"psql-orders", "psql-orders-copy", "psql-survey", "psql-lost"}),
        ("psql orders", {"psql-orders", "psql-orders-copy"}),
        ("psql orders !copy", {"psql-orders"}),
        ("PSQL-LOST", {"psql-lost"}),
        ("~psury kind:server", {"psql-survey"}),
        ("kind:net", {"vnet-hub", "vnet-app", "vnet-gone"}),
        ("kind:server !psql-orders", {"psql-survey", "psql-lost"}),
        ("name:hub kind:network", {"vnet-hub"}),
        ("ip:10.1.1.4 kind:subnet", {"snet-pg"}),
        ("ip:10.1.2.4 !everyone", {"vnet-app", "snet-web", "nic-web"}),
        ("ip:nonsense", set()),
        ("is:ghost", {"vnet-gone", "snet-pg"}),
        ("sub:contoso kind:server name:survey", {"psql-survey"}),
        ("sub:other", set()),
        ("region:westeurope kind:net", {"vnet-hub", "vnet-app"}),
    ],
)
def test_what_a_filter_finds_in_the_tree(text: str, expected: set[str]) -> None:
    assert names(text) == expected


def test_an_empty_filter_fits_everything() -> None:
    assert node_hits(desk(), Grouping.NETWORK, parse("")) is None


def test_faults_only_keeps_what_is_wrong_itself() -> None:
    found = names("", faults_only=True)
    assert "psql-survey" in found
    assert "vnet-hub" not in found


def test_findings_are_filtered_by_word_family_and_severity() -> None:
    table = desk()
    every = table.problems.all
    assert every, "the small estate has findings"
    for text in ("check:pgt801", "family:access", "is:error everyone"):
        fits = problem_test(table, parse(text))
        assert {p.check.id for p in every if fits(p)} == {"PGT801"}, text
    nothing = problem_test(table, parse("family:resolver"))
    assert not [p for p in every if nothing(p)]


def test_an_address_finds_the_server_that_can_have_it() -> None:
    for text in ("ip:10.1.1.4 kind:server", "10.1.1.4 kind:server"):
        made = bench()
        made.filter(text)
        names = {made.desk.label(made.tree.forest.nodes[at]).name for at in made.tree.outline.hits}
        assert names == {"psql-orders", "psql-orders-copy"}, text


def test_letters_that_almost_fit_take_no_time() -> None:
    made = World()
    made.vnet("e" * 80, "10.0.0.0/16")
    table = desk(made)
    found = [
        node_hits(table, Grouping.NETWORK, parse("~" + letters))
        for letters in ("e" * 40, "e" * 40 + "z", "e%", "^]-\\e")
    ]
    assert [bool(one) for one in found] == [True, False, False, False]
