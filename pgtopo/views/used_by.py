"""Who refers to a thing: every resource that names it in one of its fields."""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, is_within, type_of
from pgtopo.views.kinds import plural_of
from pgtopo.views.labels import full_name
from pgtopo.views.lines import Line, Piece, Tone, to_resource
from pgtopo.views.overview.writing import Page

_RULES = "securityrules/"
"""What the ids of a security group's rules have in common."""
MOST = 300
"""References shown of one kind."""


def used_by(facts: Facts, arm_id: ArmId) -> tuple[Line, ...]:
    """The resources that refer to a thing, by kind."""
    page = Page(facts.topology)
    users = [
        user
        for user in facts.once("used by", "all", lambda: _referrers(facts)).get(arm_id, ())
        if not is_within(user, arm_id)
    ]
    by_kind: dict[str, list[ArmId]] = {}
    for user in users:
        by_kind.setdefault(type_of(user), []).append(user)
    for kind, members in sorted(by_kind.items()):
        page.head(f"{len(members):,} {plural_of(kind)}" if len(members) > 1 else plural_of(kind))
        for user in members[:MOST]:
            name = Piece(full_name(facts.topology, user), Tone.LINK)
            page.lines.append(Line((name,), 2, to_resource(user), "", 2))
        if len(members) > MOST:
            page.say(f"and {len(members) - MOST:,} more", Tone.DIM, 2)
    if not users:
        page.say("Nothing in this data refers to it.", Tone.DIM)
    return page.done()


def _referrers(facts: Facts) -> dict[ArmId, list[ArmId]]:
    found: dict[ArmId, list[ArmId]] = {}
    for resource in facts.topology.resources():
        for wanted in _mentions(resource):
            users = found.get(wanted)
            if users is None:
                held = facts.topology.find(wanted)
                found[wanted if held is None else held.id] = [resource.id]
            elif users[-1] != resource.id:
                users.append(resource.id)
    return found


def _mentions(resource: Resource) -> Iterator[ArmId]:
    for name in resource.__struct_fields__:
        if name not in ("id", "name", "origin"):
            yield from _ids(getattr(resource, name))


def _ids(value: object) -> Iterator[ArmId]:
    if isinstance(value, str):
        if value.startswith("/subscriptions/"):
            wanted = value.lower()
            # A group lists its own rules, a hundred thousand in a large estate.
            if _RULES not in wanted:
                yield ArmId(wanted)
    elif isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _ids(getattr(value, name))
