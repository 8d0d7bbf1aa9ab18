"""Writes the entry of a suppressions file that speaks of one finding."""

import glob
import json
from datetime import date

from pgtopo.views.problems import Problem


def entry(problem: Problem, reason: str, expires: date | None) -> str:
    """The TOML text of a `[[suppress]]` entry, its subject matching that one resource only."""
    subject = glob.escape(problem.subject)
    lines = [
        "[[suppress]]",
        f"check = {_quoted(problem.check.id)}",
        f"subject = {_quoted(subject)}",
        f"reason = {_quoted(reason)}",
    ]
    if expires is not None:
        lines.append(f"expires = {expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic TOML string: JSON's, which leaves only the delete character as it is."""
    return json.dumps(text).replace("\x7f", "\\u007f")


def end_date(text: str, today: date) -> date | None:
    """The last day a suppression holds; None for an empty text.

    Raises:
        ValueError: the text is no date, or one that is over.
    """
    if not text.strip():
        return None
    day = date.fromisoformat(text.strip())
    if day < today:
        raise ValueError(f"{day} is over")
    return day
