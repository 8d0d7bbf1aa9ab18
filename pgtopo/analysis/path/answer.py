"""The answer of a trace: parts, their steps, and how they fold."""

from collections.abc import Callable

import msgspec

from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.shares import in_order
from pgtopo.analysis.verdict import Assumption, Part, Stage, Step, Verdict, folded, worst
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.server import FlexibleServer

NETWORK_STAGES = frozenset(Stage) - {Stage.DNS}


def part_verdict(part: Part) -> Verdict:
    """Name and network together for one part."""
    return worst([one.verdict for one in part.steps])


def dns_verdict(part: Part) -> Verdict:
    """The name alone for one part."""
    return worst([one.verdict for one in part.steps if one.stage is Stage.DNS])


def network_verdict(part: Part) -> Verdict:
    """Everything but the name for one part."""
    return worst([one.verdict for one in part.steps if one.stage in NETWORK_STAGES])


def first_code(steps: tuple[Step, ...]) -> str:
    """The code of the first blocking step, else of the first unknown one, else `OK`."""
    for wanted in (Verdict.BLOCKED, Verdict.UNKNOWN):
        for one in steps:
            if one.verdict is wanted:
                return one.code
    return "OK"


class PathVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one client reaches one server, with everything that was found on the way."""

    client: Client
    server: FlexibleServer
    port: int
    parts: tuple[Part, ...]
    """An exact partition of the client's addresses; each with its steps in stage order."""
    notes: tuple[Assumption, ...] = ()
    """Assumptions that belong to no single step."""

    @property
    def verdict(self) -> Verdict:
        """Name and network together: mixed where parts differ."""
        return folded([part_verdict(part) for part in self.parts])

    @property
    def dns(self) -> Verdict:
        """The name, folded over all parts."""
        return folded([dns_verdict(part) for part in self.parts])

    @property
    def network(self) -> Verdict:
        """The network, folded over all parts."""
        return folded([network_verdict(part) for part in self.parts])

    @property
    def code(self) -> str:
        """The code of the first blocking step of the first blocked part, and so on down."""
        return first_code(self._leading(part_verdict).steps)

    @property
    def dns_code(self) -> str:
        """The code of the name step of the worst part."""
        steps = self._leading(dns_verdict).steps
        return next((one.code for one in steps if one.stage is Stage.DNS), "OK")

    @property
    def network_code(self) -> str:
        """The code of the first network step that stands in the way, in the worst part."""
        steps = self._leading(network_verdict).steps
        return first_code(tuple(one for one in steps if one.stage in NETWORK_STAGES))

    def _leading(self, judge: Callable[[Part], Verdict]) -> Part:
        """The part that gives the headline."""
        if not self.parts:
            return Part(addresses=SpanSet(), steps=())
        for wanted in (Verdict.BLOCKED, Verdict.UNKNOWN):
            for part in self.parts:
                if judge(part) is wanted:
                    return part
        return self.parts[0]

    @property
    def answers(self) -> tuple[str, ...]:
        """What the name resolves to, over all parts."""
        return tuple(dict.fromkeys(text for part in self.parts for text in part.answers))

    @property
    def zone(self) -> ArmId | None:
        """The private zone that answered, of the first part that has one."""
        return next((part.zone for part in self.parts if part.zone is not None), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all parts, in stage order, each once."""
        return in_order(tuple(step for part in self.parts for step in part.steps))

    @property
    def verdict_parts(self) -> tuple[tuple[SpanSet, Verdict], ...]:
        """The client's addresses by verdict; a single entry where nothing is mixed."""
        found: dict[Verdict, SpanSet] = {}
        for part in self.parts:
            verdict = part_verdict(part)
            found[verdict] = found.get(verdict, SpanSet()) | part.addresses
        ordered = sorted(found.items(), key=lambda item: item[1].spans[:1])
        return tuple((addresses, verdict) for verdict, addresses in ordered)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Everything the verdict rests on beside data, each once."""
        held = [note for part in self.parts for step in part.steps for note in step.assumptions]
        return tuple(dict.fromkeys((*self.notes, *held, *self.client.assumptions)))
