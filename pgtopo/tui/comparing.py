"""The part of the app that shows what changed, and compares with another snapshot."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.model.settings import Settings
from pgtopo.tui import layout
from pgtopo.tui.actions import Actions
from pgtopo.tui.behind import behind
from pgtopo.tui.benches import has_changes
from pgtopo.tui.compare_job import CompareAdvanced, Compared, Job, NotCompared
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.tui.opening import Judged
    from pgtopo.tui.panes.changes import ChangeList
    from pgtopo.views.changes.bench import ChangesBench
    from pgtopo.views.desk import Desk
    from pgtopo.views.workbench import Workbench

SUFFIXES = (".json", ".json.gz", ".json.zst", ".jsonl", ".jsonl.gz", ".jsonl.zst")
"""How files are named that are offered to be compared with."""
_MOST = 30
"""Snapshots offered."""
_LOOKED_AT = 300
"""Files of a folder of which the first bytes are read."""


class SnapshotsFound(Message):
    """The snapshots are known that can be chosen, as text and path."""

    def __init__(self, files: list[tuple[str, str]]) -> None:
        super().__init__()
        self.files = files


class Comparing(Actions):
    """Steps of the list of changes, and its painting."""

    assume_complete: bool = False
    verdicts: Settings | None = None
    select: tuple[str, ...] = ()
    is_trying: bool = False
    real: Workbench | None = None
    """The estate as it is, while a changed copy is on show."""
    comparing: Job | None = None
    """The comparing that goes on."""
    compared: Job | None = None
    """The comparing whose result is there."""

    @property
    def _changes(self) -> ChangesBench | None:
        bench = self.bench
        return bench if has_changes(bench) and bench.is_on_changes else None

    def action_view_changes(self) -> None:
        """What changed."""
        self._go(View.CHANGES)

    def paint_changes(self, bench: ChangesBench) -> None:
        """Show the changes, or that they are being listed."""
        work = bench.changes_work()
        if work is not None:
            self.grid_background.want(bench.desk, work)
            self.paint_while_waiting()
        from pgtopo.tui.panes.changes import ChangeList

        shown = self.query_one("#changes", ChangeList)
        shown.is_waiting = work is not None
        shown.show(bench.changes_rows, bench.changes_at)

    # -- what the list asks -------------------------------------------------------------------

    def on_change_list_moved(self, message: ChangeList.Moved) -> None:
        """Another row is selected."""
        if self._changes is not None:
            self._changes.moved_in_changes(message.at)
            self.paint_around()

    def on_change_list_opened(self, _message: ChangeList.Opened) -> None:
        """Choose what to compare with, or go into the page."""
        from pgtopo.views.changes.rows import RowKind

        bench = self._changes
        if bench is not None and bench.changes_row.kind is RowKind.COMPARE:
            self.action_compare()
        else:
            self.to_front(layout.RIGHT)

    def on_change_list_asked(self, message: ChangeList.Asked) -> None:
        """Take a step of the list."""
        bench = self._changes
        if bench is None:
            return
        if message.step == "estate":
            if bench.changes_row.id:
                self.go_to(bench.changes_row.id)
            return
        if message.step == "swap":
            self._swap(bench)
            return
        told = bench.turn_changes()
        if told:
            self.say(told)
        else:
            self.paint()

    # -- comparing ----------------------------------------------------------------------------

    def action_compare(self) -> None:
        """Choose another snapshot to compare with."""
        bench = self.bench
        if bench is None:
            self.say("open an estate first")
        elif self.is_trying:
            self.say("leave what-if first: W")
        elif not bench.desk.problems.is_complete:
            self.say("comparing needs the findings: the checks are still running")
        elif self.comparing is not None:
            self.say(f"{self.comparing.name} is still being compared: esc stops it")
        else:
            behind(self, partial(_offered, bench.desk.files), "snapshots")

    def on_snapshots_found(self, message: SnapshotsFound) -> None:
        """Ask which of the snapshots to compare with."""
        from pgtopo.tui.searching import SearchScreen

        hint = "words, or the path of a snapshot"
        title = "Compare with which snapshot?"
        self.push_screen(SearchScreen(title, message.files, takes_words=hint), self.compare_with)

    def compare_with(self, file: str | None) -> None:
        """Compare with a snapshot; nothing where none was chosen."""
        bench = self.bench
        if not file or not has_changes(bench):
            return
        self.action_view_changes()
        self._begin(bench, file)
        self.paint()

    def _begin(self, bench: ChangesBench, file: str) -> None:
        if self.comparing is not None:
            self._halt(self.comparing)
        job = self.comparing = Job(
            self,
            bench.desk,
            file,
            assume_complete=self.assume_complete,
            select=self.select,
            is_swapped=self._was_swapped(file),
        )
        bench.changes.file, bench.changes.busy = file, f"Reading {job.name}"
        behind(self, job.run, "comparing")

    def _was_swapped(self, file: str) -> bool:
        """Whether the same two were compared the other way round before one was read again."""
        known = self.compared
        return known is not None and known.file == file and known.is_swapped

    def _swap(self, bench: ChangesBench) -> None:
        """Let the other snapshot be the earlier one, where nothing says which of them is."""
        if bench.changes.found is None:
            self.say("nothing is compared yet: enter on the first row does")
        elif not bench.changes.is_order_guessed:
            self.say("the times of the two say which is the earlier one")
        elif self.comparing is not None:
            self.say(f"{self.comparing.name} is still being compared: esc stops it")
        elif self.compared is not None and self.compared.desk is bench.desk:
            job = self.comparing = self.compared.swapped()
            bench.changes.busy = "Comparing the other way round"
            behind(self, job.run, "comparing")
            self.paint()

    def on_compare_advanced(self, message: CompareAdvanced) -> None:
        """Say how far the comparing is."""
        bench = self._bench_of(message.job)
        if bench is not None:
            bench.changes.busy = message.text
            self.paint_around()

    def _bench_of(self, job: Job) -> ChangesBench | None:
        """Where a comparison belongs; None where it was stopped, or its estate is gone."""
        if job is not self.comparing:
            return None
        for bench in (self.bench, self.real):
            if has_changes(bench) and bench.desk is job.desk:
                return bench
        return None

    def on_compared(self, message: Compared) -> None:
        """Show what is different, once none of its names could show by mistake."""
        job, bench, mask = message.job, self._bench_of(message.job), self.mask
        if bench is None:
            self._forget(job)
            return
        looks = (message.found.before, message.found.after)
        if mask is not None and not all(mask.has_learned(one.topology) for one in looks):
            behind(self, partial(_learned, self, message), "mask")
            return
        self._forget(job)
        self.compared = job
        bench.changes.take(message.found, job.file, message.names)
        if bench.is_on_changes:
            bench.moved_in_changes(0)
        self.paint()

    def on_not_compared(self, message: NotCompared) -> None:
        """Say why there is nothing to compare."""
        bench = self._bench_of(message.job)
        self._forget(message.job)
        if bench is not None:
            bench.changes.busy, bench.changes.trouble = "", message.why
            self.paint()

    def _halt(self, job: Job) -> None:
        job.is_stopped = True
        self._forget(job)

    def _forget(self, job: Job) -> None:
        if job is self.comparing:
            self.comparing = None

    def on_judged(self, message: Judged) -> None:
        """Compare anew where what is on show was read again."""
        self.call_later(self._compare_again, message.desk)

    def _compare_again(self, desk: Desk) -> None:
        bench = self.bench
        if not has_changes(bench) or bench.desk is not desk or self.is_trying:
            return
        job = self.comparing
        if job is not None and job.desk is not desk:
            self._halt(job)
            if bench.changes.file:
                self._begin(bench, bench.changes.file)
        elif bench.changes.is_stale:
            self._begin(bench, bench.changes.file)
        elif self.compared is not None and self.compared.desk is not desk:
            # So that an estate nobody looks at any more does not stay in memory.
            self.compared = None

    def take_back(self) -> bool:
        """Stop the comparing where it is on show."""
        job, bench = self.comparing, self._changes
        if job is None or bench is None:
            return super().take_back()
        self._halt(job)
        bench.changes.busy = ""
        self.say("comparing was stopped")
        return True


def _learned(app: Comparing, message: Compared) -> Compared:
    """The same comparison, once the mask knows every name in it."""
    if app.mask is not None:
        for facts in (message.found.before, message.found.after):
            app.mask.learn(facts.topology)
    return Compared(message.job, message.found, message.names)


def _offered(files: tuple[str, ...]) -> SnapshotsFound:
    """Snapshots opened lately, and those beside the files on show, without these themselves."""
    from pgtopo.sources.sniff import may_hold_estate
    from pgtopo.tui.keeping import tilde
    from pgtopo.tui.recent import recent

    shown = {Path(one).resolve() for one in files}
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(one.parent for one in shown):
        found |= dict.fromkeys(_snapshots_in(folder))
    found |= dict.fromkeys(map(Path, recent()))
    others = (one for one in found if one not in shown and may_hold_estate(one))
    return SnapshotsFound([(tilde(one), str(one)) for one in islice(others, _MOST)])


def _snapshots_in(folder: Path) -> list[Path]:
    """The files of a folder that are named as snapshots are, the newest name first."""
    try:
        held = [one for one in folder.iterdir() if one.name.endswith(SUFFIXES)]
    except OSError:
        return []
    return sorted(held, reverse=True)[:_LOOKED_AT]
