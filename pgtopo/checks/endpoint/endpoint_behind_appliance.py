"""A private endpoint that clients reach through an appliance that does not translate."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import NOT_APPLICABLE, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.endpoints import addresses_of, server_of
from pgtopo.checks.pair_faults import (
    GRADING,
    Trouble,
    Wanted,
    by_client,
    clients_words,
    judged,
    other_reasons,
    why_counted,
)
from pgtopo.checks.pair_reasons import by_reason
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.checks.server_needs import sentence
from pgtopo.model.endpoint import PrivateEndpoint

_WANTED = Wanted(
    stages=(Stage.FORWARD_ROUTE, Stage.TRANSIT, Stage.RETURN_ROUTE),
    suspected=frozenset({"ENDPOINT_BEHIND_APPLIANCE"}),
    unknown=frozenset({"ROUTE_UNKNOWN", "NEXT_HOP_UNSEEN"}),
)


@check(
    id="PGT911",
    slug="endpoint-behind-appliance",
    family=Family.ENDPOINT,
    title="Endpoint's answers may pass the inspecting appliance by",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.DROPPED),
    looks_at="Paths of clients to private endpoints that lead through a firewall or "
    "appliance which does not translate the source address.",
    why="Answers of a private endpoint do not follow the routes of its subnet and go "
    "straight to the client. An appliance that keeps state then sees half of each connection.",
    client_sees="Nothing where the appliance translates or keeps no state; else, after the first"
    ' packets: connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network firewall policy show --resource-group <group> --name <policy> "
    "--query snat.privateRanges",
    fix="Have the firewall translate the clients' addresses, so that answers come back to it:\n"
    "az network firewall policy update --resource-group <group> --name <policy>"
    " --private-ranges <ranges that stay as they are>\n"
    "For another appliance, state what it does in the settings file:\n"
    '[[appliance]]\naddress = "<appliance address>"\nsnat = true',
    unknown_when="The route table of the client's subnet, or what stands at its next hop, "
    "was not read.",
    sources=(
        "Inspect traffic destined to a private endpoint: https://learn.microsoft.com/azure/"
        "private-link/inspect-traffic-with-azure-firewall",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_behind_appliance(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether clients reach the endpoint past half an appliance, one finding per network."""
    server = server_of(facts, endpoint)
    if server is None:
        return NOT_APPLICABLE
    return judged(
        facts,
        pairs_to(facts, server),
        _WANTED,
        severity=Severity.WARNING,
        key=by_client,
        say=_say,
        test=lambda trouble: _is_led_here(facts, endpoint, trouble),
    )


def _say(facts: Facts, held: list[Trouble]) -> str:
    """What is known, the way there, and what is not, the way back."""
    pair, text = held[0].pair, sentence(held[0].step.text)
    return (
        f"{clients_words(facts, held)}: what is sent to server {pair.server.name} passes an"
        f" appliance, and whether the answers come back over it is open. {text}"
        f"{other_reasons(facts, *by_reason(held))}{why_counted(pair)}"
    )


def _is_led_here(facts: Facts, endpoint: PrivateEndpoint, trouble: Trouble) -> bool:
    """Whether the client is led to this endpoint, where the server has several."""
    if len(facts.topology.endpoints_of(trouble.pair.server.id)) < 2:
        return True
    return not addresses_of(facts, endpoint).isdisjoint(trouble.part.answers)
