"""What the stages of a path are called where people read."""

from typing import NamedTuple

from pgtopo.analysis.verdict import Stage


class StageWords(NamedTuple):
    """One stage, from the most words to the fewest."""

    full: str
    """In a report."""
    short: str
    """On a page of the interface."""
    brief: str
    """In a drawing, where its place tells the rest."""
    way: str
    """Which part of the way it belongs to."""


STAGE_WORDS = {
    Stage.STATE: StageWords("server state", "server state", "state", "server"),
    Stage.DNS: StageWords("name", "name", "name", "name"),
    Stage.CLIENT_FILTER: StageWords("filter at the client", "client filter", "filter", "there"),
    Stage.FORWARD_ROUTE: StageWords("route to the server", "route there", "route", "there"),
    Stage.PEERING: StageWords("peering", "peering", "peering", "there"),
    Stage.TRANSIT: StageWords("on the way", "on the way", "way on", "there"),
    Stage.SERVER_FILTER: StageWords("filter at the server", "server filter", "filter", "there"),
    Stage.RETURN_ROUTE: StageWords("route back", "route back", "back", "back"),
    Stage.SERVER_ACCESS: StageWords("server access", "server access", "access", "server"),
}


def words_of(stage: str) -> StageWords:
    """The words of a stage by its key in documents."""
    return STAGE_WORDS[Stage(stage)]
