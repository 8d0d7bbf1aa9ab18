"""Runs a command as a whole process, and what it cost."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple


class Spent(NamedTuple):
    """What one run cost."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of all cores."""
    peak: float
    """Largest resident memory, in MB."""


class Failed(Exception):
    """A command that ended with a code nobody expected."""


def environment() -> dict[str, str]:
    """What programs are run with: as after an installation, when modules are compiled once."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str], fine: frozenset[int] = frozenset({0})) -> Spent:
    """Run a command with its output thrown away.

    Raises:
        Failed: the command ended with another code than the fine ones.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, stream) for stream in (0, 1, 2)]
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], list(command), environment(), file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    os.close(nowhere)
    code = os.waitstatus_to_exitcode(status)
    if code not in fine:
        raise Failed(f"{' '.join(command)}: exit {code}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Runs:
    """Several commands in turn, round after round, so that a busy moment hits them all."""

    def __init__(self, commands: Mapping[str, tuple[Sequence[str], frozenset[int]]]) -> None:
        self._commands = commands
        self.spent: dict[str, list[Spent]] = {name: [] for name in commands}

    def rounds(self, count: int) -> None:
        """Run every command so often; one more round before warms the caches."""
        for number in range(count + 1):
            for name, (command, fine) in self._commands.items():
                spent = run(command, fine)
                if number:
                    self.spent[name].append(spent)

    def wall(self, name: str) -> float:
        """The median time of a command."""
        return median(one.wall for one in self.spent[name])

    def cpu(self, name: str) -> float:
        """The median time of a command on all cores."""
        return median(one.cpu for one in self.spent[name])

    def peak(self, name: str) -> float:
        """The largest memory of a command."""
        return max(one.peak for one in self.spent[name])

    def ratio(self, name: str, floor: str) -> float:
        """The median over all rounds of a command's time by its floor's in the same round."""
        pairs = zip(self.spent[name], self.spent[floor], strict=True)
        return median(one.wall / other.wall for one, other in pairs)

    def cpu_ratio(self, name: str, floor: str) -> float:
        """The same of the time on all cores, which other programs disturb less."""
        pairs = zip(self.spent[name], self.spent[floor], strict=True)
        return median(one.cpu / other.cpu for one, other in pairs)
