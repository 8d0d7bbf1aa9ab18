"""What a suppressed finding looks like in the file, and who it speaks of."""

from datetime import date

import pytest

from pgtopo.checks.suppression import parse
from pgtopo.views.judgement import judge
from pgtopo.views.suppressing import Removal, end_date, entry, without
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


FILE = """# Ours, agreed in March.
[[suppress]]
check = "PGT101"  # no zone
subject = "*/psql-a"
reason = "moves in \\"June\\""

# The test estate.
[[ suppress ]]
check = "nsg"
# nobody connects
subject = "*/test/*"
reason = '''
two
[[suppress]] lines'''
expires = 2099-01-31

[[suppress]]
check = "PGT501"
subject = "*"
reason = "known"
# the end
"""


def test_one_entry_is_taken_out_and_every_other_line_stays() -> None:
    every = parse(FILE, "f")
    for number, line in ((0, 2), (2, 17)):
        removal = without(FILE, number)
        assert removal.text is not None
        assert removal.line == line
        assert parse(removal.text, "f") == (*every[:number], *every[number + 1 :])
        gone = set(FILE.splitlines()) - set(removal.text.splitlines())
        assert not any(one.startswith("#") for one in gone)
    assert "# Ours, agreed in March.\n\n# The test estate.\n" in (without(FILE, 0).text or "")


def test_an_entry_with_lines_that_look_like_tables_is_taken_out_whole() -> None:
    removal = without(FILE, 1)
    assert removal.text is not None
    assert "two" not in removal.text
    assert "# nobody connects" in removal.text
    assert [one.check for one in parse(removal.text, "f")] == ["pgt101", "pgt501"]


def test_what_cannot_be_taken_out_for_sure_stays() -> None:
    inline = 'suppress = [{check = "PGT101", subject = "*", reason = "known"}]\n'
    assert without(inline, 0) == Removal(0, None)
    tricky = FILE.replace("[[suppress]] lines", "\n[[suppress]]\n")
    assert without(tricky, 0) == Removal(0, None)


@pytest.mark.parametrize("reason", ["ö \U0001f600", 'a "b" \\ c', "a\x7f\x01\nb", "a\u2028b"])
def test_every_reason_can_be_read_again(reason: str) -> None:
    problem = desk().problems.all[0]
    (read,) = parse(entry(problem, reason, None), "file")
    assert read.reason == reason
