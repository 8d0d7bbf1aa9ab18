"""`explain` as Markdown."""

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.docs import sections
from pgtopo.views import markdown
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(check: AnyCheck, style: Style) -> bytes:
    """The texts of a check as a Markdown page."""
    lines = [
        f"# {check.id} {check.slug}",
        "",
        markdown.escaped(check.title),
        "",
        f"{check.severity.value}, family {check.family.label}, since {check.since}",
    ]
    for section in sections(check):
        lines += ["", f"## {section.heading}", ""]
        if section.is_command:
            lines += ["```sh", section.text, "```"]
        elif section.heading == "Sources":
            lines += [f"- {markdown.escaped(one)}" for one in section.text.splitlines()]
        else:
            lines.append(markdown.escaped(section.text))
    return ("\n".join(lines) + "\n").encode()
