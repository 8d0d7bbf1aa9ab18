"""`check` as JUnit XML: for pipelines that show test results."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import msgspec

from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.reports.prose import value_text
from pgtopo.views.literal import printable
from pgtopo.views.style import Style

FORMAT = "junit"


def render(document: FindingsDocument, style: Style) -> bytes:
    """One test case per finding: faults fail, open questions and suppressed ones are skipped."""
    items = document.findings
    failures = sum(_is_failure(item) for item in items)
    counts = f'tests="{max(len(items), 1)}" failures="{failures}"'
    counts += f' errors="0" skipped="{len(items) - failures}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="pgtopo" {counts}>',
        f'  <testsuite name="pgtopo check" {counts} timestamp="{document.generated_at[:-1]}">',
    ]
    lines += _properties(document)
    for item in items:
        lines += _case(item)
    if not items:
        lines.append('    <testcase classname="pgtopo" name="no finding"/>')
    lines += ["  </testsuite>", "</testsuites>"]
    return ("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace")


def _properties(document: FindingsDocument) -> Iterator[str]:
    """How much was looked at."""
    yield "    <properties>"
    for name, value in msgspec.structs.asdict(document.looked_at).items():
        yield f'      <property name="{name}" value="{value}"/>'
    yield "    </properties>"


def _is_failure(item: FindingItem) -> bool:
    return item.outcome == "fail" and item.suppressed_by is None


def _case(item: FindingItem) -> Iterator[str]:
    classname = _attribute(f"pgtopo.{item.check}.{item.slug}")
    yield f"    <testcase classname={classname} name={_attribute(item.subject)}>"
    if _is_failure(item):
        kind = _attribute(item.severity)
        yield f"      <failure type={kind} message={_attribute(item.message)}>"
        for evidence in item.evidence:
            fact = f"{evidence.resource} {evidence.property} = {value_text(evidence.value)}"
            yield escape(printable(fact))
        yield "      </failure>"
    else:
        reason = item.suppressed_by or f"unknown: {item.message}"
        yield f"      <skipped message={_attribute(reason)}/>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(printable(text))
