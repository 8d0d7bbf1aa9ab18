"""What was not checked, and how to settle it: each open question once."""

from collections.abc import Iterable, Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.checks.az import az_by_id
from pgtopo.model.moments import minute
from pgtopo.triage.causes.cause import Cause
from pgtopo.triage.ends import Ends
from pgtopo.triage.history import is_read
from pgtopo.triage.readings.reading import Outcome, Reading
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.triage.symptoms.classify import Symptom


class Question(msgspec.Struct, frozen=True):
    """Something the answer would be surer of if it were known."""

    text: str
    settle_with: str


def questions(
    facts: Facts,
    symptom: Symptom,
    ends: Ends,
    path: PathVerdict | None,
    readings: Iterable[Reading],
    first: Cause | None = None,
) -> tuple[Question, ...]:
    """What is still open, what was missing first."""
    found = [*_missing(symptom, ends), *_assumed(path), *_unread(readings)]
    found.append(_history(facts, first))
    found.append(
        Question(
            "Firewalls and name servers on the client's own machine are not in the data.",
            "on the client: iptables -S; cat /etc/resolv.conf (Windows: Get-NetFirewallRule;"
            " Get-DnsClientServerAddress)",
        )
    )
    once = {one.text: one for one in reversed(found)}
    return tuple(reversed(once.values()))


def _history(facts: Facts, first: Cause | None) -> Question:
    """Since when the first cause is there, and by whom: the activity log keeps ninety days."""
    at = minute(facts.topology.created_at) or "an unstated time"
    if is_read(facts):
        text = f"The change history ends with the data of {at}."
        return Question(text, "pgtopo collect -o FILE, then pgtopo triage on the new file")
    text = f"What changed since the data of {at}, and who set what is to blame, is not in the data."
    if first is None or first.resource is None:
        command = "az monitor activity-log list --offset 1d --output table"
        return Question(text, command)
    shown = facts.topology.display(first.resource)
    command = az_by_id("monitor activity-log list", resource_id=shown, offset="90d", output="table")
    return Question(text, command)


def _missing(symptom: Symptom, ends: Ends) -> Iterator[Question]:
    if ends.server is None:
        yield Question("Which server is it?", "--to with its id, name or full host name")
    if ends.client is None:
        yield Question(
            "Which client is it? Ask the machine for its address.",
            "hostname -I (Windows: ipconfig), then --from ADDRESS; outside Azure --from"
            " onprem:ADDRESS",
        )
    if symptom.kind is SymptomClass.UNKNOWN and not symptom.quote:
        yield Question("What does the client's error say, word for word?", "--error TEXT")
    if symptom.sense.slug == "pool_wait":
        yield Question(
            "The pool's message hides the real error: look for the first failed connection in the"
            " application's log.",
            "--error TEXT",
        )
    for note in ends.notes:
        if "fits no one" in note:
            yield Question(note, "nslookup -debug HOST, then --to with the server it leads to")


def _assumed(path: PathVerdict | None) -> Iterator[Question]:
    for one in path.assumptions if path is not None else ():
        yield Question(one.text, one.settle_with)


def _unread(readings: Iterable[Reading]) -> Iterator[Question]:
    for one in readings:
        if one.outcome is Outcome.UNREADABLE:
            yield Question(one.says, "paste the whole output, as JSON where it is az")
