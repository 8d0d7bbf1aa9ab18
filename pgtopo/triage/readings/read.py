"""Turns pasted output into readings, whatever command it came from."""

import json
import re

import msgspec

from pgtopo.triage.case import Paste
from pgtopo.triage.readings import connections, names, probes, tables
from pgtopo.triage.readings.reading import Around, Outcome, Reading
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.triage.symptoms.classify import classify

LONGEST = 2_000_000
_TABLE = re.compile(r"^(\S+)\s+(Active|Invalid)\s+(\S+)\s+(\S+)(?:\s+([\d.]+))?\s*$", re.MULTILINE)
_FLOW_TABLE = re.compile(r"^(Allow|Deny)\s+(\S+)\s*$", re.MULTILINE)


def read(paste: Paste, around: Around) -> tuple[Reading, ...]:
    """What a paste shows; one unreadable reading where it is of no known form."""
    text = paste.text[:LONGEST].replace("\r\n", "\n").strip()
    found = _from_json(text, around) or _from_text(text, around)
    if not found:
        says = f"{paste.name} is of no known form, so nothing follows from it."
        found = [Reading(tool="", outcome=Outcome.UNREADABLE, says=says)]
    return tuple(msgspec.structs.replace(one, source=paste.name) for one in found)


def _from_json(text: str, around: Around) -> list[Reading]:
    at = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if at < 0:
        return []
    try:
        data, _ = json.JSONDecoder().raw_decode(text[at:])
    except (ValueError, RecursionError):
        return []
    if probes.is_probe(data):
        return probes.from_probe(data)
    return tables.from_json(data, around)


def _from_text(text: str, around: Around) -> list[Reading]:
    if names.is_dig(text):
        return [names.dig(text)]
    if names.is_nslookup(text):
        return [names.nslookup(text)]
    for parse in (
        connections.test_net_connection,
        connections.psql,
        names.other,
        connections.nc,
    ):
        found = parse(text)
        if found is not None:
            return [found]
    return _from_table(text, around) or _from_error(text)


def _from_table(text: str, around: Around) -> list[Reading]:
    """What `--output table` prints of routes and flows."""
    rows = [
        {
            "source": source,
            "state": state,
            "addressPrefix": prefix,
            "nextHopType": hop,
            "nextHopIpAddress": address,
        }
        for source, state, prefix, hop, address in _TABLE.findall(text)
    ]
    if rows:
        return tables.from_json(rows, around)
    flow = _FLOW_TABLE.search(text)
    if flow is not None:
        return tables.from_json({"access": flow[1], "ruleName": flow[2]}, around)
    return []


def _from_error(text: str) -> list[Reading]:
    symptom = classify(text)
    if symptom.kind is SymptomClass.UNKNOWN:
        return []
    says = f"An error of the kind: {symptom.kind.label}."
    address = symptom.places.address
    return [
        Reading(
            tool="client",
            outcome=Outcome.ERROR,
            says=says,
            text=text,
            host=symptom.places.host,
            addresses=(address,) if address else (),
        )
    ]
