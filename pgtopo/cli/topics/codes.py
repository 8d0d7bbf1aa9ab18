"""`help codes`: the words in `code` of traces, matrices and names."""

from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

ABOUT = "the codes that verdicts and assumptions carry"


def lines(style: Style) -> list[str]:
    """Every code with its sentence, then every assumption."""
    from pgtopo.analysis.assumptions import ASSUMPTIONS
    from pgtopo.analysis.codes import CODES
    from pgtopo.probe.codes import PROBE_CODES
    from pgtopo.triage.codes import TRIAGE_CODES

    found = [style.painted("Verdict codes", "strong"), ""]
    for code in sorted(CODES):
        found += [code, *paragraph(CODES[code], style, "    ")]
    found += ["", style.painted("Probe codes", "strong"), ""]
    for code, text in PROBE_CODES.items():
        found += [code, *paragraph(text, style, "    ")]
    found += ["", style.painted("Triage codes", "strong"), ""]
    for code in sorted(TRIAGE_CODES):
        found += [code, *paragraph(TRIAGE_CODES[code], style, "    ")]
    found += paragraph("Causes that a check alone shows carry its slug in capitals.", style)
    found += ["", style.painted("Assumptions", "strong"), ""]
    for code in sorted(ASSUMPTIONS):
        kind = ASSUMPTIONS[code]
        found += [code, *paragraph(f"{kind.title}.", style, "    ")]
        found += paragraph(f"Without a statement: {kind.default}.", style, "    ")
        found += paragraph(f"Settle with: {kind.settle_with}", style, "    ")
    return found
