"""One path from a client to a server: the answer, then stage by stage why."""

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, part_verdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Assumption, Evidence, Part, Step, Verdict
from pgtopo.errors import PgtopoError
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.views.labels import full_name
from pgtopo.views.lines import BLANK, Line, Piece, Tone, command, piece, title, to_resource
from pgtopo.views.problem_page import value_text
from pgtopo.views.signs import Sign
from pgtopo.views.stage_words import STAGE_WORDS

SIGNS = {
    Verdict.ALLOWED: Sign.GOOD,
    Verdict.BLOCKED: Sign.BAD,
    Verdict.UNKNOWN: Sign.UNKNOWN,
    Verdict.MIXED: Sign.MIXED,
}
"""The sign of each verdict."""

WORDS = {
    Verdict.ALLOWED: "OPEN",
    Verdict.BLOCKED: "BLOCKED",
    Verdict.UNKNOWN: "UNKNOWN",
    Verdict.MIXED: "MIXED",
}
"""The word beside the sign."""

_WIDTH = 15
_MOST = 4

HOW_TO = (
    Line((Piece("Select a client (machine, interface, subnet, network) and press m,"),)),
    Line((Piece("then select a server and press t."),)),
    BLANK,
    Line((Piece("M types a client instead: an address, onprem:10.9.0.0/16, internet.", Tone.DIM),)),
)
"""What the tab says before anything was traced."""


def verdict_piece(verdict: Verdict, text: str = "") -> Piece:
    """Sign and word of a verdict."""
    sign = SIGNS[verdict]
    return Piece(f"{sign.shown()} {text or WORDS[verdict]}", sign.tone)


def path(facts: Facts, client: str, server_id: ArmId) -> tuple[Line, ...]:
    """The path from a client, given as text, to a server."""
    server = facts.topology.get(FlexibleServer, server_id)
    if server is None:
        return (Line((Piece("The server is not in this data.", Tone.UNKNOWN),)),)
    try:
        found = trace(facts, find_client(facts, client), server)
    except PgtopoError as error:
        return (Line((piece(error.message, Tone.RISK),)), Line((piece(error.hint, Tone.DIM),)))
    return laid_out(facts, found)


def is_blocked(lines: tuple[Line, ...]) -> bool:
    """Whether the lines of a path say that some client does not get through."""
    signs = (SIGNS[Verdict.BLOCKED].shown(), SIGNS[Verdict.MIXED].shown())
    return bool(lines and lines[0].pieces and lines[0].pieces[0].text.startswith(signs))


def laid_out(facts: Facts, found: PathVerdict) -> tuple[Line, ...]:
    """A traced path as lines: headline, steps of each part, assumptions."""
    lines = [
        Line((verdict_piece(found.verdict), piece(f"  port {found.port}", Tone.DIM))),
        _headline("name", found.dns, found.dns_code),
        _headline("network", found.network, found.network_code),
    ]
    for part in found.parts:
        lines.append(BLANK)
        if len(found.parts) > 1:
            lines.append(_addresses(part))
        for step in part.steps:
            lines += _step(facts, step)
    lines += _assumed(found)
    return tuple(lines)


def _headline(word: str, verdict: Verdict, code: str) -> Line:
    told = "" if code == "OK" else f"  {code}"
    return Line((Piece(f"{word:<10}", Tone.DIM), verdict_piece(verdict), piece(told, Tone.DIM)), 2)


def _addresses(part: Part) -> Line:
    texts = part.addresses.cidrs()
    shown = ", ".join(texts[:_MOST])
    if len(texts) > _MOST:
        shown += f" and {len(texts) - _MOST} more"
    return Line((verdict_piece(part_verdict(part)), piece(f"  from {shown}", Tone.STRONG)))


def _step(facts: Facts, step: Step) -> list[Line]:
    sign = SIGNS[step.verdict]
    decided = step.decided_by
    target = to_resource(decided.resource) if decided is not None else None
    is_open = step.verdict is Verdict.ALLOWED
    head = (
        Piece(f"{sign.shown()} ", sign.tone),
        Piece(f"{STAGE_WORDS[step.stage].short:<{_WIDTH - 1}} ", Tone.DIM),
        piece(step.text or WORDS[step.verdict], Tone.PLAIN if is_open else sign.tone),
    )
    lines = [Line(head, 0, target, "", 4)]
    if not is_open:
        shown = (decided, *step.evidence) if decided is not None else step.evidence
        lines += [proof(facts, one) for one in dict.fromkeys(shown)]
    return lines


def proof(facts: Facts, evidence: Evidence) -> Line:
    """One property that was seen, on a line that leads to its resource."""
    name = full_name(facts.topology, evidence.resource)
    shown = (
        Piece(name, Tone.LINK),
        piece(f"  {evidence.property} = {value_text(evidence.value)}", Tone.DIM),
    )
    return Line(shown, 4, to_resource(evidence.resource), "", 2)


def _assumed(found: PathVerdict) -> list[Line]:
    every: dict[str, Assumption] = {}
    steps = [step for part in found.parts for step in part.steps]
    for one in (*found.client.assumptions, *(a for s in steps for a in s.assumptions)):
        every.setdefault(f"{one.code} {one.text}", one)
    for one in found.notes:
        every.setdefault(f"{one.code} {one.text}", one)
    if not every:
        return []
    lines = [BLANK, title("This rests on")]
    for one in every.values():
        lines.append(Line((piece(one.text), piece(f"  {one.code}", Tone.DIM)), 2, None, "", 2))
        if one.settle_with:
            lines.append(command(one.settle_with, 4))
    return lines
