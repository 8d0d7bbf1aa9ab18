"""Opening, closing, moving and filtering of a tree, against a plain model of what shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgtopo.model.ids import ArmId
from pgtopo.views.forest import Forest, Node, Role
from pgtopo.views.outline import Outline


def forest(*depths: int) -> Forest:
    return Forest([Node(d, Role.OTHER, ArmId(f"/{at}")) for at, d in enumerate(depths)])


SMALL = forest(0, 1, 2, 2, 1, 0, 1)


def test_only_roots_show_at_first() -> None:
    assert Outline(SMALL).rows == [0, 5]


def test_opening_shows_children_and_closing_hides_what_was_open_below() -> None:
    outline = Outline(SMALL)
    outline.open(0)
    outline.open(1)
    assert outline.rows == [0, 1, 2, 3, 4, 5]
    outline.close(0)
    assert outline.rows == [0, 5]
    outline.open(0)
    assert outline.rows == [0, 1, 2, 3, 4, 5], "what was open below stays open"


def test_the_cursor_stays_on_its_node_when_rows_above_change() -> None:
    outline = Outline(SMALL)
    outline.move(1)
    assert outline.node == 5
    outline.open(0)
    assert outline.node == 5
    outline.close(0)
    assert outline.node == 5


def test_closing_over_the_cursor_puts_it_on_the_closed_row() -> None:
    outline = Outline(SMALL)
    outline.reveal(3)
    assert outline.node == 3
    outline.close(0)
    assert outline.node == 0


def test_reveal_opens_everything_above() -> None:
    outline = Outline(SMALL)
    assert outline.reveal(2)
    assert outline.rows == [0, 1, 2, 3, 4, 5]


def test_parent_of_a_root_is_itself() -> None:
    outline = Outline(SMALL)
    outline.to_parent()
    assert outline.node == 0
    outline.reveal(6)
    outline.to_parent()
    assert outline.node == 5


def test_a_filter_keeps_hits_with_what_is_above_and_below() -> None:
    outline = Outline(SMALL)
    outline.filter([1])
    assert outline.rows == [0, 1], "what is below a hit is kept, folded"
    outline.open(1)
    assert outline.rows == [0, 1, 2, 3]
    assert outline.hidden == 3


def test_a_filter_may_leave_out_what_is_below_hits() -> None:
    outline = Outline(SMALL)
    outline.filter([1, 6], keeps_below=False)
    assert outline.rows == [0, 1, 5, 6]


def test_a_filter_without_hits_shows_nothing_and_nothing_breaks() -> None:
    outline = Outline(SMALL)
    outline.filter([])
    assert outline.rows == []
    assert outline.node == -1
    outline.move(5)
    outline.to_parent()
    assert not outline.reveal(2)
    outline.filter(None)
    assert outline.rows == [0, 5]


def test_next_hit_goes_round() -> None:
    outline = Outline(SMALL)
    hits = [2, 5]
    assert outline.next_of(hits, step=1) == 2
    outline.reveal(2)
    assert outline.next_of(hits, step=1) == 5
    assert outline.next_of(hits, step=-1) == 5
    assert outline.next_of([], step=1) is None


@st.composite
def depths(draw: st.DrawFn) -> list[int]:
    made = [0]
    for _ in range(draw(st.integers(0, 25))):
        made.append(draw(st.integers(0, min(made[-1] + 1, 4))))
    return made


@given(depths(), st.lists(st.integers(0, 25)), st.sets(st.integers(0, 25)))
def test_rows_are_what_open_parents_and_the_filter_let_through(
    shape: list[int], toggles: list[int], wanted: set[int]
) -> None:
    trees = forest(*shape)
    outline = Outline(trees)
    for position in toggles:
        if outline.rows:
            outline.toggle(position % len(outline.rows))
    expected = [
        at for at in range(len(shape)) if all(outline.is_open(up) for up in trees.ancestors(at))
    ]
    assert outline.rows == expected
    hits = sorted(at for at in wanted if at < len(shape))
    outline.filter(hits)
    kept = {one for hit in hits for one in (*trees.below(hit), *trees.ancestors(hit))}
    assert set(outline.rows) <= kept
    assert set(hits) <= set(outline.rows) | {below for hit in hits for below in trees.below(hit)}
    assert len(shape) - len(kept) == outline.hidden


@pytest.mark.parametrize("step", [1, -1])
def test_a_hundred_thousand_open_nodes_are_one_list(step: int) -> None:
    outline = Outline(forest(*([0, *([1] * 99)] * 1_000)))
    outline.open_all(list(range(0, 100_000, 100)))
    assert len(outline.rows) == 100_000
    outline.move(50_000)
    assert outline.node == 50_000
    assert outline.next_of([10, 99_999], step=step) in (10, 99_999)
