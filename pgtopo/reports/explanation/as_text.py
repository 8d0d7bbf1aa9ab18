"""`explain` for people."""

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.docs import Section, sections
from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

FORMAT = "text"


def render(check: AnyCheck, style: Style) -> bytes:
    """The texts of a check under their headings."""
    lines = [
        style.painted(f"{check.id} {check.slug}", "strong"),
        *paragraph(check.title, style),
        f"{check.severity.value}, family {check.family.label}, since {check.since}",
    ]
    if check.symptoms:
        lines.append(f"symptoms: {', '.join(sorted(s.value for s in check.symptoms))}")
    for section in sections(check):
        lines += ["", style.painted(section.heading, "strong"), *_body(section, style)]
    return ("\n".join(lines) + "\n").encode()


def _body(section: Section, style: Style) -> list[str]:
    if section.is_command or section.heading == "Sources":
        return [f"  {line}" for line in section.text.splitlines()]
    return [line for part in section.text.splitlines() for line in paragraph(part, style, "  ")]
