"""What a probe saw, laid over what the model says of the same client and server."""

import enum

import msgspec

from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Verdict
from pgtopo.probe.result import Outcome, Probe


class Match(enum.StrEnum):
    """How one observation stands to the model."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"
    """One of the two does not say."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One stage seen from both sides."""

    stage: str
    """`name`, `network` or `server`."""
    match: Match
    predicted: str
    observed: str


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Whether probe and model agree; nothing where no stage could be compared."""

    agrees: bool | None
    comparisons: tuple[Comparison, ...]


def agreement(path: PathVerdict, probe: Probe) -> Agreement:
    """Stage by stage, whether what was seen is what the model says.

    Unknown when: the model does not know, or the probe did not get as far as the stage. An address
    that was given as such says nothing about the name.
    """
    compared = tuple(one for one in (_name(path, probe), _network(path, probe)) if one is not None)
    matches = {one.match for one in compared}
    agrees = False if Match.DIFFERS in matches else True if Match.AGREES in matches else None
    return Agreement(agrees=agrees, comparisons=compared)


def _name(path: PathVerdict, probe: Probe) -> Comparison | None:
    if not probe.dns.lookups:
        return None
    seen = ", ".join(probe.dns.addresses) or probe.dns.code
    said = ", ".join(path.answers) or path.dns_code
    return Comparison(
        stage="name",
        match=_name_match(path, probe),
        predicted=f"{path.dns.value}: {said}",
        observed=seen,
    )


def _name_match(path: PathVerdict, probe: Probe) -> Match:
    if probe.dns.code in ("NAME_TIMEOUT", "NAME_FAILED"):
        return Match.OPEN if path.dns is not Verdict.ALLOWED else Match.DIFFERS
    if path.dns is Verdict.UNKNOWN or (path.dns is Verdict.ALLOWED and not path.answers):
        return Match.OPEN
    expected, seen = set(path.answers), set(probe.dns.addresses)
    if path.dns is Verdict.ALLOWED:
        return Match.AGREES if seen and seen <= expected else Match.DIFFERS
    if path.dns is Verdict.BLOCKED:
        return Match.AGREES if seen <= expected else Match.DIFFERS
    return Match.OPEN


def _network(path: PathVerdict, probe: Probe) -> Comparison | None:
    """What became of packets, unless the name led them to another place than the model's."""
    if not probe.tcp:
        return None
    connected = any(one.outcome is Outcome.OK for one in probe.tcp)
    seen = "connected" if connected else probe.code
    return Comparison(
        stage="network",
        match=_network_match(path, probe, connected=connected),
        predicted=f"{path.network.value}: {path.network_code}",
        observed=seen,
    )


def _network_match(path: PathVerdict, probe: Probe, *, connected: bool) -> Match:
    tried = {one.address for one in probe.tcp}
    if path.answers and not tried & set(path.answers):
        return Match.OPEN
    if path.network not in (Verdict.ALLOWED, Verdict.BLOCKED):
        return Match.OPEN
    if any(one.outcome is Outcome.REFUSED for one in probe.tcp) and not connected:
        return Match.OPEN  # packets went there and back; nothing listens
    return Match.AGREES if connected == (path.network is Verdict.ALLOWED) else Match.DIFFERS
