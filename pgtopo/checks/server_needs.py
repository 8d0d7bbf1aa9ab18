"""Turns the flows that a server needs, as the evaluation judged them, into outcomes of checks."""

from collections.abc import Callable, Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.path.service_needs import Need, NeedFlow, needs
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.checks.base import NOT_APPLICABLE, OK, Certainty, Fail, Outcome, Severity, Unknown
from pgtopo.checks.reading import by_id, not_visible
from pgtopo.checks.scope import needs_internal_traffic
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer

FILTERS = (Stage.CLIENT_FILTER, Stage.SERVER_FILTER)
_BY_ADMIN_RULE = "ADMIN_DENY"
PATHS = (Stage.FORWARD_ROUTE, Stage.PEERING, Stage.TRANSIT, Stage.RETURN_ROUTE)


CLIENT_SEES_NO_STANDBY = (
    "Nothing at first; resource health says Degraded, and a failover cuts sessions."
)
UNKNOWN_WHEN = "The subnet, its NSG or a rule that decides cannot be read."
GRADED_BY_STANDBY = "Error for servers with high availability or replicas, else warning."
NETWORKING = (
    "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
    "flexible-server/concepts-networking-private",
)


def confirm_rules(direction: Direction) -> str:
    """The command that lists what an NSG decides in a direction."""
    word = direction.value.capitalize()
    return (
        "az network nsg rule list --resource-group <group> --nsg-name <nsg>"
        f" --include-default --query \"[?direction=='{word}']\" --output table"
    )


def fix_rule(name: str, direction: Direction, destination: str, port: int) -> str:
    """The command that lets the server's subnet through to a destination."""
    return (
        "az network nsg rule create --resource-group <group> --nsg-name <nsg>"
        f" --name {name} --priority <number below the denying rule>"
        f" --direction {direction.value.capitalize()} --access Allow --protocol Tcp"
        " --source-address-prefixes <subnet range>"
        f" --destination-address-prefixes {destination} --destination-port-ranges {port}"
    )


def within_subnet(facts: Facts, server: FlexibleServer, direction: Direction) -> Outcome:
    """Whether filters let 5432 pass within the server's subnet, in one direction."""
    return judged(
        facts,
        server,
        lambda flow: flow.need is Need.WITHIN_SUBNET and flow.direction is direction,
        severity=None if needs_internal_traffic(facts, server) else Severity.WARNING,
    )


def judged(
    facts: Facts,
    server: FlexibleServer,
    is_wanted: Callable[[NeedFlow], bool],
    stages: tuple[Stage, ...] = FILTERS,
    *,
    severity: Severity | None = None,
    is_admin: bool = False,
) -> Outcome:
    """What the given stages do to the wanted flows of a server, one answer per flow.

    `is_admin` asks for what admin rules deny, which no security group can mend; otherwise those
    are left out.
    """
    if server.subnet is not None and facts.topology.get(Subnet, server.subnet) is None:
        return not_visible(facts, Subnet.KIND, server.subnet)
    flows = [flow for flow in needs(facts, server) if is_wanted(flow)]
    if not flows:
        return NOT_APPLICABLE
    looked_at = [(flow, _steps(flow, stages, is_admin=is_admin)) for flow in flows]
    return tuple(_answers(facts, server, looked_at, severity)) or OK


def _steps(flow: NeedFlow, stages: tuple[Stage, ...], *, is_admin: bool) -> list[Step]:
    found = [step for step in flow.steps if step.stage in stages]
    return [step for step in found if (step.code == _BY_ADMIN_RULE) is is_admin]


def _answers(
    facts: Facts,
    server: FlexibleServer,
    looked_at: list[tuple[NeedFlow, list[Step]]],
    severity: Severity | None,
) -> Iterator[Fail | Unknown]:
    for flow, steps in looked_at:
        blocked = next((s for s in steps if s.verdict is Verdict.BLOCKED), None)
        open_step = next((s for s in steps if s.verdict is Verdict.UNKNOWN), None)
        if blocked is not None:
            yield _fail(server, flow, blocked, severity)
        elif open_step is not None:
            yield _unknown(facts, server, flow, open_step)


def _fail(server: FlexibleServer, flow: NeedFlow, step: Step, severity: Severity | None) -> Fail:
    proof = tuple(one for one in (step.decided_by, *step.evidence) if one is not None)
    return Fail(
        message=f"Server {server.name} needs {flow.name}: {sentence(step.text)}",
        severity=severity,
        certainty=Certainty.LIKELY if step.assumptions else Certainty.CERTAIN,
        evidence=proof or (Evidence(server.id, "name", server.name),),
        related=_related(flow, proof),
        discriminator=_discriminator(flow),
        cause=mended(proof[0].resource) if proof else None,
    )


def _unknown(facts: Facts, server: FlexibleServer, flow: NeedFlow, step: Step) -> Unknown:
    settles = [one.settle_with for one in (*step.assumptions, *flow.assumptions)]
    wanted = by_id(facts, "az network vnet subnet show", server.subnet or server.id)
    return Unknown(
        message=f"Server {server.name} needs {flow.name}: {sentence(step.text)}",
        settle_with=next(filter(None, settles), wanted),
        evidence=(step.decided_by,) if step.decided_by else (),
        related=_related(flow, ()),
        discriminator=_discriminator(flow),
    )


def sentence(text: str) -> str:
    """A text with a full stop."""
    return text if text.endswith(".") else f"{text}."


def _discriminator(flow: NeedFlow) -> str:
    return " ".join(part for part in (flow.direction.value, flow.region, flow.peer or "") if part)


def _related(flow: NeedFlow, proof: tuple[Evidence, ...]) -> tuple[ArmId, ...]:
    peer = (flow.peer,) if flow.peer else ()
    return (*peer, *(mended(one.resource) for one in proof))


def mended(resource: ArmId) -> ArmId:
    """The NSG or route table around a rule or route; other resources as they are."""
    for segment in ("networksecuritygroups", "routetables"):
        owner = ancestor(resource, segment)
        if owner is not None:
            return owner
    return resource
