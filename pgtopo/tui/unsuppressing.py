"""The part of the app that takes a suppression back."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from pgtopo.errors import PgtopoError
from pgtopo.tui import suppressions
from pgtopo.tui.behind import behind
from pgtopo.tui.keeping import tilde
from pgtopo.tui.privacy import Privacy

if TYPE_CHECKING:
    from pathlib import Path

    from pgtopo.checks.suppression import Suppression
    from pgtopo.views.desk import Desk
    from pgtopo.views.problems import Problem
    from pgtopo.views.suppressing import Removal


class Covered(Message):
    """The entry is known that suppresses a finding."""

    def __init__(self, desk: Desk, entry: Suppression, removal: Removal, others: int) -> None:
        super().__init__()
        self.desk = desk
        self.entry = entry
        self.removal = removal
        self.others = others
        """Further findings it suppresses."""


class NotTakenBack(Message):
    """The entry stays where it is."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class TakenBack(Message):
    """The entry is no longer in the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


class Unsuppressing(Privacy):
    """Takes the entry of a suppressed finding out of the user's own file, once confirmed."""

    def judge_again(self, desk: Desk) -> None:
        """Take suppressions in anew, behind the screen."""
        raise NotImplementedError

    def take_back_suppression(self, desk: Desk, problem: Problem) -> None:
        """Look for the entry that suppresses a finding."""
        behind(self, partial(_covering, desk, problem.key), "suppression")

    def on_covered(self, message: Covered) -> None:
        """Ask whether the entry is to be taken out, where it can be."""
        from pgtopo.tui.choosing import ChoiceScreen

        removal, where = message.removal, tilde(suppressions.path())
        place = f"{where}, line {removal.line}" if removal.line else where
        if removal.text is None or not is_own(suppressions.path()):
            self.say(f"suppressed: take its entry out of {place}")
            return
        more = f", with {message.others:,} more findings" if message.others else ""
        title = f"{message.entry.check.upper()} is suppressed: {message.entry.reason}"
        choices = [f"take it out of {place}{more}", "leave it suppressed"]
        self.push_screen(ChoiceScreen(title, choices), partial(self._decided, message))

    def _decided(self, message: Covered, at: int | None) -> None:
        if at == 0:
            behind(self, partial(_taken_out, message), "suppression")

    def on_not_taken_back(self, message: NotTakenBack) -> None:
        """Say why the finding stays suppressed."""
        self.say(message.why)

    def on_taken_back(self, message: TakenBack) -> None:
        """Judge without the entry."""
        self.say("no longer suppressed")
        self.judge_again(message.desk)


def is_own(file: Path) -> bool:
    """Whether a file is the user's own and can be replaced."""
    try:
        has_owner = hasattr(os, "getuid")
        is_mine = not has_owner or file.stat().st_uid == os.getuid()
    except OSError:
        return False
    return is_mine and os.access(file, os.W_OK) and os.access(file.resolve().parent, os.W_OK)


def _covering(desk: Desk, key: str) -> Message:
    from pgtopo.views.suppressing import without

    file, finding, today = suppressions.path(), desk.findings.get(key), suppressions.today()
    held = _held(file)
    if held is None:
        return NotTakenBack(f"{tilde(file)} cannot be read any more: r reads everything again")
    for number, entry in enumerate(held.entries):
        if finding is not None and entry.covers(finding) and not entry.is_expired(today):
            others = sum(1 for one in desk.findings.values() if entry.covers(one)) - 1
            return Covered(desk, entry, without(held.text, number), others)
    return NotTakenBack(f"no entry of {tilde(file)} suppresses it any more: r reads it again")


class _Held(NamedTuple):
    """What the file holds."""

    text: str
    entries: tuple[Suppression, ...]


def _held(file: Path) -> _Held | None:
    """The file's text with its entries; None where it cannot be read."""
    from pgtopo.checks import suppression

    try:
        text = file.read_bytes().decode()
        return _Held(text, suppression.parse(text, str(file)))
    except (OSError, ValueError, PgtopoError):
        return None


def _taken_out(message: Covered) -> Message:
    """The file replaced as a whole, unless it changed since it was looked at."""
    from pgtopo.sources import whole_file

    file, text = suppressions.path().resolve(), message.removal.text
    if text is None:
        return NotTakenBack("its entry cannot be taken out")
    if not _is_as_it_was(message, file):
        return NotTakenBack(f"{tilde(file)} has changed meanwhile: x looks again")
    try:
        whole_file.replace(file, (text.encode(),))
    except OSError as error:
        return NotTakenBack(f"still suppressed: {error.strerror or error}")
    return TakenBack(message.desk)


def _is_as_it_was(message: Covered, file: Path) -> bool:
    """Whether the file still is as it was when the question was asked."""
    from pgtopo.views.suppressing import without

    held = _held(file)
    if held is None:
        return False
    same = (at for at, one in enumerate(held.entries) if one == message.entry)
    return any(without(held.text, at).text == message.removal.text for at in same)
