"""Ordered rules over sets of destinations, with one open question among them."""

from __future__ import annotations

from pgtopo.analysis.filters.sides import Symbol
from pgtopo.analysis.many.outs import Out
from pgtopo.analysis.many.sieve import Reach, Verse, sift

_DEFAULT = "NSG_DEFAULT_DENY"
_MAYBE = Symbol("TAG_WITH_DEFAULT_ROUTE")
_ALL = 0b1111


def test_first_rule_that_matches_decides() -> None:
    verses = [
        Verse(allows=True, code="NSG_DENY", reach=Reach(0b0001, 0)),
        Verse(allows=False, code="NSG_DENY", reach=Reach(0b0011, 0)),
        Verse(allows=False, code=_DEFAULT, reach=Reach(_ALL, 0)),
    ]
    found = sift(verses, _ALL, _DEFAULT)
    assert found is not None
    assert found.outs == {Out(2, "NSG_DENY"): 0b0010, Out(2, _DEFAULT): 0b1100}


def test_open_question_between_denials_changes_nothing_but_the_rule_that_is_named() -> None:
    verses = [
        Verse(allows=False, code="NSG_DENY", reach=Reach(0b0001, 0, ((_MAYBE, 0b0010),))),
        Verse(allows=False, code=_DEFAULT, reach=Reach(_ALL, 0)),
    ]
    found = sift(verses, _ALL, _DEFAULT)
    assert found is not None
    assert found.outs == {Out(2, "NSG_DENY"): 0b0001, Out(2, _DEFAULT): 0b1110}


def test_open_question_between_denial_and_nothing_names_the_denial() -> None:
    verses = [Verse(allows=False, code="NSG_DENY", reach=Reach(0, 0, ((_MAYBE, 0b0010),)))]
    found = sift(verses, 0b0010, _DEFAULT)
    assert found is not None
    assert found.outs == {Out(2, "NSG_DENY"): 0b0010}


def test_open_question_before_an_allowing_rule_stays_open() -> None:
    verses = [
        Verse(allows=False, code="NSG_DENY", reach=Reach(0, 0, ((_MAYBE, 0b0010),))),
        Verse(allows=True, code="NSG_DENY", reach=Reach(_ALL, 0)),
    ]
    found = sift(verses, _ALL, _DEFAULT)
    assert found is not None
    assert found.outs == {Out(1, "TAG_WITH_DEFAULT_ROUTE"): 0b0010}


def test_two_open_questions_are_left_to_a_closer_look() -> None:
    verses = [
        Verse(allows=False, code="NSG_DENY", reach=Reach(0, 0, ((_MAYBE, 0b0010),))),
        Verse(allows=True, code="NSG_DENY", reach=Reach(0, 0, ((Symbol("SQL_TAG"), 0b0010),))),
    ]
    assert sift(verses, _ALL, _DEFAULT) is None


def test_destination_that_a_rule_parts_is_left_to_a_closer_look() -> None:
    verses = [Verse(allows=True, code="NSG_DENY", reach=Reach(0b0001, 0b0001))]
    found = sift(verses, 0b0001, _DEFAULT)
    assert found is not None
    assert found.cut == 0b0001
