"""The page beside the list of findings: a finding in full, or what a bundle holds."""

from pgtopo.model.server import FlexibleServer
from pgtopo.views import problem_page
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Detail, problem_detail
from pgtopo.views.findings import Findings
from pgtopo.views.lines import Line, Piece, Tone
from pgtopo.views.state import Tab


def page(desk: Desk, findings: Findings, *, is_sieved: bool) -> Detail:
    """The page of the selected row; what is the matter where there is none."""
    row = findings.row
    if not desk.problems.is_complete:
        return _said(
            "The checks are still running: findings come once all are through. "
            "1 and 3 to 7 can be used meanwhile.",
            Tone.DIM,
        )
    if row is None and is_sieved:
        return _said("No finding fits the filter. esc clears it.", Tone.UNKNOWN)
    if row is None and not desk.topology.all(FlexibleServer):
        return _said(
            "There is no server in this data: nothing could be checked. Press 1 for what there is.",
            Tone.UNKNOWN,
        )
    if row is None:
        return _said(
            "✔ No finding: nothing is broken or at risk, as far as this data tells.", Tone.GOOD
        )
    title = f"{row.code} {row.text}"
    if row.problem is not None:
        return problem_detail(desk, title, row.problem)
    return Detail(title, (), Tab.OVERVIEW, problem_page.brief(findings.bundle(), desk.topology))


def _said(text: str, tone: Tone) -> Detail:
    return Detail("Findings", (), Tab.OVERVIEW, (Line((Piece(text, tone),)),))
