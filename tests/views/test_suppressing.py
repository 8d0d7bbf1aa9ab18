"""What a suppressed finding looks like in the file, and who it speaks of."""

from datetime import date

import pytest

from pgtopo.checks.suppression import parse
from pgtopo.views.judgement import judge
from pgtopo.views.suppressing import end_date, entry
from tests.views.small import desk

TODAY = date(2026, 11, 22)


def test_an_entry_suppresses_the_one_finding_until_its_day() -> None:
    table = desk()
    problem = table.problems.all[0]
    text = entry(problem, 'say "why" \\ and\n\x7f when', date(2027, 1, 31))
    entries = parse(text, "suppressions.toml")
    assert entries[0].reason == 'say "why" \\ and\n\x7f when'
    found = table.findings.values() or ()
    judged = judge(table, found, entries, TODAY)
    quiet = [p.key for p in judged.problems.all if p.suppressed_by]
    assert quiet == [problem.key]
    later = judge(table, found, entries, date(2027, 2, 1))
    assert not any(p.suppressed_by for p in later.problems.all)


def test_an_end_day_is_a_day_to_come_or_none() -> None:
    assert end_date("", TODAY) is None
    assert end_date(" 2026-11-22 ", TODAY) == TODAY
    for wrong in ("2026-11-21", "tomorrow", "31.1.2027"):
        with pytest.raises(ValueError, match=r".+"):
            end_date(wrong, TODAY)
