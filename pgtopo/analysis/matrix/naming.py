"""What the names of all servers come to for every client, by classes of clients."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pgtopo.analysis.clients.parts import subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.outs import LEVELS, Out
from pgtopo.analysis.matrix.slots import Slots
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.classes import name_classes
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.network import Subnet, VirtualNetwork


class Names(NamedTuple):
    """What the names of all servers come to for a class of clients."""

    number: int
    """Of the class."""
    picked: Mask
    unclear: Mask
    said: tuple[tuple[Out, Mask], ...]
    odd_said: tuple[tuple[str, Mask], ...]
    """Codes of answers that are fine and yet not plainly so."""
    alive: Mask
    """The picked slots that neither the name nor the server's state puts out of the question."""
    dead: tuple[tuple[str, Mask], ...]
    """The others, by code."""


class Naming:
    """The names of a matrix."""

    def __init__(self, facts: Facts, slots: Slots, states: list[tuple[Out, Mask]]) -> None:
        """Takes what servers' states say, beside the servers themselves."""
        self._facts = facts
        self._slots = slots
        self._states = states
        self._classes = name_classes(facts)
        self._known: dict[int, Names] = {}

    def __len__(self) -> int:
        return len(self._classes)

    def of(self, asker: Asker, subnet: Subnet) -> Names | None:
        """What the names come to; None for a client that is traced throughout."""
        number = self.class_of(asker, subnet)
        if number is None:
            return None
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._look(number, range(len(self._slots.servers)))
        return known

    def about(self, number: int, servers: Iterable[int]) -> Names:
        """What some names come to for a class of clients, without a look at the others."""
        return self._known.get(number) or self._look(number, sorted(servers))

    def class_of(self, asker: Asker, subnet: Subnet) -> int | None:
        """The number of a client's class; None for a client that is traced throughout."""
        known: int | None = self._facts.once(
            "name class", subnet.id, lambda: self._look_for_class(asker, subnet)
        )
        return known

    def _look_for_class(self, asker: Asker, subnet: Subnet) -> int | None:
        if self._facts.settings.assumptions or not asker.space:
            return None
        if subnet.unread_prefixes:
            return None
        network = self._facts.topology.get(VirtualNetwork, asker.network)
        if network is None or not asker.space <= network.space:
            return None
        known = self._classes.class_of_subnet(subnet)
        if known is not None:
            return known
        (part, *others) = name_parts(self._facts, subnet_part(subnet))
        return None if others else self._classes.class_of(part)

    def _look(self, number: int, servers: Sequence[int]) -> Names:
        answers = self._answers(number, servers)
        picked, unclear = self._slots.chosen(answers)
        said, odd_said = self._said(answers, picked)
        alive = picked
        dead: dict[str, Mask] = {}
        for out, mask in (*self._states, *said):
            if out.level == 2 and (hit := mask & alive):
                dead[out.code] = dead.get(out.code, 0) | hit
                alive ^= hit
        return Names(number, picked, unclear, said, odd_said, alive, tuple(dead.items()))

    def _answers(self, number: int, servers: Sequence[int]) -> Mapping[int, DnsAnswer]:
        places = self._slots.places
        if len(servers) == self._classes.width:
            return dict(enumerate(self._classes.row(number)))
        return {server: self._classes.answer(number, places[server]) for server in servers}

    def _said(
        self, answers: Mapping[int, DnsAnswer], picked: Mask
    ) -> tuple[tuple[tuple[Out, Mask], ...], tuple[tuple[str, Mask], ...]]:
        said: dict[tuple[Verdict, str], Mask] = {}
        for position in positions(picked):
            answer = answers[self._slots.items[position].server]
            key = (answer.verdict, answer.code)
            said[key] = said.get(key, 0) | 1 << position
        grave: dict[Out, Mask] = {}
        odd: dict[str, Mask] = {}
        for (verdict, code), mask in said.items():
            if LEVELS[verdict]:
                grave[Out(LEVELS[verdict], code)] = mask
            elif code != "OK":
                odd[code] = mask
        return tuple(grave.items()), tuple(odd.items())
