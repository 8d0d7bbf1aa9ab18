"""`check` as SARIF 2.1.0: for code scanning and editors."""

import os
from collections.abc import Sequence
from urllib.parse import quote

from pgtopo import __version__
from pgtopo.checks.base import AnyCheck
from pgtopo.checks.docs import full_text
from pgtopo.checks.registry import catalogue
from pgtopo.model.ids import name_of
from pgtopo.reports import encode
from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.views.style import Style

FORMAT = "sarif"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings as one SARIF run; questions that stayed open have the kind `open`."""
    rules = catalogue()
    index = {check.id: at for at, check in enumerate(rules)}
    driver = {
        "name": "pgtopo",
        "version": __version__,
        "rules": [_rule(check) for check in rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": document.generated_at}],
        "properties": {"looked_at": document.looked_at},
        "results": [_result(item, index, document.inputs) for item in document.findings],
    }
    return encode.document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(check: AnyCheck) -> dict[str, object]:
    return {
        "id": check.id,
        "name": check.slug,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.looks_at},
        "help": {"text": full_text(check)},
        "defaultConfiguration": {"level": _LEVELS[check.severity.value]},
        "properties": {"tags": ["azure", "postgresql", check.family.label]},
    }


def _result(item: FindingItem, index: dict[str, int], inputs: Sequence[str]) -> dict[str, object]:
    is_fail = item.outcome == "fail"
    result: dict[str, object] = {
        "ruleId": item.check,
        "ruleIndex": index[item.check],
        "kind": "fail" if is_fail else "open",
        "level": _LEVELS[item.severity] if is_fail else "none",
        "message": {"text": item.message},
        "locations": [_location(item.subject, inputs)],
        "relatedLocations": [
            {"id": at, **_location(one, inputs)} for at, one in enumerate(item.related, 1)
        ],
        "partialFingerprints": {"pgtopoKey/v1": item.key},
        "properties": {
            "certainty": item.certainty,
            "evidence": item.evidence,
            "settle_with": item.settle_with,
            "fixes": item.fixes,
        },
    }
    if item.suppressed_by is not None:
        result["suppressions"] = [{"kind": "external", "justification": item.suppressed_by}]
    if item.baseline:
        result["baselineState"] = "unchanged"
    return result


def _location(subject: str, inputs: Sequence[str]) -> dict[str, object]:
    place: dict[str, object] = {
        "logicalLocations": [
            {"fullyQualifiedName": subject, "name": name_of(subject), "kind": "resource"}
        ]
    }
    if inputs:
        # Rows are found by id, not by line: the file as a whole is the place.
        place["physicalLocation"] = {
            "artifactLocation": {"uri": quote(os.fsencode(inputs[0]))},
            "region": {"startLine": 1},
        }
    return place
