"""The verdict of an incident in words that stand alone."""

from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.fix import proved_how
from pgtopo.model.dns import ZoneLink
from pgtopo.model.ids import name_of, parent_of, type_of
from pgtopo.model.patch import Action
from pgtopo.reports.prose import brief, value_text
from pgtopo.triage.causes.cause import Cause, Certainty, WhoElse
from pgtopo.triage.diagnosis import Diagnosis
from pgtopo.triage.history import in_words, is_read
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.views.labels import telling_name
from pgtopo.views.proof import spelled
from pgtopo.views.signs import count
from pgtopo.views.triage import hit

_BUT = {
    SymptomClass.CAPACITY: "it has too many clients",
    SymptomClass.READ_ONLY: "writing is refused",
}
_SURE = {Certainty.CERTAIN: "", Certainty.LIKELY: "likely ", Certainty.POSSIBLE: "possibly "}


def points(facts: Facts, found: Diagnosis) -> list[str]:
    """What is broken and where; then the setting, how many others, and the smallest fix."""
    who = _who(facts, found)
    if not found.causes:
        return [f"{who}: nothing that was read explains it; see what was not checked."]
    first = found.causes[0]
    if first.verdict is not Verdict.BLOCKED:
        parts = [f"{who}: the data does not decide why.", f"First to look at: {first.text}"]
        return [*parts, f"Settle it with: {first.next_probe}"] if first.next_probe else parts
    parts = [f"{who}, {_SURE[first.certainty]}because: {first.text}", _setting(facts, first)]
    is_setting = first.step is not None or first.finding is not None
    if is_setting or first.who_else.clients:
        parts.append(_others(first.who_else))
    parts += [_fix(first), _behind(found)]
    if is_setting:
        parts.append(_since(facts, first))
    return [part for part in parts if part]


def _since(facts: Facts, cause: Cause) -> str:
    """Since when it is so, and who set it."""
    change = cause.last_change
    if change is not None:
        where = name_of(facts.topology.display(change.target))
        return f"Last change there: {where} was {in_words(change)}."
    if is_read(facts):
        return "The change history of two weeks has no change of it: it has been so for longer."
    return "Since when and by whom it was set is not in the data; the activity log has it."


def _who(facts: Facts, found: Diagnosis) -> str:
    ends = found.ends
    client = called(facts, ends.client) if ends.client is not None else "A client"
    server = server_fqdn(facts, ends.server) if ends.server is not None else "the server"
    port = "" if ends.port == 5432 else f" on port {ends.port}"
    verb = "reaches" if found.symptom.kind.is_reached else "cannot use"
    kind = found.symptom.kind
    tail = f", but {_BUT.get(kind, kind.label)}" if kind.is_reached else ""
    return f"{client} {verb} {server}{port}{tail}"


def called(facts: Facts, client: Client) -> str:
    """A client by its name, else by its addresses."""
    if client.id is not None:
        return telling_name(facts.topology, client.id)
    cidrs = client.addresses.cidrs()
    more = f" and {len(cidrs) - 2} more ranges" if len(cidrs) > 2 else ""
    where = {"onprem": "on premises ", "internet": "internet "}.get(client.kind.value, "")
    return f"{where}{', '.join(cidrs[:2])}{more}" if cidrs else client.kind.value


def _setting(facts: Facts, cause: Cause) -> str:
    missing = _missing_link(facts, cause)
    if missing:
        return missing
    deciding = next((one for one in cause.evidence if one.resource and one.property), None)
    if deciding is None or deciding.resource is None:
        return ""
    where = brief(spelled(facts.topology, deciding.resource))
    return f"The setting: {where}, {deciding.property} = {value_text(deciding.value)}."


def _missing_link(facts: Facts, cause: Cause) -> str:
    """The virtual network link that is not there, where its lack is the cause."""
    ops = cause.fixes[0].ops if cause.fixes and cause.fixes[0].is_verified else ()
    if len(ops) != 1 or ops[0].op is not Action.ADD_ROW or type_of(ops[0].target) != ZoneLink.KIND:
        return ""
    zone = brief(spelled(facts.topology, parent_of(ops[0].target)))
    joined = ops[0].value.get("properties", {}).get("virtualNetwork", {}).get("id", "")
    return f"The setting that is missing: a link of {zone} to network {name_of(joined)}."


def _others(who: WhoElse) -> str:
    if not who.clients and not who.servers:
        told = hit.nobody(who.networks, has_known_clients=who.has_known_clients)
        return f"{told[0].upper()}{told[1:]}."
    least = "" if who.is_complete else "at least "
    found = [
        text
        for number, text in (
            (who.clients, count(who.clients, "other client subnet")),
            (who.servers, count(who.servers, "other server")),
        )
        if number
    ]
    told = hit.unresolved(who.networks)
    return f"The same cause hits {least}{' and '.join(found)}{f'; {told}' if told else ''}."


def _behind(found: Diagnosis) -> str:
    """What keeps the path closed although the first cause is mended."""
    left = [
        str(rank)
        for rank, one in enumerate(found.causes[1:], 2)
        if one.step is not None
        and one.verdict is Verdict.BLOCKED
        and one.follows is None
        and not any(fix in found.causes[0].fixes for fix in one.fixes)
    ]
    if not left or not found.causes[0].fixes:
        return ""
    word = "cause" if len(left) == 1 else "causes"
    return f"That alone does not open the path: see {word} {' and '.join(left)}."


def _fix(cause: Cause) -> str:
    if not cause.fixes:
        return ""
    first = cause.fixes[0]
    how = proved_how(first)
    word = f"Smallest fix, {how}" if how else "What to do"
    return f"{word}: {first.text}"
