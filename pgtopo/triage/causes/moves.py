"""Holds causes against what pasted output shows: some are confirmed, some are ruled out."""

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.model.ids import fold, name_of
from pgtopo.model.net import parse_address
from pgtopo.model.server import Mode
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.causes.scene import Scene, guess, shown
from pgtopo.triage.causes.stages import ANSWERED, NETWORK, WAY_THERE
from pgtopo.triage.places import true_addresses
from pgtopo.triage.probes import Probe, look_up
from pgtopo.triage.readings.reading import Outcome, Reading
from pgtopo.triage.symptoms.classes import SymptomClass

CONFIRMED = 15
RULED_OUT = -40
_HINTED = 3
_SEEN, _SEEN_OPEN = 32, 16
"""The weight of a cause that only pasted output shows, and of one it only hints at."""


class Effect(Enum):
    """What a reading does to a cause."""

    NONE = 0
    CONFIRMS = CONFIRMED
    HINTS = _HINTED
    RULES_OUT = RULED_OUT


_BAD_HOPS = ("none", "internet")
_CONNECTIONS = (Outcome.OPEN, Outcome.CONNECTED, Outcome.TIMED_OUT, Outcome.REFUSED)


def moved(
    facts: Facts, scene: Scene, causes: Iterable[Cause], readings: tuple[Reading, ...]
) -> list[Cause]:
    """The causes as pasted output leaves them, with those that only the output shows."""
    found = list(causes)
    for reading in readings:
        effects = [(one, _effect(facts, scene, one, reading)) for one in found]
        found = [_after(one, effect, reading) for one, effect in effects]
        if not any(effect is Effect.CONFIRMS for _, effect in effects):
            found += [
                msgspec.structs.replace(one, weight=_SEEN if one.is_settled else _SEEN_OPEN)
                for one in _new(facts, scene, reading)
            ]
    return found


def _after(cause: Cause, effect: Effect, reading: Reading) -> Cause:
    if effect is Effect.NONE:
        return cause
    told = Clue(text=f"{reading.says} ({reading.tool}, {reading.source})")
    weight = cause.weight + effect.value
    if effect is Effect.RULES_OUT:
        return msgspec.structs.replace(
            cause,
            weight=weight,
            verdict=Verdict.UNKNOWN,
            certainty=Certainty.POSSIBLE,
            against=(*cause.against, told),
        )
    is_open = cause.verdict is not Verdict.BLOCKED
    settles = effect is Effect.CONFIRMS and is_open
    return msgspec.structs.replace(
        cause,
        weight=weight,
        verdict=Verdict.BLOCKED if settles else cause.verdict,
        certainty=Certainty.LIKELY if settles else cause.certainty,
        evidence=(*cause.evidence, told),
    )


# -- effects --------------------------------------------------------------------------------------


def _effect(facts: Facts, scene: Scene, cause: Cause, reading: Reading) -> Effect:
    outcome = reading.outcome
    if not _is_about(facts, scene, reading):
        return Effect.NONE
    if outcome is Outcome.NAME_FOUND:
        return _by_answer(facts, scene, cause, reading)
    if outcome in _CONNECTIONS:
        return _by_connection(cause, outcome)
    if outcome in (Outcome.NAME_MISSING, Outcome.NAME_FAILED):
        is_name = cause.stage is Stage.DNS and cause.code not in ANSWERED
        return Effect.CONFIRMS if is_name else Effect.NONE
    if outcome in (Outcome.RULE_ALLOWS, Outcome.RULE_DENIES):
        return _by_rule(cause, reading)
    return _by_hop(cause, reading) if outcome is Outcome.NEXT_HOP else Effect.NONE


def _by_connection(cause: Cause, outcome: Outcome) -> Effect:
    if outcome is Outcome.TIMED_OUT:
        return Effect.HINTS if cause.stage in NETWORK else Effect.NONE
    if outcome is Outcome.REFUSED:
        return Effect.RULES_OUT if cause.stage in WAY_THERE else Effect.NONE
    return _by_open_port(cause, outcome)


def _is_about(facts: Facts, scene: Scene, reading: Reading) -> bool:
    """Whether a command asked for the incident's server, and not for some other name.

    A name that the error names, an alias that leads to the server, and an address all count.
    """
    server, host = scene.server, reading.host
    if server is None or not host or parse_address(host) is not None:
        return True
    label = server_fqdn(facts, server).partition(".")[0]
    asked = {one.partition(".")[0] for one in (host, *reading.aliases)}
    target = scene.ends.target
    known = {scene.symptom.places.host, target.name if target is not None else ""}
    return label in asked or host in known


def _by_answer(facts: Facts, scene: Scene, cause: Cause, reading: Reading) -> Effect:
    if cause.stage is not Stage.DNS and cause.code not in (
        "NAME_MISSPELT",
        "CLIENT_RESOLVER",
        "ADDRESS_NOT_THE_SERVERS",
    ):
        return Effect.NONE
    is_right = _is_right(facts, scene, reading)
    if is_right is None:
        return Effect.NONE
    if cause.code in ANSWERED:
        return Effect.RULES_OUT if is_right else Effect.CONFIRMS
    return Effect.RULES_OUT


def _is_right(facts: Facts, scene: Scene, reading: Reading) -> bool | None:
    """Whether the addresses are the server's own; None where that cannot be told."""
    server = scene.server
    if server is None or server.mode in (Mode.PUBLIC, Mode.UNKNOWN):
        return True if server is not None and server.mode is Mode.PUBLIC else None
    right = true_addresses(facts, server)
    values = [value for one in reading.addresses if (value := parse_address(one)) is not None]
    return all(value in right for value in values) if right and values else None


def _by_open_port(cause: Cause, outcome: Outcome) -> Effect:
    if cause.stage is not None:
        return Effect.RULES_OUT
    if cause.code in ("CLIENT_FIREWALL", "CLIENT_ROUTE", "SERVER_RESTARTING", "POOLER_OFF"):
        return Effect.RULES_OUT
    is_tls = cause.code.startswith(("TLS_", "CERTIFICATE_", "PASSWORD_", "TOKEN_"))
    return Effect.RULES_OUT if outcome is Outcome.CONNECTED and is_tls else Effect.NONE


def _by_rule(cause: Cause, reading: Reading) -> Effect:
    is_here = cause.stage is Stage.CLIENT_FILTER
    if reading.outcome is Outcome.RULE_ALLOWS:
        is_whole = reading.tool == "test-ip-flow"
        return Effect.RULES_OUT if is_here and is_whole else Effect.NONE
    named = name_of(cause.resource) if cause.resource else ""
    if cause.stage in (Stage.CLIENT_FILTER, Stage.SERVER_FILTER) and named == reading.rule.lower():
        return Effect.CONFIRMS
    return Effect.NONE


def _by_hop(cause: Cause, reading: Reading) -> Effect:
    hop = reading.hop.lower()
    if cause.stage not in (Stage.FORWARD_ROUTE, Stage.PEERING):
        is_transit = cause.stage is Stage.TRANSIT and hop == "virtualappliance"
        return Effect.HINTS if is_transit else Effect.NONE
    return Effect.CONFIRMS if hop in _BAD_HOPS else Effect.RULES_OUT


def _works(facts: Facts, scene: Scene, reading: Reading) -> bool:
    """Whether a command got through what the client did not."""
    kind = scene.symptom.kind
    if kind is SymptomClass.NAME_NOT_FOUND:
        return reading.outcome is Outcome.NAME_FOUND and _is_right(facts, scene, reading) is True
    is_open = reading.outcome in (Outcome.OPEN, Outcome.CONNECTED)
    return is_open and kind in (
        SymptomClass.TIMEOUT,
        SymptomClass.REFUSED,
        SymptomClass.UNREACHABLE,
    )


# -- what only the output shows -------------------------------------------------------------------


def _new(facts: Facts, scene: Scene, reading: Reading) -> Iterator[Cause]:
    told = Clue(text=f"{reading.says} ({reading.tool}, {reading.source})")
    server = scene.server
    if not _is_about(facts, scene, reading):
        return
    if _works(facts, scene, reading):
        yield guess(
            "SEEN_WORKING",
            "Where the command ran, this works: it ran elsewhere than on the named client, or the"
            " fault is over or comes and goes.",
            told,
            probe=Probe("hostname -I", "It must show the client's own address."),
        )
    if reading.outcome is Outcome.NAME_FOUND and _is_right(facts, scene, reading) is False:
        if server is not None:
            yield shown(
                "ADDRESS_NOT_THE_SERVERS",
                f"Where the command ran, the name leads to {', '.join(reading.addresses)}, and"
                f" {server.name} is at {', '.join(true_addresses(facts, server).cidrs()[:3])}.",
                told,
                probe=look_up(facts, server),
                resource=server.id,
            )
    elif reading.outcome in (Outcome.NAME_MISSING, Outcome.NAME_FAILED):
        by = f" by {reading.asked}" if reading.asked else ""
        yield shown(
            "NAME_NOT_SEEN",
            f"The name is not resolved{by} where the command ran, and the data gives no reason: it"
            " ran elsewhere than on the named client, that machine asks other DNS servers, or"
            " something changed since.",
            told,
            probe=look_up(facts, server) if server is not None else None,
        )
    elif reading.outcome is Outcome.RULE_DENIES:
        yield shown(
            "RULE_SEEN",
            f"Azure reports that rule {reading.rule or '(default)'} denies the traffic, which the"
            " data does not show: it is newer than the data, or the flow asked for is another.",
            told,
            resource=fold(reading.group) if reading.group.startswith("/") else None,
        )
    elif reading.outcome is Outcome.NEXT_HOP and reading.hop.lower() in _BAD_HOPS:
        yield shown(
            "NEXT_HOP_SEEN",
            f"Azure reports the next hop {reading.hop} for the server's address, which the data"
            " does not show: a route learned by BGP, or a change since.",
            told,
            resource=fold(reading.group) if reading.group.startswith("/") else None,
        )
    elif reading.outcome is Outcome.REFUSED and server is not None:
        yield guess(
            "SERVER_RESTARTING",
            "The port is refused where the command ran: nothing listens there right now.",
            told,
            resource=server.id,
        )
