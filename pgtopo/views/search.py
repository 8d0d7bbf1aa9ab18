"""Which nodes of a tree and which findings fit a filter."""

import re

from pgtopo.model.base import Resource
from pgtopo.model.dns import InboundEndpoint, RecordSet
from pgtopo.model.ids import ArmId, group_of, subscription_of
from pgtopo.model.net import parse_address
from pgtopo.model.network import NetworkInterface, Subnet, VirtualNetwork
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.desk import Desk
from pgtopo.views.filter import Filter, Term, TermKind, is_subsequence
from pgtopo.views.forest import Role
from pgtopo.views.groupings import Grouping
from pgtopo.views.kinds import word_of
from pgtopo.views.problems import Problem
from pgtopo.views.signs import Sign


def node_hits(
    desk: Desk, grouping: Grouping, wanted: Filter, *, faults_only: bool = False
) -> list[int] | None:
    """The nodes of a tree that fit, in reading order; None where everything does.

    Terms narrow one after the other, the cheap ones first: an estate has 100,000 nodes, and every
    letter typed asks anew.
    """
    if not wanted and not faults_only:
        return None
    rollup = desk.rollup(grouping)
    left = rollup.faults if faults_only else list(range(len(desk.forest(grouping))))
    for term in sorted(wanted.terms, key=lambda t: _COST[t.kind]):
        left = _narrowed(desk, grouping, term, left)
    return left


_COST = {TermKind.WORD: 0, TermKind.FUZZY: 1, TermKind.FIELD: 2}


def _narrowed(desk: Desk, grouping: Grouping, term: Term, left: list[int]) -> list[int]:
    wants = not term.is_negated
    if term.kind is TermKind.WORD:
        texts, word = desk.texts(grouping), term.text
        if word.count(".") == 3 and parse_address(word) is not None:
            nodes = desk.forest(grouping).nodes
            return [
                at
                for at in left
                if (word in texts[at] or _placed(desk.topology, nodes[at].id, "ip", word)) is wants
            ]
        return [at for at in left if (word in texts[at]) is wants]
    if term.kind is TermKind.FUZZY:
        texts = desk.texts(grouping)
        # Letter by letter without a way back, so that no text takes long.
        letters = map(re.escape, term.text)
        finds = re.compile("".join(f"[^{one}]*{one}" for one in letters)).match
        return [at for at in left if (finds(texts[at]) is not None) is wants]
    nodes = desk.forest(grouping).nodes
    if term.key == "kind":
        roles = {role for role in Role if is_kind(role, term.text)}
        return [at for at in left if (nodes[at].role in roles) is wants]
    return [at for at in left if _has(desk, grouping, at, term) is wants]


def _has(desk: Desk, grouping: Grouping, at: int, term: Term) -> bool:
    """Whether a field of a node fits."""
    node = desk.forest(grouping).nodes[at]
    key, value = term.key, term.text
    if key == "name":
        return value in desk.label(node).name.lower()
    if key == "is":
        if value == "ghost":
            return bool(node.id) and desk.label(node).is_ghost
        return is_sign(desk.rollup(grouping).own[at], value)
    if key in ("check", "family"):
        return any(_is_of(p, key, value) for p in desk.problems.of(node.id))
    return _placed(desk.topology, node.id, key, value)


def problem_test(desk: Desk, wanted: Filter, *, faults_only: bool = False) -> "ProblemTest":
    """The test for findings."""
    return ProblemTest(desk, wanted, is_faults_only=faults_only)


class ProblemTest:
    """Whether a finding fits a filter."""

    def __init__(self, desk: Desk, wanted: Filter, *, is_faults_only: bool) -> None:
        self._desk = desk
        self._wanted = wanted
        self._is_faults_only = is_faults_only

    def __call__(self, problem: Problem) -> bool:
        """Whether it fits."""
        if self._is_faults_only and not problem.is_fault:
            return False
        text = self._desk.problems.text(problem)
        for term in self._wanted.terms:
            if term.kind is TermKind.WORD:
                holds = term.text in text
            elif term.kind is TermKind.FUZZY:
                holds = is_subsequence(term.text, text)
            else:
                holds = self._has(problem, term.key, term.text)
            if holds is term.is_negated:
                return False
        return True

    def _has(self, problem: Problem, key: str, value: str) -> bool:
        """Whether a field of the finding fits."""
        if key in ("check", "family"):
            return _is_of(problem, key, value)
        if key == "is":
            return is_sign(problem.sign, value)
        topology = self._desk.topology
        if key == "kind":
            held = topology.find(problem.subject)
            return held is not None and value in word_of(type(held).KIND).lower()
        if key == "name":
            return value in topology.display(problem.subject).rsplit("/", 1)[-1].lower()
        return _placed(topology, problem.subject, key, value)


_SIGNS = {
    "error": (Sign.BAD,),
    "blocked": (Sign.BAD,),
    "mixed": (Sign.MIXED,),
    "warning": (Sign.RISK,),
    "risk": (Sign.RISK,),
    "unknown": (Sign.UNKNOWN,),
    "info": (Sign.INFO,),
    "ok": (Sign.GOOD,),
    "fault": (Sign.BAD, Sign.MIXED, Sign.RISK),
}


def is_kind(role: Role, word: str) -> bool:
    """Whether a role is what a word asks for; the word may be begun only."""
    if role is Role.ESTATE:
        return False
    return any(name.startswith(word) for name in (role.value, role.name.lower()) if role.value)


def is_sign(sign: Sign, word: str) -> bool:
    """Whether a sign is what a word asks for; the word may be begun only."""
    return any(sign in signs for name, signs in _SIGNS.items() if name.startswith(word))


def _is_of(problem: Problem, key: str, value: str) -> bool:
    check = problem.check
    if key == "family":
        return check.family.startswith(value)
    return check.id.lower().startswith(value) or value in check.slug


def _placed(topology: Topology, arm_id: ArmId, key: str, value: str) -> bool:
    if not arm_id:
        return False
    if key == "group":
        return value in group_of(arm_id)
    if key == "sub":
        return _in_subscription(topology, arm_id, value)
    held = topology.find(arm_id)
    if held is None:
        return False
    if key == "region":
        return held.location.startswith(value)
    return _holds(topology, held, value) if key == "ip" else False


def _in_subscription(topology: Topology, arm_id: ArmId, value: str) -> bool:
    subscription = subscription_of(arm_id)
    if value in subscription:
        return True
    held = topology.find(ArmId(f"/subscriptions/{subscription}"))
    return held is not None and value in held.name.lower()


def _holds(topology: Topology, held: Resource, text: str) -> bool:
    address = parse_address(text)
    if address is None:
        return False
    if isinstance(held, FlexibleServer):
        return _serves(topology, held, address)
    if isinstance(held, VirtualNetwork | Subnet):
        return address in held.space
    if isinstance(held, NetworkInterface):
        return any(config.address == address for config in held.configurations)
    if isinstance(held, RecordSet | InboundEndpoint):
        return text in held.addresses
    if isinstance(held, FirewallRule):
        return held.span is not None and held.span.low <= address <= held.span.high
    return False


def _serves(topology: Topology, server: FlexibleServer, address: int) -> bool:
    """Whether a server can have an address: of its subnet, or of one of its endpoints."""
    subnet = topology.get(Subnet, server.subnet)
    if subnet is not None:
        return address in subnet.space
    nics = (nic for end in topology.endpoints_of(server.id) for nic in end.nics)
    held = (topology.get(NetworkInterface, nic) for nic in nics)
    return any(config.address == address for nic in held if nic for config in nic.configurations)
