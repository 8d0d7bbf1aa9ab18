"""The part of the app that tries changes on a copy of the estate."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.errors import PgtopoError
from pgtopo.tui import suppressions
from pgtopo.tui.behind import behind
from pgtopo.tui.keeping import keep, tilde
from pgtopo.tui.panes.document import Document
from pgtopo.tui.suppressing import Suppressing
from pgtopo.views.lines import TargetKind

if TYPE_CHECKING:
    from pgtopo.checks.whatif import Outlook
    from pgtopo.model.ids import ArmId
    from pgtopo.views.desk import Desk
    from pgtopo.views.judgement import Judgement
    from pgtopo.views.whatif.option import Choice, Edit, Option
    from pgtopo.views.whatif.trial import Trial
    from pgtopo.views.workbench import Workbench


_STILL = "the last change is still being tried"


class Tried(Message):
    """Changes were made on a copy."""

    def __init__(self, trial: Trial, outlook: Outlook, desk: Desk, judgement: Judgement) -> None:
        super().__init__()
        self.trial = trial
        self.outlook = outlook
        self.desk = desk
        self.judgement = judgement


class NotTried(Message):
    """Changes cannot be made."""

    def __init__(self, trial: Trial, why: str) -> None:
        super().__init__()
        self.trial = trial
        self.why = why


class Trying(Suppressing):
    """Asks what to change, makes a copy with it, and shows the copy until it is left."""

    trial: Trial | None = None
    """The changes in the copy on show; None where the estate itself is on show."""
    outlook: Outlook | None = None
    real: Workbench | None = None
    """The estate as it is, while a copy is on show."""
    in_making: Trial | None = None
    """The changes of the copy that is being made; None where none is."""

    def action_try_fixes(self) -> None:
        """Try fixes of what is selected on copies, from now on."""
        bench = self.bench
        if bench is None:
            return
        if bench.desk.workshop is None:
            self.say("fixes cannot be tried here")
            return
        bench.desk.tries_fixes = True
        self.say("fixes of what is selected are tried on copies")

    def action_what_if(self) -> None:
        """Offer what can be changed about what is selected."""
        bench = self.bench
        if bench is None:
            return
        real = self.real or bench
        if real.desk.workshop is None:
            self.say("there are no rows here to change a copy of")
        elif not real.desk.problems.is_complete:
            self.say("what-if needs the findings: the checks are still running")
        elif self.in_making is not None:
            self.say(_STILL)
        else:
            self._offer(bench)

    def _offer(self, bench: Workbench) -> None:
        from pgtopo.tui.choosing import ChoiceScreen
        from pgtopo.views.labels import full_name
        from pgtopo.views.whatif.choices import choices

        for subject in self._subjects(bench):
            found = choices(bench.desk.facts, subject, bench.ends.pair.client)
            if found:
                name = full_name(bench.desk.topology, subject)
                title = f"What if ... {self.veiled(name)}"
                texts = [choice.text for choice in found]
                self.push_screen(ChoiceScreen(title, texts), partial(self._chosen, found))
                return
        self.say("select a rule, route, link, peering, subnet, zone or server to change")

    def _subjects(self, bench: Workbench) -> list[ArmId]:
        """What is meant: the line under the cursor, else the selection, else the path's ends."""
        from pgtopo.model.ids import ArmId as Id

        focused = self.focused
        line = focused.line if isinstance(focused, Document) else None
        found = []
        if line is not None and line.target is not None and line.target.kind is TargetKind.RESOURCE:
            found.append(Id(line.target.id))
        pair = bench.ends.pair
        return [one for one in (*found, bench.state.place.id, pair.server) if one]

    def _chosen(self, found: tuple[Choice, ...], at: int | None) -> None:
        from pgtopo.views.whatif.option import Edit

        if at is None:
            return
        choice = found[at]
        if isinstance(choice, Edit):
            self.ask(
                choice.text,
                choice.value,
                lambda text: self.try_change(choice.make(text)),
                partial(_complaint, choice),
            )
        else:
            self.try_change(choice)

    def try_change(self, option: Option) -> None:
        """Make one more change in the copy."""
        from pgtopo.views.whatif.trial import Trial

        options = (*(self.trial.options if self.trial is not None else ()), option)
        self._try(Trial(options))

    def _try(self, trial: Trial) -> None:
        real = self.real or self.bench
        if real is None or real.desk.workshop is None:
            return
        self.in_making = trial
        self.say("trying it on a copy of the estate ...")
        desk = real.desk
        behind(self, lambda: _tried(desk, trial), "what if")

    def on_tried(self, message: Tried) -> None:
        """Show the copy, at the same place, unless what-if was left meanwhile."""
        from pgtopo.views.changes.bench import ChangesBench
        from pgtopo.views.whatif.trial import in_short

        if message.trial is not self.in_making or self.bench is None:
            return
        self.in_making = None
        before = self.bench
        self.real = self.real or before
        self.trial, self.outlook = message.trial, message.outlook
        self.is_trying = True
        bench = ChangesBench(message.desk)
        bench.settle(message.judgement)
        bench.take_place_of(before)
        self.bench = bench
        self.note = in_short(message.trial, message.outlook)
        self.to_front(self.front)

    def on_not_tried(self, message: NotTried) -> None:
        """Say why there is no copy."""
        if message.trial is self.in_making:
            self.in_making = None
            self.say(message.why)

    def action_trial(self) -> None:
        """What the changes did, and what can be done with them."""
        if self.trial is None or self.outlook is None or self.real is None:
            self.say("w changes something on a copy; then W shows what that did")
            return
        from pgtopo.tui.trial_screen import TrialScreen
        from pgtopo.views.whatif.trial import page

        lines = page(self.real.desk.topology, self.trial, self.outlook)
        self.push_screen(TrialScreen(lines), self._after_trial)

    def _after_trial(self, wish: str | None) -> None:
        wishes = {
            "keep_patch": self.action_keep_patch,
            "copy_commands": self.action_copy_commands,
            "keep_commands": self.action_keep_commands,
            "undo_change": self.action_undo_change,
            "leave_trial": self.action_leave_trial,
        }
        if wish in wishes:
            wishes[wish]()

    def action_keep_patch(self) -> None:
        """Write the changes as a patch file."""
        from pgtopo.views.whatif.trial import patch_text

        if self.trial is not None:
            self._keep("pgtopo-patch", ".json", patch_text(self.trial))

    def action_keep_commands(self) -> None:
        """Write the changes as az commands."""
        if self.trial is not None:
            self._keep("pgtopo-commands", ".sh", self.trial.script())

    def _keep(self, stem: str, suffix: str, text: str) -> None:
        try:
            path = keep(stem, suffix, text)
        except OSError as error:
            self.say(f"could not write it: {error.strerror or error}")
        else:
            self.say(f"saved {tilde(path)}")

    def action_copy_commands(self) -> None:
        """Copy the changes as az commands."""
        if self.trial is not None:
            commands = "\n".join(self.trial.commands)
            self.copy(commands or "# no az command does this")

    def action_undo_change(self) -> None:
        """Take the last change back out of the copy."""
        from pgtopo.views.whatif.trial import Trial

        if self.trial is None:
            return
        if self.in_making is not None:
            self.say(_STILL)
            return
        left = self.trial.options[:-1]
        if left:
            self._try(Trial(left))
        else:
            self.action_leave_trial()

    def action_leave_trial(self) -> None:
        """Show the estate as it is again, at the same place."""
        if self.real is None or self.bench is None:
            return
        copied, self.bench = self.bench, self.real
        self.real = self.trial = self.outlook = self.in_making = None
        self.is_trying = False
        self.bench.take_place_of(copied)
        self.say("this is the estate as it is again")
        self.to_front(self.front)


def _tried(desk: Desk, trial: Trial) -> Message:
    """A copy with the changes in it, judged; or why there is none."""
    from pgtopo.analysis.facts import Facts
    from pgtopo.views.judgement import judge

    workshop = desk.workshop
    if workshop is None:
        return NotTried(trial, "there are no rows here to change a copy of")
    try:
        after = workshop.patched(trial.patch)
        outlook = workshop.whatif(trial.patch)
    except PgtopoError as error:
        return NotTried(trial, f"{error.message}{f': {error.hint}' if error.hint else ''}")
    changed = copy.copy(desk.findings)
    for gone in outlook.cleared:
        changed.pop(gone.key, None)
    changed |= {one.key: one for one in outlook.added}
    made = desk.copy_of(Facts(after, desk.facts.settings))
    known, _ = suppressions.known()
    judgement = judge(made, changed.values(), known, suppressions.today())
    return Tried(trial, outlook, made, judgement)


def _complaint(edit: Edit, text: str) -> str:
    """Why a typed change makes no sense; empty where it does."""
    try:
        edit.make(text)
    except PgtopoError as error:
        return f"{error.message}{f': {error.hint}' if error.hint else ''}"
    return ""
