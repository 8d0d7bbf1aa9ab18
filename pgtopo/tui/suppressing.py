"""The part of the app that suppresses findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.tui import suppressions
from pgtopo.tui.behind import behind
from pgtopo.tui.keeping import tilde
from pgtopo.tui.opening import Judged
from pgtopo.tui.unsuppressing import Unsuppressing

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.problem_list import ProblemRow
    from pgtopo.views.problems import Problem


class Suppressing(Unsuppressing):
    """Suppresses the selected finding, or takes that back."""

    is_trying: bool = False
    _moving: str = ""
    """The key of the finding that was suppressed last, until it has its new place in the list."""

    def action_suppress(self) -> None:
        """Suppress the selected finding: ask for a reason first."""
        bench = self.bench
        if bench is None:
            return
        problems = bench.selected_problems()
        if not problems:
            self.say("select a finding first: 2 lists them")
        elif self.is_trying:
            self.say("leave what-if first: W")
        elif all(problem.suppressed_by for problem in problems):
            self.take_back_suppression(bench.desk, problems[0])
        else:
            what = problems[0].check.id if len(problems) == 1 else f"{len(problems)} findings"
            self.ask(
                f"Why is {what} suppressed?",
                "",
                lambda why: self._ask_until(problems, why.strip()),
                lambda why: "" if why.strip() else "there has to be a reason: esc leaves",
            )

    def _ask_until(self, problems: tuple[Problem, ...], reason: str) -> None:
        question = "Until when? YYYY-MM-DD, or nothing for no end"
        self.ask(question, "", lambda day: self._suppress(problems, reason, day), _no_day)

    def _suppress(self, problems: tuple[Problem, ...], reason: str, day: str) -> None:
        from pgtopo.views.suppressing import end_date, entry

        end = end_date(day, suppressions.today())
        try:
            for problem in problems:
                suppressions.add(entry(problem, reason, end))
        except OSError as error:
            self.say(f"not suppressed: {error.strerror or error}")
            return
        self.say(f"suppressed, written to {tilde(suppressions.path())}")
        if self.bench is not None:
            self._moving = problems[0].key
            self.judge_again(self.bench.desk)

    def on_judged(self, message: Judged) -> None:
        """Say where a finding went that was just suppressed."""
        key, self._moving = self._moving, ""
        if key and self.bench is not None and self.bench.desk is message.desk:
            self.say(f"suppressed: {_whereabouts(self.bench.findings.rows, key)}")

    def judge_again(self, desk: Desk) -> None:
        """Take suppressions in anew, behind the screen."""

        def job() -> Judged:
            from pgtopo.views.judgement import judge

            known, note = suppressions.known()
            found = judge(desk, desk.findings.values(), known, suppressions.today())
            return Judged(desk, found, note)

        behind(self, job, "judging")


def _no_day(text: str) -> str:
    """What is wrong with the last day of a suppression; empty for nothing."""
    from pgtopo.views.suppressing import end_date

    try:
        end_date(text, suppressions.today())
    except ValueError:
        return f"{text.strip()!r} is no day to come: write it as 2027-01-31, or leave it empty"
    return ""


def _whereabouts(rows: tuple[ProblemRow, ...], key: str) -> str:
    """Where a finding stands in the list, and how to have it back."""
    found = (at for at, row in enumerate(rows, 1) if row.problem and row.problem.key == key)
    at = next(found, 0)
    if not at:
        return f"the filter hides it now; it is in {tilde(suppressions.path())}"
    where = "last" if at == len(rows) else f"row {at:,} of {len(rows):,}"
    return f"{where} in the list of findings now, x there takes it back"
